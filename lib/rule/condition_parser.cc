// The grammar of conditions, by recursive descent: one function a level.

#include "lib/rule/condition_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/limits.h"
#include "lib/rule/condition_lexer.h"
#include "lib/rule/condition_words.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Token = ConditionToken;

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

// Returns the value of digits, at most the largest.
std::uint32_t ToCount(std::string_view digits) {
  std::uint64_t count = 0;
  for (const char digit : digits) {
    count = std::min<std::uint64_t>(count * 10 + (digit - '0'),
                                    std::numeric_limits<std::uint32_t>::max());
  }
  return static_cast<std::uint32_t>(count);
}

class Parser {
 public:
  Parser(const YamlNode& node, const SelectionNames& names, Reporter& reporter,
         ConditionOver over)
      : node_(node),
        names_(names),
        reporter_(reporter),
        over_rules_(over == ConditionOver::kRules),
        tokens_(SplitCondition(node.text)) {}

  std::optional<Condition> Parse();

 private:
  using Result = std::optional<Condition>;

  Result ParseOr();
  Result ParseAnd();
  Result ParseNot();
  Result ParseAtom();
  Result ParseBrackets();
  Result ParseQuantifier();
  Result ParseName();
  // Parses `operand { word operand }`.
  Result ParseChain(std::string_view word, Condition::Kind kind,
                    Result (Parser::*operand)());

  bool FindUnsupported();
  // Returns the selection, or `them`, that `word` is nearly.
  std::optional<std::string_view> NearestName(std::string_view word) const;
  void CheckQuantifier(const Token& count, const Token& pattern,
                       const Condition& condition);
  void ReportUnknownName(const Token& token);
  Result ReportUnexpected(std::string_view expected);
  Result Fail(const Token& token, std::string message, std::string found = {},
              std::string expected = {});

  const Token& Peek(std::size_t ahead = 0) const {
    return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
  }
  const Token& Take() { return tokens_[next_++]; }
  SourceRange RangeOf(const Token& token) const {
    return PlaceInScalar(reporter_.source(), node_, token.begin,
                         token.begin + token.text.size());
  }

  const YamlNode& node_;
  const SelectionNames& names_;
  Reporter& reporter_;
  const bool over_rules_;
  const std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  std::size_t names_looked_at_ = 0;
  bool failed_ = false;
};

std::optional<Condition> Parser::Parse() {
  if (tokens_.size() == 1) {
    return Fail(Peek(),
                Concat({"condition is empty, expected an expression over ",
                        over_rules_ ? "rules" : "selections"}));
  }
  if (!over_rules_ && FindUnsupported()) return std::nullopt;
  Result condition = ParseOr();
  if (!condition.has_value()) return std::nullopt;
  if (Peek().kind == Token::Kind::kClose) {
    return Fail(Peek(), "condition has a ')' without a '('");
  }
  if (Peek().kind != Token::Kind::kEnd) {
    return ReportUnexpected("'and' or 'or'");
  }
  if (failed_) return std::nullopt;
  return condition;
}

// What Sigma 2 removed is named, wherever it stands.
bool Parser::FindUnsupported() {
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const Token& token = tokens_[i];
    if (token.text == "|") {
      const bool is_near =
          i + 1 < tokens_.size() && tokens_[i + 1].IsWord("near");
      Fail(token,
           Concat({is_near ? "'near'" : "an aggregation after '|'",
                   " is not part of Sigma 2; expected a condition without "
                   "'|', and a correlation rule for the rest"}));
      return true;
    }
    if (token.IsWord("near") && !names_.Find("near").has_value()) {
      Fail(token,
           "'near' is not part of Sigma 2; use a correlation rule of "
           "type 'temporal'");
      return true;
    }
  }
  return false;
}

Parser::Result Parser::ParseOr() {
  return ParseChain("or", Condition::Kind::kOr, &Parser::ParseAnd);
}

Parser::Result Parser::ParseAnd() {
  return ParseChain("and", Condition::Kind::kAnd, &Parser::ParseNot);
}

Parser::Result Parser::ParseChain(std::string_view word, Condition::Kind kind,
                                  Result (Parser::*operand)()) {
  Result first = (this->*operand)();
  if (!first.has_value() || !Peek().IsWord(word)) return first;
  Condition chain;
  chain.kind = kind;
  chain.children.push_back(*std::move(first));
  while (Peek().IsWord(word)) {
    Take();
    Result next = (this->*operand)();
    if (!next.has_value()) return std::nullopt;
    chain.children.push_back(*std::move(next));
  }
  return chain;
}

Parser::Result Parser::ParseNot() {
  bool negated = false;
  while (Peek().IsWord("not")) {
    Take();
    negated = !negated;
  }
  Result operand = ParseAtom();
  if (!operand.has_value() || !negated) return operand;
  Condition negation;
  negation.kind = Condition::Kind::kNot;
  negation.children.push_back(*std::move(operand));
  return negation;
}

Parser::Result Parser::ParseAtom() {
  const Token& token = Peek();
  if (token.kind == Token::Kind::kOpen) return ParseBrackets();
  if (token.kind == Token::Kind::kWord && Peek(1).IsWord("of") &&
      (token.text == "any" || token.text == "all" || IsNumber(token.text))) {
    if (over_rules_) {
      return Fail(token,
                  "a condition over rules has no quantifiers, expected rules "
                  "with 'and', 'or' and 'not'");
    }
    return ParseQuantifier();
  }
  if (token.kind == Token::Kind::kWord && !IsReservedWord(token.text)) {
    return ParseName();
  }
  return ReportUnexpected(over_rules_
                              ? "a rule, '(' or 'not'"
                              : "a selection, '(', 'not' or '1 of ...'");
}

Parser::Result Parser::ParseBrackets() {
  const Token open = Take();
  if (++depth_ > kMaxConditionDepth) {
    return Fail(open, Concat({"condition is nested too deeply, expected at "
                              "most ",
                              std::to_string(kMaxConditionDepth), " levels"}));
  }
  Result inner = ParseOr();
  --depth_;
  if (!inner.has_value()) return std::nullopt;
  if (Peek().kind == Token::Kind::kClose) {
    Take();
    return inner;
  }
  if (Peek().kind == Token::Kind::kEnd) {
    return Fail(open, "condition has a '(' without a ')'");
  }
  return ReportUnexpected("'and', 'or' or ')'");
}

Parser::Result Parser::ParseQuantifier() {
  const Token count = Take();
  Take();  // of
  if (Peek().kind != Token::Kind::kWord ||
      (IsReservedWord(Peek().text) && Peek().text != "them")) {
    return ReportUnexpected("'them' or a pattern of selection names");
  }
  const Token pattern = Take();
  names_looked_at_ += names_.size();
  if (names_looked_at_ > kMaxConditionNames) {
    return Fail(count,
                "condition has too many quantifiers over too many "
                "selections");
  }
  Condition condition;
  condition.kind = Condition::Kind::kQuantifier;
  condition.selections = names_.Match(pattern.text);
  condition.at_least =
      count.text == "all"
          ? static_cast<std::uint32_t>(condition.selections.size())
          : (count.text == "any" ? 1 : ToCount(count.text));
  CheckQuantifier(count, pattern, condition);
  return condition;
}

std::optional<std::string_view> Parser::NearestName(
    std::string_view word) const {
  constexpr std::string_view kThem[] = {"them"};
  const auto name = Nearest(word, names_.names());
  return name.has_value() ? name : Nearest(word, kThem);
}

void Parser::CheckQuantifier(const Token& count, const Token& pattern,
                             const Condition& condition) {
  const bool is_all = count.text == "all";
  if (!is_all && condition.at_least != 1) {
    const std::string number = std::to_string(condition.at_least);
    reporter_.StrictWarning(
        RangeOf(count),
        Concat({"'", count.text,
                " of' is not part of Sigma 2, expected "
                "'1 of', 'any of' or 'all of'; it is taken as at least ",
                number}),
        Concat({"'", count.text, " of'"}), "'1 of', 'any of' or 'all of'");
  }
  if (!condition.selections.empty()) return;
  const bool is_name = pattern.text.find('*') == std::string_view::npos &&
                       pattern.text != "them";
  const bool holds = is_all || condition.at_least == 0;
  reporter_.Warning(
      RangeOf(pattern),
      Concat({"no selection has a name like ", Quoted(pattern.text),
              ", so this part is ", holds ? "always" : "never", " true",
              is_name ? DidYouMean(NearestName(pattern.text)) : ""}));
}

Parser::Result Parser::ParseName() {
  const Token token = Take();
  Condition condition;
  condition.kind = Condition::Kind::kSelection;
  if (over_rules_ && token.text.find('*') != std::string_view::npos) {
    return Fail(token, Concat({Quoted(token.text),
                               " is a pattern, expected the id or name of a "
                               "rule"}));
  }
  if (token.text.find('*') != std::string_view::npos) {
    return Fail(token, Concat({"pattern ", Quoted(token.text),
                               " stands alone, expected '1 of ", token.text,
                               "' or 'all of ", token.text, "'"}));
  }
  if (!over_rules_ && Peek().IsWord("of")) {
    return Fail(token, Concat({"unknown quantifier '", token.text,
                               " of', expected '1 of', 'any of' or 'all of'"}));
  }
  const std::optional<std::uint32_t> position = names_.Find(token.text);
  if (const auto name = OperatorInOtherCase(token.text);
      name.has_value() && !position.has_value()) {
    return Fail(token,
                Concat({over_rules_ ? "unknown rule " : "unknown selection ",
                        Quoted(token.text), "; the operator is written ",
                        Quoted(*name)}),
                Quoted(token.text), Quoted(*name));
  }
  // An unknown name is no reason to stop: the next may be wrong too.
  if (!position.has_value()) {
    ReportUnknownName(token);
    failed_ = true;
  }
  condition.selections.push_back(position.value_or(0));
  return condition;
}

void Parser::ReportUnknownName(const Token& token) {
  if (reporter_.is_full()) {
    Fail(token, "unknown selection");
    return;
  }
  const auto nearest = Nearest(token.text, names_.names());
  Fail(token,
       Concat({"unknown selection ", Quoted(token.text), DidYouMean(nearest)}),
       Quoted(token.text),
       nearest.has_value() ? Quoted(*nearest) : "the name of a selection");
}

Parser::Result Parser::ReportUnexpected(std::string_view expected) {
  const Token& token = Peek();
  if (token.kind == Token::Kind::kEnd) {
    return Fail(token,
                Concat({"condition ends too early, expected ", expected}), {},
                std::string(expected));
  }
  constexpr std::string_view kOperators[] = {"and", "or"};
  std::string hint;
  if (token.kind == Token::Kind::kWord) {
    if (const auto name = OperatorInOtherCase(token.text)) {
      hint = Concat({"; the operator is written ", Quoted(*name)});
    } else if (!IsReservedWord(token.text)) {
      hint = DidYouMean(Nearest(token.text, kOperators));
    }
  }
  return Fail(token,
              Concat({"condition has ", Quoted(token.text), " where ", expected,
                      " is expected", hint}),
              Quoted(token.text), std::string(expected));
}

Parser::Result Parser::Fail(const Token& token, std::string message,
                            std::string found, std::string expected) {
  failed_ = true;
  reporter_.Error(RangeOf(token), std::move(message), std::move(found),
                  std::move(expected));
  return std::nullopt;
}

}  // namespace

std::optional<Condition> ParseCondition(const YamlNode& condition,
                                        const SelectionNames& names,
                                        Reporter& reporter,
                                        ConditionOver over) {
  if (condition.text.size() > kMaxConditionBytes) {
    reporter.Error(
        condition.range,
        Concat({"condition has ", std::to_string(condition.text.size()),
                " bytes, expected at most ",
                std::to_string(kMaxConditionBytes)}));
    return std::nullopt;
  }
  return Parser(condition, names, reporter, over).Parse();
}

}  // namespace hypersigma::internal
