# Writes the header OUTPUT with the commit that SOURCE_DIR stands at, marked
# where files differ from it; "unknown" without git. Run at each build.

set(commit "unknown")
find_program(git git)
if(git)
  execute_process(
    COMMAND "${git}" -C "${SOURCE_DIR}" describe --always --dirty --abbrev=12
            --exclude=*
    OUTPUT_VARIABLE found
    RESULT_VARIABLE result
    ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(result EQUAL 0)
    set(commit "${found}")
  endif()
endif()
set(text
    "// Written by the build.
#pragma once
namespace hypersigma::bench {
inline constexpr char kCommit[] = \"${commit}\";
}
")
set(before "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT text STREQUAL before)
  file(WRITE "${OUTPUT}" "${text}")
endif()
