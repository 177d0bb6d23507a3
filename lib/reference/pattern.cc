#include "lib/reference/pattern.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"

namespace hypersigma::reference {
namespace {

constexpr std::size_t kMaxVariants = 100'000;
constexpr TextView kDashes = U"-/\u2013\u2014\u2015";

bool IsCharacter(char32_t element) { return element < kAnyRun; }

// Returns whether the element at `i` is a dash that begins a flag.
bool IsFlagDash(const Pattern& pattern, std::size_t i) {
  if (kDashes.find(pattern[i]) == TextView::npos) return false;
  const bool begins_run = i == 0 || !IsCharacter(pattern[i - 1]);
  if (!begins_run && IsWordCharacter(pattern[i - 1])) return false;
  return i + 1 < pattern.size() && IsCharacter(pattern[i + 1]) &&
         IsWordCharacter(pattern[i + 1]);
}

// Puts every choice behind every variant.
absl::Status Append(const std::vector<Pattern>& choices,
                    std::vector<Pattern>& variants) {
  if (variants.size() * choices.size() > kMaxVariants) {
    return absl::ResourceExhaustedError("too many variants");
  }
  std::vector<Pattern> all;
  for (const Pattern& variant : variants) {
    for (const Pattern& choice : choices) all.push_back(variant + choice);
  }
  variants = std::move(all);
  return absl::OkStatus();
}

// Whether an element of a pattern takes this character.
bool Takes(char32_t element, char32_t character) {
  if (element == kAnyDash) return kDashes.find(character) != TextView::npos;
  return element == kAnyOne || element == character;
}

std::vector<char32_t> Utf16Units(char32_t character) {
  if (character < 0x10000) return {character};
  const char32_t offset = character - 0x10000;
  return {0xD800 + (offset >> 10), 0xDC00 + (offset & 0x3FF)};
}

}  // namespace

Pattern ParsePattern(std::string_view source, bool placeholders) {
  const Text text = DecodeUtf8(source);
  Pattern pattern;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t next = i + 1 < text.size() ? text[i + 1] : U'\0';
    const bool escapes = next == U'*' || next == U'?' || next == U'\\' ||
                         (placeholders && next == U'%');
    if (text[i] == U'\\' && escapes) {
      pattern += text[++i];
    } else if (text[i] == U'*') {
      pattern += kAnyRun;
    } else if (text[i] == U'?') {
      pattern += kAnyOne;
    } else if (text[i] == U'%' && placeholders) {
      const std::size_t end = text.find(U'%', i + 1);
      if (end == Text::npos || end == i + 1) {
        pattern += U'%';
      } else {
        pattern += kPlaceholderMark + text.substr(i + 1, end - i - 1);
        pattern += kPlaceholderMark;
        i = end;
      }
    } else {
      pattern += text[i];
    }
  }
  return pattern;
}

bool HasWildcard(const Pattern& pattern) {
  return pattern.find(kAnyRun) != Pattern::npos ||
         pattern.find(kAnyOne) != Pattern::npos;
}

Pattern AddContains(const Pattern& pattern) {
  return AddStartsWith(AddEndsWith(pattern));
}

// A second `*` next to a first one changes nothing, so none is left out.
Pattern AddStartsWith(const Pattern& pattern) { return pattern + kAnyRun; }

Pattern AddEndsWith(const Pattern& pattern) {
  return Pattern(1, kAnyRun) + pattern;
}

// Walks both from left to right. On a mismatch the last `*` takes one character
// more; going back to earlier ones is never needed, since the last one can take
// whatever they could.
bool MatchesWhole(const Pattern& pattern, TextView text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t after_star = Pattern::npos;
  std::size_t star_end = 0;  // where the text taken by that `*` ends
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == kAnyRun) {
      after_star = ++p;
      star_end = t;
      if (p == pattern.size()) return true;
    } else if (p < pattern.size() && Takes(pattern[p], text[t])) {
      ++p;
      ++t;
    } else if (after_star != Pattern::npos) {
      p = after_star;
      ++star_end;
      // Only where the next character stands can the rest begin.
      if (IsCharacter(pattern[p])) star_end = text.find(pattern[p], star_end);
      if (star_end == TextView::npos) return false;
      t = star_end;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of(kAnyRun, p) == Pattern::npos;
}

Pattern MarkDashes(const Pattern& pattern) {
  Pattern marked = pattern;
  bool is_name = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    is_name ^= pattern[i] == kPlaceholderMark;
    if (!is_name && IsFlagDash(pattern, i)) marked[i] = kAnyDash;
  }
  return marked;
}

absl::StatusOr<std::vector<Pattern>> ExpandDashes(const Pattern& pattern) {
  std::vector<Pattern> variants = {Pattern()};
  for (const char32_t element : pattern) {
    std::vector<Pattern> choices = {Pattern(1, element)};
    if (element == kAnyDash) {
      choices.clear();
      for (const char32_t dash : kDashes) choices.emplace_back(1, dash);
    }
    HS_RETURN_IF_ERROR(Append(choices, variants));
  }
  return variants;
}

absl::StatusOr<std::vector<Pattern>> ExpandPlaceholders(
    const Pattern& pattern, const Placeholders& values) {
  std::vector<Pattern> variants = {Pattern()};
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::vector<Pattern> choices;
    if (pattern[i] == kPlaceholderMark) {
      const std::size_t end = pattern.find(kPlaceholderMark, i + 1);
      const Text name = pattern.substr(i + 1, end - i - 1);
      const auto found = values.find(EncodeUtf8(name));
      if (found == values.end() || found->second.empty()) {
        return absl::NotFoundError("placeholder");
      }
      for (const std::string& value : found->second) {
        choices.push_back(ParsePattern(value, /*placeholders=*/false));
      }
      i = end;
    } else {
      choices.emplace_back(1, pattern[i]);
    }
    HS_RETURN_IF_ERROR(Append(choices, variants));
  }
  return variants;
}

Pattern Utf16Le(const Pattern& pattern) {
  Pattern bytes;
  bool is_name = false;
  for (const char32_t element : pattern) {
    is_name ^= element == kPlaceholderMark;
    if (is_name || !IsCharacter(element)) {
      bytes += element;
      continue;
    }
    for (const char32_t unit : Utf16Units(element)) {
      bytes += static_cast<char32_t>(unit & 0xFF);
      bytes += static_cast<char32_t>(unit >> 8);
    }
  }
  return bytes;
}

Pattern Utf16Be(const Pattern& pattern) {
  Pattern bytes;
  bool is_name = false;
  for (const char32_t element : pattern) {
    is_name ^= element == kPlaceholderMark;
    if (is_name || !IsCharacter(element)) {
      bytes += element;
      continue;
    }
    for (const char32_t unit : Utf16Units(element)) {
      bytes += static_cast<char32_t>(unit >> 8);
      bytes += static_cast<char32_t>(unit & 0xFF);
    }
  }
  return bytes;
}

Pattern Base64(std::string_view bytes) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  Pattern encoded;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits <<= 8;
      if (k < group.size()) bits |= static_cast<unsigned char>(group[k]);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const char letter = kAlphabet[bits >> (18 - 6 * k) & 0x3F];
      encoded += static_cast<char32_t>(k <= group.size() ? letter : '=');
    }
  }
  return encoded;
}

std::vector<Pattern> Base64Offset(std::string_view bytes) {
  static constexpr std::array<std::size_t, 3> kCutFront = {0, 2, 3};
  static constexpr std::array<std::size_t, 3> kCutBack = {0, 3, 2};
  std::vector<Pattern> variants;
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const std::string filled = std::string(offset, ' ') + std::string(bytes);
    Pattern encoded = Base64(filled);
    encoded.resize(encoded.size() - kCutBack[filled.size() % 3]);
    encoded.erase(0, kCutFront[offset]);
    variants.push_back(encoded);
  }
  return variants;
}

}  // namespace hypersigma::reference
