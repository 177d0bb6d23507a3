// The JSON grammar of RFC 8259, one function for each of its rules.

#include "lib/reference/json_value.h"

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/reference/text.h"

namespace hypersigma::reference {
namespace {

constexpr int kMaxDepth = 1'000;
constexpr char32_t kReplacement = 0xFFFD;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<unsigned> HexDigit(char c) {
  if (IsDigit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<JsonValue> Document() {
    HS_ASSIGN_OR_RETURN(JsonValue value, Value());
    SkipBlanks();
    if (position_ != text_.size()) return Error("text after the value");
    return value;
  }

 private:
  absl::Status Error(const char* what) const {
    return absl::InvalidArgumentError(
        absl::StrCat("offset ", position_, ": ", what));
  }

  bool AtEnd() const { return position_ == text_.size(); }
  char Peek() const { return AtEnd() ? '\0' : text_[position_]; }

  bool Take(char c) {
    if (AtEnd() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  bool TakeWord(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }

  void SkipBlanks() {
    while (Take(' ') || Take('\t') || Take('\n') || Take('\r')) {
    }
  }

  absl::StatusOr<JsonValue> Value() {
    SkipBlanks();
    if (Peek() == '{' || Peek() == '[') return Container();
    if (Take('"')) {
      HS_ASSIGN_OR_RETURN(std::string bytes, StringAfterQuote());
      return JsonValue::String(std::move(bytes));
    }
    if (TakeWord("true")) return JsonValue::Bool(true);
    if (TakeWord("false")) return JsonValue::Bool(false);
    if (TakeWord("null")) return JsonValue::Null();
    return NumberToken();
  }

  absl::StatusOr<JsonValue> Container() {
    if (++depth_ > kMaxDepth) {
      return absl::ResourceExhaustedError("nested too deeply");
    }
    const bool is_object = Take('{');
    if (!is_object) Take('[');
    absl::StatusOr<JsonValue> value =
        is_object ? ObjectAfterBrace() : ArrayAfterBracket();
    --depth_;
    return value;
  }

  absl::StatusOr<JsonValue> ObjectAfterBrace() {
    std::vector<JsonValue::Member> members;
    SkipBlanks();
    if (Take('}')) return JsonValue::Object({});
    do {
      SkipBlanks();
      if (!Take('"')) return Error("expected a key");
      HS_ASSIGN_OR_RETURN(std::string key, StringAfterQuote());
      SkipBlanks();
      if (!Take(':')) return Error("expected ':'");
      HS_ASSIGN_OR_RETURN(JsonValue value, Value());
      members.emplace_back(std::move(key), std::move(value));
      SkipBlanks();
    } while (Take(','));
    if (!Take('}')) return Error("expected ',' or '}'");
    return JsonValue::Object(std::move(members));
  }

  absl::StatusOr<JsonValue> ArrayAfterBracket() {
    std::vector<JsonValue> elements;
    SkipBlanks();
    if (Take(']')) return JsonValue::Array({});
    do {
      HS_ASSIGN_OR_RETURN(JsonValue value, Value());
      elements.push_back(std::move(value));
      SkipBlanks();
    } while (Take(','));
    if (!Take(']')) return Error("expected ',' or ']'");
    return JsonValue::Array(std::move(elements));
  }

  bool TakeDigits() {
    const std::size_t begin = position_;
    while (IsDigit(Peek())) ++position_;
    return position_ > begin;
  }

  absl::StatusOr<JsonValue> NumberToken() {
    const std::size_t begin = position_;
    Take('-');
    if (!Take('0') && !TakeDigits()) return Error("expected a value");
    if (Take('.') && !TakeDigits()) return Error("expected a digit");
    if (Take('e') || Take('E')) {
      if (!Take('+')) Take('-');
      if (!TakeDigits()) return Error("expected a digit");
    }
    return JsonValue::Number(
        std::string(text_.substr(begin, position_ - begin)));
  }

  absl::StatusOr<std::string> StringAfterQuote() {
    std::string bytes;
    while (!Take('"')) {
      if (AtEnd()) return Error("string without end");
      if (Take('\\')) {
        HS_RETURN_IF_ERROR(Escape(bytes));
        continue;
      }
      bytes += text_[position_++];
    }
    return bytes;
  }

  absl::Status Escape(std::string& bytes) {
    static constexpr std::string_view kLetters = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t letter = kLetters.find(Peek());
    if (!AtEnd() && letter != std::string_view::npos) {
      ++position_;
      bytes += kMeanings[letter];
      return absl::OkStatus();
    }
    if (!Take('u')) return Error("unknown escape");
    HS_ASSIGN_OR_RETURN(char32_t unit, FourHexDigits());
    bytes += EncodeUtf8(Text(1, CompleteSurrogate(unit)));
    return absl::OkStatus();
  }

  absl::StatusOr<char32_t> FourHexDigits() {
    char32_t unit = 0;
    for (int i = 0; i < 4; ++i) {
      const std::optional<unsigned> digit = HexDigit(Peek());
      if (!digit.has_value()) return Error("expected a hexadecimal digit");
      unit = unit * 16 + *digit;
      ++position_;
    }
    return unit;
  }

  // Takes the second half of a surrogate pair, if it follows.
  char32_t CompleteSurrogate(char32_t unit) {
    if (unit < 0xD800 || unit > 0xDFFF) return unit;
    const std::size_t begin = position_;
    if (unit < 0xDC00 && TakeWord("\\u")) {
      const absl::StatusOr<char32_t> low = FourHexDigits();
      if (low.ok() && *low >= 0xDC00 && *low <= 0xDFFF) {
        return 0x10000 + ((unit - 0xD800) << 10) + (*low - 0xDC00);
      }
    }
    position_ = begin;
    return kReplacement;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace

JsonValue JsonValue::Bool(bool value) {
  return {Kind::kBool, value ? "true" : "false", {}, {}};
}

JsonValue JsonValue::Number(std::string token) {
  return {Kind::kNumber, std::move(token), {}, {}};
}

JsonValue JsonValue::String(std::string bytes) {
  return {Kind::kString, std::move(bytes), {}, {}};
}

JsonValue JsonValue::Array(std::vector<JsonValue> elements) {
  return {Kind::kArray, "", std::move(elements), {}};
}

JsonValue JsonValue::Object(std::vector<Member> members) {
  return {Kind::kObject, "", {}, std::move(members)};
}

absl::StatusOr<JsonValue> ParseJson(std::string_view text) {
  return Parser(text).Document();
}

}  // namespace hypersigma::reference
