# hypersigma_embed(TARGET FILE SYMBOL): compiles the text of FILE into TARGET as
# `extern const std::string_view SYMBOL` of namespace hypersigma::internal, so
# that the library works without its data files. Bytes are written as numbers:
# compilers limit the length of string literals.

function(hypersigma_embed target file symbol)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cc)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -D FILE=${file} -D SYMBOL=${symbol} -D
            SOURCE=${source} -P ${PROJECT_SOURCE_DIR}/cmake/WriteEmbedded.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/cmake/WriteEmbedded.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()
