// Splits a YAML stream at its document markers, before any parser sees it, so
// that a document which does not parse, or does not decode, costs no other.

#ifndef HYPERSIGMA_LIB_RULE_YAML_STREAM_H_
#define HYPERSIGMA_LIB_RULE_YAML_STREAM_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/base/source.h"

namespace hypersigma::internal {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Returns the pieces of `text`, each one document with the comments and
// directives before it, or comments alone: a piece ends before a line that is a
// `---` marker and after one that is `...`. Such lines are boundaries in every
// context of YAML, also inside block scalars. Byte order marks at the beginning
// of pieces are left out.
std::vector<SourceRange> SplitYamlStream(std::string_view text);

// Turns libyaml's positions, which count code points, into byte offsets.
// Borrows the text. Cost: building is linear, a look-up constant.
class CodePointOffsets {
 public:
  explicit CodePointOffsets(std::string_view text);

  // Returns the byte offset of the code point `index`, at most the text's size.
  std::uint32_t ByteOffset(std::size_t index) const;

 private:
  std::string_view text_;
  bool is_ascii_;
  // Byte offset of every kStride-th code point.
  std::vector<std::uint32_t> offsets_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_YAML_STREAM_H_
