# cmake -P script of the tests install_static and install_shared; see
# CMakeLists.txt beside it for the variables.

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(common -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
           "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -Wno-dev)

# What a user has: the installed files, and no more. The component keeps out
# what else the build tree would install.
file(REMOVE_RECURSE "${WORK}/prefix" "${WORK}/foreign")
if(KIND STREQUAL "shared")
  run("${CMAKE_COMMAND}" -S "${SOURCE}" -B "${WORK}/library" ${common}
      -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0"
      -DBUILD_SHARED_LIBS=ON -DHYPERSIGMA_PRECOMPILE_LIBRARY=ON
      -DHYPERSIGMA_BUILD_TESTS=OFF
      -DHYPERSIGMA_BUILD_BENCHMARKS=OFF -DHYPERSIGMA_BUILD_EXAMPLES=OFF)
  run("${CMAKE_COMMAND}" --build "${WORK}/library" --parallel)
  set(BUILD "${WORK}/library")
endif()
foreach(component IN ITEMS hypersigma_runtime hypersigma_development)
  run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix"
      --component ${component})
endforeach()

# examples/ as a project that knows only find_package(hypersigma CONFIG).
run("${CMAKE_COMMAND}" -S "${SOURCE}/examples" -B "${WORK}/foreign" ${common}
    "-DCMAKE_PREFIX_PATH=${WORK}/prefix")
run("${CMAKE_COMMAND}" --build "${WORK}/foreign")
run("${PYTHON}" "${SOURCE}/tests/examples/check_expected.py"
    "${WORK}/foreign/scan_ndjson" "${SOURCE}/examples")
