// A slow and obvious reading of JSON events, to compare JsonReader with.
//
// Parses one object into a tree by RFC 8259 and looks fields up word for word
// as the design document "semantics", 3, has it. Shares no code with lib/input.

#ifndef HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_
#define HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hypersigma/event.h"
#include "lib/base/text.h"

namespace hypersigma::internal {

struct OracleMember;

struct OracleValue {
  ValueKind kind = ValueKind::kNull;
  bool is_array = false;
  std::string text;
  std::vector<OracleMember> members;
  std::vector<OracleValue> elements;
};

struct OracleMember {
  std::string key;
  OracleValue value;
};

struct OracleEvent {
  OracleValue root;
  bool repaired = false;
  int depth = 0;
};

// Name of the field ("" and `named` false for none), kind, text.
struct OraclePair {
  bool named = false;
  std::string field;
  ValueKind kind = ValueKind::kNull;
  std::string text;

  friend auto operator<=>(const OraclePair&, const OraclePair&) = default;
};

namespace oracle {

// Removes digits from the front and returns how many there were.
inline std::size_t TakeDigits(std::string_view& text) {
  const std::size_t count =
      std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count;
}

inline bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool zero = text.starts_with('0');
  const std::size_t digits = TakeDigits(text);
  if (digits == 0 || (zero && digits > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (TakeDigits(text) == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (TakeDigits(text) == 0) return false;
  }
  return text.empty();
}

// Recursive descent; every function returns false at malformed text.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool ParseEvent(OracleEvent& event) {
    Blanks();
    if (At() != '{' || !ParseValue(event.root, 1)) return false;
    Blanks();
    event.repaired = repaired_;
    event.depth = max_depth_;
    return at_ == text_.size();
  }

 private:
  // -1 at the end.
  int At() const {
    return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : -1;
  }
  bool Take(char c) {
    if (At() != c) return false;
    ++at_;
    return true;
  }
  void Blanks() {
    while (At() == ' ' || At() == '\t' || At() == '\n' || At() == '\r') ++at_;
  }

  bool ParseValue(OracleValue& value, int depth) {
    Blanks();
    if (At() == '{') return ParseObject(value, depth);
    if (At() == '[') return ParseArray(value, depth);
    if (At() == '"') {
      value.kind = ValueKind::kString;
      return ParseString(value.text);
    }
    return ParseWord(value);
  }

  bool ParseObject(OracleValue& value, int depth) {
    max_depth_ = std::max(max_depth_, depth);
    value.kind = ValueKind::kObject;
    ++at_;
    Blanks();
    if (Take('}')) return true;
    while (true) {
      Blanks();
      auto& [key, member] = value.members.emplace_back();
      if (At() != '"' || !ParseString(key)) return false;
      Blanks();
      if (!Take(':') || !ParseValue(member, depth + 1)) return false;
      Blanks();
      if (Take('}')) return true;
      if (!Take(',')) return false;
    }
  }

  bool ParseArray(OracleValue& value, int depth) {
    max_depth_ = std::max(max_depth_, depth);
    value.kind = ValueKind::kEmptyArray;
    value.is_array = true;
    ++at_;
    Blanks();
    if (Take(']')) return true;
    while (true) {
      if (!ParseValue(value.elements.emplace_back(), depth + 1)) return false;
      Blanks();
      if (Take(']')) return true;
      if (!Take(',')) return false;
    }
  }

  bool ParseWord(OracleValue& value) {
    const std::size_t begin = at_;
    while (At() > ' ' &&
           std::string_view("{}[],:\"").find(static_cast<char>(At())) ==
               std::string_view::npos) {
      ++at_;
    }
    value.text = text_.substr(begin, at_ - begin);
    if (value.text == "null") {
      value = {};
      return true;
    }
    const bool is_bool = value.text == "true" || value.text == "false";
    value.kind = is_bool ? ValueKind::kBool : ValueKind::kNumber;
    return is_bool || IsNumber(value.text);
  }

  bool ParseString(std::string& out) {
    ++at_;
    while (true) {
      if (At() == -1) return false;
      if (Take('"')) return true;
      if (At() == '\\') {
        if (!ParseEscape(out)) return false;
        continue;
      }
      const CodePoint step = DecodeCodePoint(text_.substr(at_));
      if (step.value == kInvalidCodePoint || step.value < 0x20) {
        repaired_ = true;
      }
      out += text_.substr(at_, step.byte_count);
      at_ += step.byte_count;
    }
  }

  bool ParseEscape(std::string& out) {
    static const std::string_view kFrom = "\"\\/bfnrt";
    static const std::string_view kTo = "\"\\/\b\f\n\r\t";
    ++at_;
    if (At() == 'u') {
      --at_;
      return ParseUnicode(out);
    }
    const std::size_t which =
        At() == -1 ? std::string_view::npos : kFrom.find(text_[at_]);
    if (which == std::string_view::npos) return false;
    out += kTo[which];
    ++at_;
    return true;
  }

  std::optional<std::uint32_t> CodeUnitAt(std::size_t at) const {
    const std::string escape(text_.substr(std::min(at, text_.size()), 6));
    if (escape.size() < 6 || escape[0] != '\\' || escape[1] != 'u' ||
        escape.find_first_not_of("0123456789abcdefABCDEF", 2) !=
            std::string::npos) {
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(
        std::stoul(escape.substr(2), nullptr, 16));
  }

  bool ParseUnicode(std::string& out) {
    const auto unit = CodeUnitAt(at_);
    if (!unit) return false;
    at_ += 6;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      AppendCodePoint(*unit, &out);
      return true;
    }
    const auto low = *unit < 0xDC00 ? CodeUnitAt(at_) : std::nullopt;
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      at_ += 6;
      AppendCodePoint(0x10000 + (*unit - 0xD800) * 0x400 + (*low - 0xDC00),
                      &out);
    } else {
      AppendCodePoint(0xFFFD, &out);
      repaired_ = true;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int max_depth_ = 0;
  bool repaired_ = false;
};

using Values = std::vector<const OracleValue*>;

// "Arrays on the way are transparent ... Scalars have no members." Empty when
// missing.
inline Values Lookup(const OracleValue& value, std::string_view path) {
  Values found;
  const auto look_up = [&found](const OracleValue& in, std::string_view rest) {
    const Values more = Lookup(in, rest);
    found.insert(found.end(), more.begin(), more.end());
  };
  for (const OracleValue& element : value.elements) look_up(element, path);
  if (value.is_array) return found;
  for (const auto& [key, member] : value.members) {
    if (key == path) found.push_back(&member);
  }
  for (std::size_t dot = path.find('.');
       found.empty() && dot != std::string_view::npos;
       dot = path.find('.', dot + 1)) {
    for (const auto& [key, member] : value.members) {
      if (key == path.substr(0, dot)) look_up(member, path.substr(dot + 1));
    }
  }
  return found;
}

inline void Flatten(const OracleValue& value, Values& out) {
  if (value.elements.empty()) out.push_back(&value);
  for (const OracleValue& element : value.elements) Flatten(element, out);
}

inline void Scalars(const OracleValue& value, Values& out) {
  for (const auto& [key, member] : value.members) Scalars(member, out);
  for (const OracleValue& element : value.elements) Scalars(element, out);
  if (value.kind == ValueKind::kString || value.kind == ValueKind::kNumber ||
      value.kind == ValueKind::kBool) {
    out.push_back(&value);
  }
}

}  // namespace oracle

// Returns nullopt when `json` is not exactly one object. Raw control bytes and
// invalid UTF-8 in strings, and lone surrogates, are repairs, not errors.
inline std::optional<OracleEvent> OracleParse(std::string_view json) {
  OracleEvent event;
  if (!oracle::Parser(json).ParseEvent(event)) return std::nullopt;
  return event;
}

// Returns, sorted, the values of `fields` and, if wanted, all other scalars
// with a text.
inline std::vector<OraclePair> OraclePairs(const OracleEvent& event,
                                           std::span<const std::string> fields,
                                           bool unnamed_values) {
  std::vector<OraclePair> pairs;
  std::set<const OracleValue*> named;
  for (const std::string& field : fields) {
    oracle::Values elements;
    for (const OracleValue* value : oracle::Lookup(event.root, field)) {
      oracle::Flatten(*value, elements);
    }
    for (const OracleValue* element : elements) {
      named.insert(element);
      pairs.push_back({true, field, element->kind, element->text});
    }
  }
  oracle::Values scalars;
  if (unnamed_values) oracle::Scalars(event.root, scalars);
  for (const OracleValue* scalar : scalars) {
    if (named.contains(scalar)) continue;
    pairs.push_back({false, "", scalar->kind, scalar->text});
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_
