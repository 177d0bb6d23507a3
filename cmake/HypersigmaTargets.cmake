# The targets. hypersigma_objects is the code, compiled once; hypersigma is the
# library that users link. Tests link the objects, because the library hides
# internal symbols.

include(EmbedFile)
include(GenerateExportHeader)

set(hypersigma_public_dependencies absl::core_headers absl::status
                                   absl::statusor absl::time)
set(hypersigma_private_dependencies
    absl::flat_hash_map
    absl::hash
    absl::strings
    Hyperscan::hs
    simdjson::simdjson
    Threads::Threads
    ZLIB::ZLIB
    PkgConfig::pcre2
    PkgConfig::utf8proc
    PkgConfig::yaml
    PkgConfig::zstd)

add_library(hypersigma_objects OBJECT)
set_target_properties(
  hypersigma_objects
  PROPERTIES CXX_VISIBILITY_PRESET hidden
             VISIBILITY_INLINES_HIDDEN ON
             POSITION_INDEPENDENT_CODE ON)
target_compile_features(hypersigma_objects PUBLIC cxx_std_20)
target_include_directories(
  hypersigma_objects PUBLIC "${PROJECT_SOURCE_DIR}/include"
                            "${PROJECT_BINARY_DIR}/include"
                            "${PROJECT_SOURCE_DIR}")
# Public here, since internal headers and the tests of door files reach them.
target_link_libraries(
  hypersigma_objects PUBLIC ${hypersigma_public_dependencies}
                            ${hypersigma_private_dependencies})

# The format of engine files, as code that flatc writes.
set(engine_file_schema "${PROJECT_SOURCE_DIR}/lib/engine/engine_file.fbs")
set(engine_file_code "${PROJECT_BINARY_DIR}/flatbuffers/engine_file_generated.h")
add_custom_command(
  OUTPUT "${engine_file_code}"
  COMMAND "${HYPERSIGMA_FLATC}" --cpp -o "${PROJECT_BINARY_DIR}/flatbuffers"
          "${engine_file_schema}"
  DEPENDS "${engine_file_schema}"
  COMMENT "Compiling the schema of engine files"
  VERBATIM)
add_custom_target(engine_file_schema DEPENDS "${engine_file_code}")
add_dependencies(hypersigma_objects engine_file_schema)
target_include_directories(
  hypersigma_objects SYSTEM PRIVATE "${PROJECT_BINARY_DIR}/flatbuffers"
                                    "${HYPERSIGMA_FLATBUFFERS_INCLUDE}")

# What is data in the source tree and has to be there without it.
hypersigma_embed(hypersigma_objects BuiltInTaxonomyYaml
                 "${PROJECT_SOURCE_DIR}/data/logsources.yml")

add_library(hypersigma $<TARGET_OBJECTS:hypersigma_objects>)
add_library(hypersigma::hypersigma ALIAS hypersigma)
set_target_properties(
  hypersigma
  PROPERTIES LINKER_LANGUAGE CXX
             VERSION ${PROJECT_VERSION}
             SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
             VERIFY_INTERFACE_HEADER_SETS ON)
target_compile_features(hypersigma PUBLIC cxx_std_20)
target_link_libraries(
  hypersigma
  PUBLIC ${hypersigma_public_dependencies}
  PRIVATE ${hypersigma_private_dependencies})

# HYPERSIGMA_EXPORT marks what the shared library shows; in a static one it is
# empty, so that a program's own shared library does not show it either.
generate_export_header(
  hypersigma
  EXPORT_FILE_NAME "${PROJECT_BINARY_DIR}/include/hypersigma/export.h")
get_target_property(type hypersigma TYPE)
if(type STREQUAL "STATIC_LIBRARY")
  target_compile_definitions(hypersigma PUBLIC HYPERSIGMA_STATIC_DEFINE)
  target_compile_definitions(hypersigma_objects PUBLIC HYPERSIGMA_STATIC_DEFINE)
else()
  target_compile_definitions(hypersigma_objects PRIVATE hypersigma_EXPORTS)
endif()

# Public headers. The build target all_verify_interface_header_sets compiles
# each of them alone.
target_sources(
  hypersigma
  PUBLIC FILE_SET
         HEADERS
         BASE_DIRS
         "${PROJECT_SOURCE_DIR}/include"
         "${PROJECT_BINARY_DIR}/include"
         FILES
         "${PROJECT_SOURCE_DIR}/include/hypersigma/arrow_abi.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/columns.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/catalog.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/diagnostic.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/engine.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/engine_cache.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/event.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/explanation.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/field_coverage.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/file_scanner.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/libraries.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/modifiers.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/record_format.h"
        "${PROJECT_SOURCE_DIR}/include/hypersigma/record_source.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/rule_mask.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/pipeline.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/profile.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/profiler.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/rule_set.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/scanner.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/taxonomy.h"
        "${PROJECT_SOURCE_DIR}/include/hypersigma/time_range.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/truth.h"
         "${PROJECT_SOURCE_DIR}/include/hypersigma/verifier.h"
         "${PROJECT_BINARY_DIR}/include/hypersigma/export.h")

# What only this project's own build wants: warnings, sanitizers.
function(hypersigma_developer_options target)
  if(NOT PROJECT_IS_TOP_LEVEL)
    return()
  endif()
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow)
  if(HYPERSIGMA_SANITIZERS)
    set(flags "-fsanitize=${HYPERSIGMA_SANITIZERS}" -fno-sanitize-recover=all
              -fno-omit-frame-pointer)
    target_compile_options(${target} PRIVATE ${flags})
    target_link_options(${target} PRIVATE ${flags})
  endif()
  if(HYPERSIGMA_BUILD_FUZZERS)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()
hypersigma_developer_options(hypersigma_objects)
hypersigma_developer_options(hypersigma)

# hypersigma_precompile(<target> <header>...) makes the headers once for the
# sources of the target.
function(hypersigma_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  hypersigma_precompiled_options(${target})
endfunction()

# What ccache wants before it keeps what was compiled with such headers.
# CCACHE_SLOPPINESS=pch_defines,time_macros is the rest; ./dev sets it.
function(hypersigma_precompiled_options target)
  if(NOT CMAKE_CXX_COMPILER_LAUNCHER MATCHES "ccache")
    return()
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  endif()
endfunction()

# Those that most files include, of the library and of its tests.
set(hypersigma_common_headers
    <algorithm>
    <cstddef>
    <cstdint>
    <functional>
    <map>
    <memory>
    <optional>
    <set>
    <span>
    <string>
    <string_view>
    <utility>
    <variant>
    <vector>
    <absl/container/flat_hash_map.h>
    <absl/status/status.h>
    <absl/status/statusor.h>
    <absl/strings/str_cat.h>)

# Off in the trees that are shipped or linted: there each file of the library
# has to name what it includes.
if(HYPERSIGMA_PRECOMPILE_LIBRARY)
  hypersigma_precompile(hypersigma_objects ${hypersigma_common_headers} <array>
                        <chrono> <absl/time/time.h>)
endif()
