# Finds libhs through its libhs.pc and defines the target Hyperscan::hs.
#
# Hyperscan and Vectorscan install the same header, library and .pc name, so
# whichever -dev package is there is taken; on Debian they exclude each other.
# Installed beside hypersigmaConfig.cmake, for users of the static library.

find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(Hyperscan_PC QUIET libhs)
endif()

find_path(
  Hyperscan_INCLUDE_DIR hs.h
  HINTS ${Hyperscan_PC_INCLUDE_DIRS}
  PATH_SUFFIXES hs)
find_library(Hyperscan_LIBRARY hs HINTS ${Hyperscan_PC_LIBRARY_DIRS})
set(Hyperscan_VERSION ${Hyperscan_PC_VERSION})

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  Hyperscan
  REQUIRED_VARS Hyperscan_LIBRARY Hyperscan_INCLUDE_DIR
  VERSION_VAR Hyperscan_VERSION)

if(Hyperscan_FOUND AND NOT TARGET Hyperscan::hs)
  add_library(Hyperscan::hs UNKNOWN IMPORTED)
  set_target_properties(
    Hyperscan::hs
    PROPERTIES IMPORTED_LOCATION "${Hyperscan_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${Hyperscan_INCLUDE_DIR}")
endif()
mark_as_advanced(Hyperscan_INCLUDE_DIR Hyperscan_LIBRARY)
