# The targets: hypersigma_objects holds the code, hypersigma is what users link,
# tests link the objects so that they reach internal symbols.

add_library(hypersigma_objects OBJECT)
target_compile_features(hypersigma_objects PUBLIC cxx_std_20)
set_target_properties(
  hypersigma_objects
  PROPERTIES CXX_EXTENSIONS OFF
             POSITION_INDEPENDENT_CODE ON
             CXX_VISIBILITY_PRESET hidden
             VISIBILITY_INLINES_HIDDEN ON)
target_include_directories(
  hypersigma_objects
  PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
         "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>")
target_link_libraries(
  hypersigma_objects
  PUBLIC absl::status absl::statusor absl::time absl::flat_hash_map
  PRIVATE absl::strings Hyperscan::hs simdjson::simdjson Threads::Threads
          ZLIB::ZLIB PkgConfig::yaml PkgConfig::pcre2 PkgConfig::utf8proc
          PkgConfig::zstd)
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(hypersigma_objects PRIVATE -Wall -Wextra -Wpedantic
                                                    -Wshadow)
endif()

add_library(hypersigma)
target_link_libraries(hypersigma PUBLIC hypersigma_objects)
add_library(hypersigma::hypersigma ALIAS hypersigma)
