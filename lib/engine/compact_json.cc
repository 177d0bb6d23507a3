#include "lib/engine/compact_json.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

#include "lib/base/text.h"
#include "lib/engine/ndjson_writer.h"
#include "lib/engine/plain_bytes.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kUnicodeEscape = 6;  // \uXXXX

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

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

// Copies stretches that stay as they are at once.
class Compaction {
 public:
  Compaction(std::string_view json, std::string* out)
      : json_(json), out_(*out) {}

  void Run() {
    while (at_ < json_.size()) {
      const char c = json_[at_];
      if (IsBlank(c)) {
        Drop(1);
        continue;
      }
      ++at_;
      if (c == '"') KeepString();
    }
    Flush();
  }

 private:
  // Appends what is kept and was not yet appended.
  void Flush() { out_.append(json_, begin_, at_ - begin_); }

  void Drop(std::size_t byte_count) {
    Flush();
    begin_ = at_ += byte_count;
  }

  void Replace(std::size_t byte_count) {
    Drop(byte_count);
    out_ += kReplacement;
  }

  // Up to the closing quote of the string whose opening one was taken.
  void KeepString() {
    while ((at_ = SkipPlain(json_, at_)) < json_.size()) {
      switch (json_[at_]) {
        case '"':
          ++at_;
          return;
        case '\\':
          KeepEscape();
          break;
        default:
          KeepOther();
      }
    }
  }

  void KeepEscape() {
    const std::string_view text = json_.substr(at_);
    if (text.size() > 2 && text[1] != 'u') {
      at_ += 2;
      return;
    }
    const std::optional<std::uint32_t> unit = CodeUnit(text);
    if (!unit) {
      at_ += std::min<std::size_t>(2, text.size());
    } else if (IsHigh(*unit)) {
      const auto low = CodeUnit(text.substr(kUnicodeEscape));
      if (low && IsLow(*low)) {
        at_ += 2 * kUnicodeEscape;
      } else {
        Replace(kUnicodeEscape);
      }
    } else if (IsLow(*unit)) {
      Replace(kUnicodeEscape);
    } else {
      at_ += kUnicodeEscape;
    }
  }

  // A code point, or a byte of none.
  void KeepOther() {
    const CodePoint step = DecodeCodePoint(json_.substr(at_));
    if (step.value == kInvalidCodePoint) {
      Replace(step.byte_count);
    } else if (IsDisplayControl(step.value)) {
      Drop(step.byte_count);
      AppendControl(step.value, &out_);
    } else {
      at_ += step.byte_count;
    }
  }

  std::string_view json_;
  std::string& out_;
  std::size_t begin_ = 0;  // of what is kept and was not yet appended
  std::size_t at_ = 0;
};

}  // namespace

void AppendCompactJson(std::string_view json, std::string* out) {
  Compaction(json, out).Run();
}

}  // namespace hypersigma::internal
