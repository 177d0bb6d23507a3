# hypersigma_embed(<target> <symbol> <file>) makes the bytes of a file part of a
# target: code that sees
#
#   namespace hypersigma::internal { std::string_view <symbol>(); }
#
# gets them. Made again when the file changes. An array of numbers, since
# compilers limit the length of string literals.

if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(hypersigma_embed_script "${CMAKE_CURRENT_LIST_FILE}")
  function(hypersigma_embed target symbol file)
    set(output "${PROJECT_BINARY_DIR}/embedded/${symbol}.cc")
    add_custom_command(
      OUTPUT "${output}"
      COMMAND "${CMAKE_COMMAND}" "-DINPUT=${file}" "-DOUTPUT=${output}"
              "-DSYMBOL=${symbol}" -P "${hypersigma_embed_script}"
      DEPENDS "${file}" "${hypersigma_embed_script}"
      COMMENT "Embedding ${file}"
      VERBATIM)
    # The target may be of another folder, which does not know the command.
    add_custom_target(embed_${symbol} DEPENDS "${output}")
    add_dependencies(${target} embed_${symbol})
    target_sources(${target} PRIVATE "${output}")
  endfunction()
  return()
endif()

file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," numbers "${bytes}")
# Lines of 16 numbers, since some tools choke on very long ones.
string(REPEAT "0x[0-9a-f][0-9a-f]," 16 line)
string(REGEX REPLACE "(${line})" "\\1\n" numbers "${numbers}")
# The file's name only: the same output wherever the project lies.
cmake_path(GET INPUT FILENAME name)
file(
  WRITE "${OUTPUT}"
  "// Made of ${name} by cmake/EmbedFile.cmake.

#include <string_view>

namespace hypersigma::internal {

std::string_view ${SYMBOL}();

std::string_view ${SYMBOL}() {
  // The last byte is no part of the file, which may be empty.
  static constexpr unsigned char kBytes[] = {
${numbers}
0x00};
  return {reinterpret_cast<const char*>(kBytes), sizeof(kBytes) - 1};
}

}  // namespace hypersigma::internal
")
