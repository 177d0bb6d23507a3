#include "lib/compile/regex_literals.h"

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <utility>

#include "lib/base/text.h"
#include "lib/compile/literal_sets.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxClassMembers = 4;
constexpr int kMaxDepth = 250;  // PCRE2's own default

// Recursive descent over a pattern that PCRE2 accepts. `gave_up_` is set at
// syntax whose meaning is not known here; nothing read then is used.
class Parser {
 public:
  explicit Parser(std::string_view pattern) : rest_(pattern) {}

  Literals Required() {
    LiteralPiece piece = Alternation(0);
    if (gave_up_ || !rest_.empty()) return {};
    return std::move(piece.required);
  }

 private:
  // One character or escape. An unknown one has no value.
  struct Character {
    enum class Kind : std::uint8_t { kLiteral, kUnknown, kZeroWidth };
    Kind kind = Kind::kUnknown;
    char value = 0;  // ASCII but NUL, not folded
  };

  static Character Literal(std::uint32_t value) {
    if (value == 0 || value >= 0x80) return {};
    return {Character::Kind::kLiteral, static_cast<char>(value)};
  }
  static LiteralPiece ToPiece(Character character) {
    switch (character.kind) {
      case Character::Kind::kLiteral:
        return ExactPiece({std::string(1, FoldAscii(character.value))});
      case Character::Kind::kUnknown:
        return UnknownPiece();
      case Character::Kind::kZeroWidth:
        return ZeroWidthPiece();
    }
    return UnknownPiece();
  }

  bool NextIs(char byte) const { return !rest_.empty() && rest_[0] == byte; }
  bool NextIsAnyOf(std::string_view bytes) const {
    return !rest_.empty() && bytes.find(rest_[0]) != std::string_view::npos;
  }
  bool Take(char byte) {
    if (!NextIs(byte)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view TakeAnyOf(std::string_view bytes) {
    const std::string_view taken =
        rest_.substr(0, std::min(rest_.find_first_not_of(bytes), rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }
  void TakeThrough(char byte) {
    const std::size_t at = rest_.find(byte);
    if (at == std::string_view::npos) return GiveUp();
    rest_.remove_prefix(at + 1);
  }
  void GiveUp() {
    gave_up_ = true;
    rest_ = {};
  }

  LiteralPiece Alternation(int depth);
  LiteralPiece Sequence(int depth);
  LiteralPiece Item(int depth);
  LiteralPiece Group(int depth);
  LiteralPiece SpecialGroup(int depth);
  LiteralPiece LessThanGroup(int depth);
  LiteralPiece PythonGroup(int depth);
  LiteralPiece FlagGroup(int depth);
  LiteralPiece GroupBody(int depth);
  LiteralPiece Lookaround(int depth);
  LiteralPiece Class();
  Character ClassMember();
  Character OneCodePoint();
  Character Escape();
  Character HexEscape();
  Character ReferenceEscape(char kind);
  Repeat Quantifier();
  Repeat BracedQuantifier();
  void EndQuantifier();

  std::string_view rest_;
  bool gave_up_ = false;
};

LiteralPiece Parser::Alternation(int depth) {
  LiteralPiece piece = Sequence(depth);
  while (Take('|')) piece = EitherPiece(piece, Sequence(depth));
  return piece;
}

LiteralPiece Parser::Sequence(int depth) {
  LiteralSequence sequence;
  while (!rest_.empty() && !NextIsAnyOf("|)")) {
    const LiteralPiece item = Item(depth);
    sequence.Add(item, Quantifier());
  }
  return sequence.Finish();
}

LiteralPiece Parser::Item(int depth) {
  if (Take('(')) return Group(depth + 1);
  if (Take('[')) return Class();
  if (Take('.')) return UnknownPiece();
  if (Take('^') || Take('$')) return ZeroWidthPiece();
  return ToPiece(Take('\\') ? Escape() : OneCodePoint());
}

LiteralPiece Parser::Group(int depth) {
  if (depth > kMaxDepth || Take('*')) {  // verbs and named assertions
    GiveUp();
    return UnknownPiece();
  }
  return Take('?') ? SpecialGroup(depth) : GroupBody(depth);
}

LiteralPiece Parser::SpecialGroup(int depth) {
  if (Take(':') || Take('|') || Take('>')) return GroupBody(depth);
  if (Take('=') || Take('!')) return Lookaround(depth);
  if (Take('<')) return LessThanGroup(depth);
  if (Take('P')) return PythonGroup(depth);
  if (Take('\'')) {
    TakeThrough('\'');
    return GroupBody(depth);
  }
  return FlagGroup(depth);
}

LiteralPiece Parser::LessThanGroup(int depth) {
  if (Take('=') || Take('!')) return Lookaround(depth);
  if (NextIs('*')) GiveUp();
  TakeThrough('>');
  return GroupBody(depth);
}

LiteralPiece Parser::PythonGroup(int depth) {
  if (Take('<')) {
    TakeThrough('>');
    return GroupBody(depth);
  }
  if (!Take('=')) GiveUp();  // recursion
  TakeThrough(')');
  return UnknownPiece();
}

// Flags that leave the syntax as it is; `x` and all else, such as conditions,
// recursion and comments, is not followed.
LiteralPiece Parser::FlagGroup(int depth) {
  TakeAnyOf("imsnJU^-");
  if (Take(':')) return GroupBody(depth);
  if (!Take(')')) GiveUp();
  return ZeroWidthPiece();
}

LiteralPiece Parser::GroupBody(int depth) {
  LiteralPiece piece = Alternation(depth);
  if (!Take(')')) GiveUp();
  return piece;
}

// The text looked at need not be part of the match, nor, negated, be there.
LiteralPiece Parser::Lookaround(int depth) {
  GroupBody(depth);
  return ZeroWidthPiece();
}

LiteralPiece Parser::Class() {
  const bool negated = Take('^');
  std::bitset<128> members;
  bool known = !negated;
  bool first = true;
  while (!rest_.empty() && (first || !NextIs(']'))) {
    first = false;
    const Character low = ClassMember();
    Character high = low;
    if (NextIs('-') && rest_.size() > 1 && rest_[1] != ']') {
      rest_.remove_prefix(1);
      high = ClassMember();
    }
    if (low.kind != Character::Kind::kLiteral ||
        high.kind != Character::Kind::kLiteral) {
      known = false;
    }
    const int last = static_cast<unsigned char>(high.value);
    for (int c = static_cast<unsigned char>(low.value); known && c <= last;
         ++c) {
      members.set(static_cast<std::size_t>(FoldAscii(static_cast<char>(c))));
    }
  }
  if (!Take(']')) GiveUp();
  if (!known || members.count() > kMaxClassMembers) return UnknownPiece();
  Literals exact;
  for (std::size_t c = 0; c < members.size(); ++c) {
    if (members[c]) exact.emplace_back(1, static_cast<char>(c));
  }
  return ExactPiece(std::move(exact));
}

Parser::Character Parser::ClassMember() {
  if (Take('\\')) {
    const Character escape = Escape();
    // \b is a backspace in a class.
    return escape.kind == Character::Kind::kZeroWidth ? Character{} : escape;
  }
  if (!Take('[')) return OneCodePoint();
  if (NextIsAnyOf(".=")) GiveUp();
  if (!Take(':')) return Literal('[');
  TakeAnyOf("^abcdefghijklmnopqrstuvwxyz");
  if (!Take(':') || !Take(']')) GiveUp();
  return {};
}

Parser::Character Parser::OneCodePoint() {
  if (rest_.empty()) return {};
  const CodePoint step = DecodeCodePoint(rest_);
  rest_.remove_prefix(step.byte_count);
  return Literal(step.value);
}

// Reads what follows a backslash.
Parser::Character Parser::Escape() {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  if (!TakeAnyOf("0123456789").empty()) return {};  // a group or an octal code
  if (!NextIsAnyOf(kLetters)) return OneCodePoint();
  const char kind = rest_[0];
  rest_.remove_prefix(1);
  if (NextIs('{') && kind == 'N') GiveUp();
  constexpr std::string_view kControls = "aefnrt";
  const std::size_t control = kControls.find(kind);
  if (control != std::string_view::npos) {
    return Literal(static_cast<unsigned char>("\a\x1b\f\n\r\t"[control]));
  }
  constexpr std::string_view kClasses = "dDwWsShHvVRXN";
  if (kClasses.find(kind) != std::string_view::npos) return {};
  constexpr std::string_view kAssertions = "bBAZzGK";
  if (kAssertions.find(kind) != std::string_view::npos) {
    return {Character::Kind::kZeroWidth, 0};
  }
  return kind == 'x' ? HexEscape() : ReferenceEscape(kind);
}

Parser::Character Parser::HexEscape() {
  const bool braced = Take('{');
  std::uint32_t value = 0;
  for (int digits = 0; braced || digits < 2; ++digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const std::size_t digit = rest_.empty() ? std::string_view::npos
                                            : kDigits.find(FoldAscii(rest_[0]));
    if (digit == std::string_view::npos) break;
    value = std::min(value * 16 + static_cast<std::uint32_t>(digit), 0x110000u);
    rest_.remove_prefix(1);
  }
  if (braced && !Take('}')) GiveUp();
  return Literal(value);
}

// Escapes that carry a name, a property or a code: their ends are found, their
// text is not.
Parser::Character Parser::ReferenceEscape(char kind) {
  constexpr std::string_view kBraced = "pPgko";
  if (kBraced.find(kind) != std::string_view::npos && Take('{')) {
    TakeThrough('}');
  } else if (kind == 'p' || kind == 'P' || kind == 'c') {
    OneCodePoint();
  } else if (kind == 'k' && Take('<')) {
    TakeThrough('>');
  } else if (kind == 'k' && Take('\'')) {
    TakeThrough('\'');
  } else {
    GiveUp();  // \Q, \E, recursion by \g, and what is not known
  }
  return {};
}

Repeat Parser::Quantifier() {
  Repeat repeat;
  if (Take('*')) {
    repeat = {0, Repeat::kUnbounded};
  } else if (Take('+')) {
    repeat = {1, Repeat::kUnbounded};
  } else if (Take('?')) {
    repeat = {0, 1};
  } else if (NextIs('{')) {
    return BracedQuantifier();
  } else {
    return repeat;
  }
  EndQuantifier();
  return repeat;
}

// Lazy or possessive: the same texts or fewer. Whether a second quantifier may
// follow depends on the version.
void Parser::EndQuantifier() {
  if (!Take('?')) Take('+');
  if (NextIsAnyOf("*+?{")) GiveUp();
}

// `{n}`, `{n,}` or `{n,m}`; anything else between braces is plain text.
// Versions differ in `{,m}` and blanks.
Repeat Parser::BracedQuantifier() {
  const std::string_view before = rest_;
  Take('{');
  const std::string_view min = TakeAnyOf("0123456789");
  const bool comma = Take(',');
  const std::string_view max = TakeAnyOf("0123456789");
  if (min.empty() || !Take('}')) {
    if (NextIsAnyOf(" \t,") || comma) GiveUp();
    if (!gave_up_) rest_ = before;
    return {};
  }
  const auto value = [](std::string_view digits) {
    std::uint32_t number = 0;  // PCRE2 allows 65535
    for (const char digit : digits) {
      number = std::min(number * 10 + static_cast<std::uint32_t>(digit - '0'),
                        100'000u);
    }
    return number;
  };
  Repeat repeat;
  repeat.min = value(min);
  repeat.max = comma ? Repeat::kUnbounded : repeat.min;
  if (!max.empty()) repeat.max = value(max);
  EndQuantifier();
  return repeat;
}

}  // namespace

std::vector<std::string> RequiredLiterals(std::string_view pattern,
                                          RegexFlags /*flags*/,
                                          std::size_t min_bytes) {
  // No flag matters: literals are compared folded, and none of the three
  // changes the syntax.
  Literals required = Parser(pattern).Required();
  if (ShortestBytes(required) < std::max<std::size_t>(min_bytes, 1)) return {};
  return required;
}

}  // namespace hypersigma::internal
