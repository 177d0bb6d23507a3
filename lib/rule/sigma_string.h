// A Sigma string: text with wildcards, after unescaping.
// Source: Sigma modifiers appendix; design document "semantics", 4.

#ifndef HYPERSIGMA_LIB_RULE_SIGMA_STRING_H_
#define HYPERSIGMA_LIB_RULE_SIGMA_STRING_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

// One element of a pattern.
struct PatternPart {
  enum class Kind : std::uint8_t {
    kLiteral,
    kAnyRun,   // `*`: any number of any characters
    kAnyOne,   // `?`: exactly one code point
    kAnyDash,  // one of the dashes that windash takes for each other
    // `%name%` before `expand` replaced it; `literal` is the name. Never in
    // the AST.
    kPlaceholder,
  };
  Kind kind = Kind::kLiteral;
  std::string literal;  // UTF-8, not empty for kLiteral, else empty

  friend bool operator==(const PatternPart&, const PatternPart&) = default;
};

// A sequence of parts: no two literals in a row, no two `*` in a row. Empty for
// the empty string. Plain data in spirit; the invariant is kept by Append*.
class SigmaString {
 public:
  SigmaString() = default;

  // Unescapes `source` (the YAML scalar): `\` escapes only `*`, `?` and `\`.
  static SigmaString Parse(std::string_view source);

  // The same with `%name%` as a placeholder and `\%` as a plain percent sign; a
  // `%` without a partner, or right before it, is plain.
  static SigmaString ParseWithPlaceholders(std::string_view source);

  // Takes `text` literally.
  static SigmaString Literal(std::string_view text);

  void AppendLiteral(std::string_view text);
  void AppendAnyRun();
  void AppendAnyOne();
  void AppendAnyDash();  // never written by Parse()
  void AppendPlaceholder(std::string_view name);
  void Append(const PatternPart& part);
  void Append(const SigmaString& other);

  const std::vector<PatternPart>& parts() const { return parts_; }
  bool empty() const { return parts_.empty(); }
  // Has a part that is no literal.
  bool has_wildcard() const;
  // The text of a string without wildcards. REQUIRES: !has_wildcard().
  std::string_view literal() const;
  // What the string takes in memory, about.
  std::size_t byte_count() const;

  friend bool operator==(const SigmaString&, const SigmaString&) = default;

 private:
  std::vector<PatternPart> parts_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_SIGMA_STRING_H_
