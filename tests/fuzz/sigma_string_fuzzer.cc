// A Sigma string: library and slow path read the same characters, wildcards and
// placeholders out of it, and turn it into the same flag dashes and UTF-16.

#include <algorithm>
#include <string_view>
#include <vector>

#include "lib/reference/pattern.h"
#include "lib/reference/text.h"
#include "lib/rule/encoding.h"
#include "lib/rule/sigma_string.h"
#include "lib/rule/windash.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

using internal::PatternPart;
using internal::SigmaString;
using internal::Utf16Form;
using reference::Pattern;

// Variants on the slow path grow with a power of the dashes.
constexpr std::size_t kMaxDashes = 3;

// The slow path's form, a run of `*` as one.
Pattern ToPattern(const SigmaString& string) {
  Pattern pattern;
  for (const PatternPart& part : string.parts()) {
    switch (part.kind) {
      case PatternPart::Kind::kLiteral:
        Require(!part.literal.empty(), "a literal is not empty");
        pattern += reference::DecodeUtf8(part.literal);
        break;
      case PatternPart::Kind::kAnyRun:
        pattern += reference::kAnyRun;
        break;
      case PatternPart::Kind::kAnyOne:
        pattern += reference::kAnyOne;
        break;
      case PatternPart::Kind::kAnyDash:
        pattern += reference::kAnyDash;
        break;
      case PatternPart::Kind::kPlaceholder:
        pattern += reference::kPlaceholderMark;
        pattern += reference::DecodeUtf8(part.literal);
        pattern += reference::kPlaceholderMark;
        break;
    }
  }
  return pattern;
}

Pattern JoinRuns(const Pattern& pattern) {
  Pattern joined;
  for (const char32_t element : pattern) {
    const bool repeats = element == reference::kAnyRun && !joined.empty() &&
                         joined.back() == reference::kAnyRun;
    if (!repeats) joined += element;
  }
  return joined;
}

void CheckWindash(const SigmaString& string, const Pattern& pattern) {
  const Pattern marked = reference::MarkDashes(pattern);
  std::size_t dashes = 0;
  for (const char32_t element : marked) {
    dashes += element == reference::kAnyDash ? 1 : 0;
  }
  if (dashes > kMaxDashes) return;
  const auto expected = reference::ExpandDashes(marked);
  Require(expected.ok(), "few dashes are within the limit");
  std::vector<Pattern> wanted;
  for (const Pattern& variant : *expected) wanted.push_back(JoinRuns(variant));
  std::vector<Pattern> variants;
  for (const SigmaString& variant : internal::ExpandWindash(string)) {
    variants.push_back(ToPattern(variant));
  }
  std::sort(wanted.begin(), wanted.end());
  std::sort(variants.begin(), variants.end());
  Require(variants == wanted, "windash has the same variants");
}

void Check(std::string_view source) {
  const SigmaString string = SigmaString::Parse(source);
  const Pattern pattern = JoinRuns(reference::ParsePattern(source, false));
  Require(ToPattern(string) == pattern, "a string has one meaning");
  Require(string.has_wildcard() == reference::HasWildcard(pattern),
          "both see the wildcards");
  const SigmaString marked = SigmaString::ParseWithPlaceholders(source);
  Require(ToPattern(marked) == JoinRuns(reference::ParsePattern(source, true)),
          "a string with placeholders has one meaning");
  CheckWindash(string, pattern);
  // Rules are valid UTF-8; what else the encodings make of bytes is not said.
  const bool is_valid =
      std::none_of(pattern.begin(), pattern.end(), [](char32_t element) {
        return element >= reference::kInvalidByte &&
               element < reference::kAnyRun;
      });
  if (!is_valid) return;
  Require(ToPattern(EncodeUtf16(string, Utf16Form::kLittleEndian)) ==
              reference::Utf16Le(pattern),
          "UTF-16 LE has the same bytes");
  Require(ToPattern(EncodeUtf16(string, Utf16Form::kBigEndian)) ==
              reference::Utf16Be(pattern),
          "UTF-16 BE has the same bytes");
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
