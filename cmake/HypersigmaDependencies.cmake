# Finds every dependency: distribution packages only, nothing is fetched.
# hypersigmaConfig.cmake.in finds those of the library again for its users;
# docs/dependencies.md says what each is for.

find_package(absl REQUIRED)
find_package(Hyperscan REQUIRED)
find_package(simdjson REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(pcre2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)

# FlatBuffers: its compiler and headers; there is nothing to link.
find_program(HYPERSIGMA_FLATC flatc REQUIRED)
find_path(HYPERSIGMA_FLATBUFFERS_INCLUDE flatbuffers/flatbuffers.h REQUIRED)

if(HYPERSIGMA_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(HYPERSIGMA_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
