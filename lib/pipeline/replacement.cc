#include "lib/pipeline/replacement.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "lib/base/text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsOctal(char c) { return c >= '0' && c <= '7'; }
bool IsLetter(char c) { return FoldAscii(c) >= 'a' && FoldAscii(c) <= 'z'; }

// The control character of `\a`, `\n` and its like; nullopt for other letters.
std::optional<char> ControlOf(char letter) {
  constexpr std::string_view kLetters = "abfnrtv";
  constexpr std::string_view kControls = "\a\b\f\n\r\t\v";
  const std::size_t at = kLetters.find(letter);
  if (at == std::string_view::npos) return std::nullopt;
  return kControls[at];
}

class ReplacementParser {
 public:
  ReplacementParser(std::string_view text, const Regex& pattern)
      : text_(text), pattern_(pattern) {}

  std::variant<std::vector<ReplacementPart>, std::string> Parse() {
    while (next_ < text_.size() && error_.empty()) {
      const char c = text_[next_++];
      if (c == '\\' && next_ < text_.size()) {
        ParseEscape();
      } else {
        literal_.push_back(c);
      }
    }
    if (!error_.empty()) return error_;
    Flush();
    return std::move(parts_);
  }

 private:
  void ParseEscape() {
    const char c = text_[next_];
    if (c == 'g') {
      ++next_;
      ParseNamedGroup();
    } else if (IsDigit(c)) {
      ParseNumber();
    } else if (const auto control = ControlOf(c)) {
      ++next_;
      literal_.push_back(*control);
    } else if (IsLetter(c)) {
      error_ = Concat({"the replacement has the unknown escape '\\",
                       std::string_view(&c, 1), "'"});
    } else {
      literal_.push_back('\\');
      if (c == '\\') ++next_;
    }
  }

  void ParseNamedGroup() {
    const std::size_t end = text_.find('>', next_);
    if (next_ >= text_.size() || text_[next_] != '<' ||
        end == std::string_view::npos) {
      error_ = "the replacement has '\\g' without the name of a group in '<>'";
      return;
    }
    const std::string name(text_.substr(next_ + 1, end - next_ - 1));
    next_ = end + 1;
    constexpr std::size_t kMaxDigits = 5;
    if (!name.empty() && name.size() <= kMaxDigits &&
        std::all_of(name.begin(), name.end(), IsDigit)) {
      AddGroup(std::stoul(name), name);
    } else if (const auto group = pattern_.FindGroup(name)) {
      AddGroup(*group, name);
    } else {
      error_ = Concat({"the pattern has no group ", Quoted(name)});
    }
  }

  // `\0`, `\012` and `\123` are characters, other numbers are groups.
  void ParseNumber() {
    const std::string_view rest = text_.substr(next_);
    const auto is_octal_at = [&](std::size_t i) {
      return i < rest.size() && IsOctal(rest[i]);
    };
    if (rest[0] == '0' ||
        (is_octal_at(0) && is_octal_at(1) && is_octal_at(2))) {
      std::uint32_t value = 0;
      std::size_t count = 0;
      while (count < 3 && is_octal_at(count)) {
        value = value * 8 + static_cast<std::uint32_t>(rest[count++] - '0');
      }
      next_ += count;
      AppendCodePoint(value & 0xFFu, &literal_);
      return;
    }
    const std::size_t digits = rest.size() > 1 && IsDigit(rest[1]) ? 2 : 1;
    const std::string number(rest.substr(0, digits));
    next_ += digits;
    AddGroup(std::stoul(number), number);
  }

  void AddGroup(std::size_t group, std::string_view name) {
    if (group > pattern_.group_count()) {
      error_ = Concat({"the pattern has no group ", Quoted(name)});
      return;
    }
    Flush();
    parts_.push_back({"", group});
  }

  void Flush() {
    if (!literal_.empty()) {
      parts_.push_back({std::exchange(literal_, {}), std::nullopt});
    }
  }

  std::string_view text_;
  const Regex& pattern_;
  std::size_t next_ = 0;
  std::string literal_;
  std::string error_;
  std::vector<ReplacementPart> parts_;
};

}  // namespace

std::variant<std::vector<ReplacementPart>, std::string> ParseReplacement(
    std::string_view text, const Regex& pattern) {
  return ReplacementParser(text, pattern).Parse();
}

}  // namespace hypersigma::internal
