// Places in a source text: byte offset -> line, column, caret line.

#ifndef HYPERSIGMA_LIB_BASE_SOURCE_H_
#define HYPERSIGMA_LIB_BASE_SOURCE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/diagnostic.h"

namespace hypersigma::internal {

struct SourceRange {
  std::uint32_t begin = 0;  // byte offset
  std::uint32_t end = 0;    // byte offset past the last byte
};

// A borrowed text with its name, able to tell lines. Building it is linear in
// the text; a look-up is logarithmic in the lines.
class Source {
 public:
  Source(std::string name, std::string_view text);

  const std::string& name() const { return name_; }
  std::string_view text() const { return text_; }

  // Line and column from 1; columns count code points.
  struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
  };
  Position PositionOf(std::uint32_t offset) const;

  // Returns the line at `offset` and a caret line under it.
  std::string Caret(SourceRange range) const;

  // Returns a diagnostic whose place and caret are filled in.
  Diagnostic Report(Severity severity, SourceRange range,
                    std::string message) const;

 private:
  std::string name_;
  std::string_view text_;
  std::vector<std::uint32_t> line_begins_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_SOURCE_H_
