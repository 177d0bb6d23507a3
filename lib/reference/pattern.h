// Sigma strings as the reference evaluator sees them: one element for each
// character, wildcard or placeholder. Source: design document "semantics", 4
// and 5.

#ifndef HYPERSIGMA_LIB_REFERENCE_PATTERN_H_
#define HYPERSIGMA_LIB_REFERENCE_PATTERN_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/reference/text.h"

namespace hypersigma::reference {

// `%name%` -> Sigma strings.
using Placeholders =
    std::map<std::string, std::vector<std::string>, std::less<>>;

// Elements of a pattern that are no characters.
inline constexpr char32_t kAnyRun = 0x200000;   // `*`
inline constexpr char32_t kAnyOne = 0x200001;   // `?`
inline constexpr char32_t kAnyDash = 0x200003;  // any dash of windash
// Opens and closes a placeholder's name.
inline constexpr char32_t kPlaceholderMark = 0x200002;

// A sequence of characters and of the elements above.
using Pattern = Text;

// Unescapes a Sigma string. With `placeholders`, `%name%` becomes a placeholder
// and `\%` a percent sign.
Pattern ParsePattern(std::string_view source, bool placeholders);

bool HasWildcard(const Pattern& pattern);

Pattern AddContains(const Pattern& pattern);
Pattern AddStartsWith(const Pattern& pattern);
Pattern AddEndsWith(const Pattern& pattern);

// Returns whether the pattern matches the whole text. Both sides are folded by
// the caller, or neither is.
bool MatchesWhole(const Pattern& pattern, TextView text);

// Returns the pattern with kAnyDash for each flag dash. Source: "semantics",
// 5.1.
Pattern MarkDashes(const Pattern& pattern);

// Returns the pattern with every choice of dashes for each kAnyDash. Errors:
// kResourceExhausted past 100,000.
absl::StatusOr<std::vector<Pattern>> ExpandDashes(const Pattern& pattern);

// Returns the pattern with every choice of its placeholders' values. Errors:
// kNotFound if one has no values; kResourceExhausted past 100,000. Source:
// "semantics", 5.2.
absl::StatusOr<std::vector<Pattern>> ExpandPlaceholders(
    const Pattern& pattern, const Placeholders& values);

// Returns each character's UTF-16 code units as bytes, each byte as a character
// from 0 to 255; wildcards stay.
Pattern Utf16Le(const Pattern& pattern);
Pattern Utf16Be(const Pattern& pattern);

// Returns the Base64 of `bytes`, with padding, as a pattern.
Pattern Base64(std::string_view bytes);

// Returns the three strings of base64offset.
std::vector<Pattern> Base64Offset(std::string_view bytes);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_PATTERN_H_
