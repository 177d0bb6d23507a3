# Installs the library, its headers, and what find_package(hypersigma CONFIG)
# reads. Components: hypersigma_runtime, hypersigma_development, and python,
# which bindings/python installs for the wheel.

include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/hypersigma")

install(
  TARGETS hypersigma
  EXPORT hypersigma-targets
  RUNTIME COMPONENT hypersigma_runtime
  LIBRARY COMPONENT hypersigma_runtime NAMELINK_COMPONENT
          hypersigma_development
  ARCHIVE COMPONENT hypersigma_development
  FILE_SET HEADERS COMPONENT hypersigma_development)
install(
  EXPORT hypersigma-targets
  NAMESPACE hypersigma::
  DESTINATION "${package_dir}"
  COMPONENT hypersigma_development)

get_target_property(type hypersigma TYPE)
if(type STREQUAL "STATIC_LIBRARY")
  set(hypersigma_is_static ON)
else()
  set(hypersigma_is_static OFF)
endif()
configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/hypersigmaConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/hypersigmaConfig.cmake"
  INSTALL_DESTINATION "${package_dir}"
  NO_SET_AND_CHECK_MACRO)
# Before 1.0 a minor version may break its users.
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/hypersigmaConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/hypersigmaConfig.cmake"
        "${PROJECT_BINARY_DIR}/hypersigmaConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/FindHyperscan.cmake"
  DESTINATION "${package_dir}"
  COMPONENT hypersigma_development)
install(
  FILES "${PROJECT_SOURCE_DIR}/LICENSE"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT hypersigma_development)
# Readable copies of what is built in, to begin one's own with.
install(
  DIRECTORY "${PROJECT_SOURCE_DIR}/data/pipelines"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/hypersigma"
  COMPONENT hypersigma_development)
install(
  FILES "${PROJECT_SOURCE_DIR}/data/logsources.yml"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/hypersigma"
  COMPONENT hypersigma_development)
