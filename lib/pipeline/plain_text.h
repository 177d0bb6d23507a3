// Patterns as the texts that regular expressions and mappings of pipelines look
// at, and back.
// Source: pySigma, the string form of its SigmaString.

#ifndef HYPERSIGMA_LIB_PIPELINE_PLAIN_TEXT_H_
#define HYPERSIGMA_LIB_PIPELINE_PLAIN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/rule/sigma_string.h"

namespace hypersigma::internal {

// A pattern with `*` and `?` for wildcards, `\*` and `\?` for such characters
// themselves, and all other backslashes as they are. The form is ambiguous: a
// backslash before a wildcard looks like an escaped character. So it keeps what
// each byte is.
class PlainText {
 public:
  explicit PlainText(const SigmaString& pattern);

  const std::string& text() const { return text_; }

  // Appends what the bytes [begin, end) of the text stand for.
  void AppendTo(std::size_t begin, std::size_t end, SigmaString& pattern) const;

 private:
  enum class Byte : std::uint8_t { kLiteral, kEscape, kWildcard, kDash };

  void Add(std::string_view text, Byte kind);

  std::string text_;
  std::vector<Byte> kinds_;
};

// Returns the text of PlainText.
std::string PlainTextOf(const SigmaString& pattern);

// Appends `text` with `*` and `?` as wildcards unless a backslash stands before
// them; all other backslashes are plain.
void AppendWithWildcards(std::string_view text, SigmaString& pattern);

// Returns the Sigma string, escapes and all, that SigmaString::Parse() takes
// for `pattern`. A dash of windash is written as `-`.
std::string SigmaTextOf(const SigmaString& pattern);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_PLAIN_TEXT_H_
