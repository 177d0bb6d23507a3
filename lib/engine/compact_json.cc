#include "lib/engine/compact_json.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

#include "lib/base/text.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kUnicodeEscape = 6;  // \uXXXX

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Neither the end of the string, nor an escape, nor anything to repair.
bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

// The code unit of an escape \uXXXX that `text` begins with.
std::optional<std::uint32_t> CodeUnit(std::string_view text) {
  if (text.size() < kUnicodeEscape || !text.starts_with("\\u")) {
    return std::nullopt;
  }
  std::uint32_t unit = 0;
  const char* const end = text.data() + kUnicodeEscape;
  const auto [rest, error] = std::from_chars(text.data() + 2, end, unit, 16);
  if (error != std::errc() || rest != end) return std::nullopt;
  return unit;
}

bool IsHigh(std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsLow(std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

// Appends the escape that `text` begins with and returns its length.
std::size_t AppendEscape(std::string_view text, std::string* out) {
  const std::optional<std::uint32_t> unit = CodeUnit(text);
  std::size_t length =
      unit ? kUnicodeEscape : std::min<std::size_t>(2, text.size());
  if (unit && IsHigh(*unit)) {
    const auto low = CodeUnit(text.substr(kUnicodeEscape));
    if (!low || !IsLow(*low)) {
      *out += kReplacement;
      return length;
    }
    length *= 2;
  } else if (unit && IsLow(*unit)) {
    *out += kReplacement;
    return length;
  }
  out->append(text, 0, length);
  return length;
}

// Appends the code point or byte that `text` begins with; returns its length.
std::size_t AppendOther(std::string_view text, std::string* out) {
  const CodePoint step = DecodeCodePoint(text);
  if (step.value == kInvalidCodePoint) {
    *out += kReplacement;
  } else if (IsDisplayControl(step.value)) {
    AppendControl(step.value, out);
  } else {
    out->append(text, 0, step.byte_count);
  }
  return step.byte_count;
}

// Appends the string whose opening quote was taken, with its closing one;
// returns its length.
std::size_t AppendString(std::string_view text, std::string* out) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(rest.begin(), rest.end(), IsPlain) - rest.begin());
    out->append(rest, 0, plain);
    at += plain;
    if (at == text.size()) break;
    if (text[at] == '"') {
      *out += '"';
      return at + 1;
    }
    at += text[at] == '\\' ? AppendEscape(text.substr(at), out)
                           : AppendOther(text.substr(at), out);
  }
  return at;
}

}  // namespace

void AppendCompactJson(std::string_view json, std::string* out) {
  std::size_t at = 0;
  while (at < json.size()) {
    const char c = json[at++];
    if (IsBlank(c)) continue;
    *out += c;
    if (c == '"') at += AppendString(json.substr(at), out);
  }
}

}  // namespace hypersigma::internal
