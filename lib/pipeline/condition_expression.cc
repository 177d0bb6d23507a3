#include "lib/pipeline/condition_expression.h"

#include <algorithm>
#include <string>
#include <utility>

#include "lib/base/limits.h"
#include "lib/rule/condition_lexer.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Kind = ConditionExpression::Kind;
using Token = ConditionToken;

// Recursive descent; after the first error everything returns at once.
class ExpressionParser {
 public:
  ExpressionParser(const YamlNode& text,
                   std::span<const std::string_view> names, Reporter& reporter)
      : text_(text),
        names_(names),
        reporter_(reporter),
        tokens_(SplitCondition(text.text)),
        is_used_(names.size()) {}

  std::optional<ConditionExpression> Parse();

 private:
  ConditionExpression ParseChain(Kind kind);
  ConditionExpression ParseNot();
  ConditionExpression ParseName();
  ConditionExpression ParseBrackets();
  const Token& Next() const { return tokens_[next_]; }
  void Fail(std::string message);

  const YamlNode& text_;
  std::span<const std::string_view> names_;
  Reporter& reporter_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  int depth_ = 0;
  bool failed_ = false;
  std::vector<bool> is_used_;
};

std::optional<ConditionExpression> ExpressionParser::Parse() {
  ConditionExpression expression = ParseChain(Kind::kOr);
  if (!failed_ && Next().kind != Token::Kind::kEnd) {
    Fail(Concat({Quoted(Next().text), " stands after a complete expression"}));
  }
  if (failed_) return std::nullopt;
  const auto unused = std::find(is_used_.begin(), is_used_.end(), false);
  if (unused == is_used_.end()) return expression;
  const auto position = static_cast<std::size_t>(unused - is_used_.begin());
  reporter_.Error(text_.range, Concat({"condition ", Quoted(names_[position]),
                                       " is not named in the expression"}));
  return std::nullopt;
}

ConditionExpression ExpressionParser::ParseChain(Kind kind) {
  const bool is_or = kind == Kind::kOr;
  const auto operand = [&] {
    return is_or ? ParseChain(Kind::kAnd) : ParseNot();
  };
  ConditionExpression first = operand();
  const std::string_view word = is_or ? "or" : "and";
  if (failed_ || !Next().IsWord(word)) return first;
  ConditionExpression chain;
  chain.kind = kind;
  chain.children.push_back(std::move(first));
  while (!failed_ && Next().IsWord(word)) {
    ++next_;
    chain.children.push_back(operand());
  }
  return chain;
}

ConditionExpression ExpressionParser::ParseNot() {
  if (!Next().IsWord("not")) return ParseName();
  if (++depth_ > kMaxConditionDepth) {
    Fail("the expression is nested too deeply");
    return {};
  }
  ++next_;
  ConditionExpression negation;
  negation.kind = Kind::kNot;
  negation.children.push_back(ParseNot());
  --depth_;
  return negation;
}

ConditionExpression ExpressionParser::ParseName() {
  const Token token = Next();
  if (token.kind == Token::Kind::kOpen) return ParseBrackets();
  if (token.kind != Token::Kind::kWord || token.text == "and" ||
      token.text == "or") {
    Fail("expected the name of a condition, 'not' or '('");
    return {};
  }
  const auto name = std::find(names_.begin(), names_.end(), token.text);
  if (name == names_.end()) {
    Fail(Concat({"there is no condition ", Quoted(token.text),
                 DidYouMean(Nearest(token.text, names_))}));
    return {};
  }
  ++next_;
  ConditionExpression named;
  named.kind = Kind::kCondition;
  named.condition = static_cast<std::size_t>(name - names_.begin());
  is_used_[named.condition] = true;
  return named;
}

ConditionExpression ExpressionParser::ParseBrackets() {
  if (++depth_ > kMaxConditionDepth) {
    Fail("the expression is nested too deeply");
    return {};
  }
  ++next_;
  ConditionExpression inner = ParseChain(Kind::kOr);
  --depth_;
  if (failed_) return {};
  if (Next().kind != Token::Kind::kClose) {
    Fail("expected ')'");
    return {};
  }
  ++next_;
  return inner;
}

void ExpressionParser::Fail(std::string message) {
  if (std::exchange(failed_, true)) return;
  const Token& token = Next();
  reporter_.Error(PlaceInScalar(reporter_.source(), text_, token.begin,
                                token.begin + token.text.size()),
                  std::move(message));
}

}  // namespace

ConditionExpression LinkAll(std::size_t count, bool any) {
  ConditionExpression all;
  all.kind = any ? Kind::kOr : Kind::kAnd;
  for (std::size_t i = 0; i < count; ++i) {
    ConditionExpression one;
    one.kind = Kind::kCondition;
    one.condition = i;
    all.children.push_back(std::move(one));
  }
  return all;
}

std::optional<ConditionExpression> ParseConditionExpression(
    const YamlNode& text, std::span<const std::string_view> names,
    Reporter& reporter) {
  if (text.kind != YamlNode::Kind::kString) {
    reporter.Mismatch(text.range, "the expression", Describe(text),
                      "names of conditions with 'and', 'or' and 'not'");
    return std::nullopt;
  }
  if (text.text.size() > kMaxConditionBytes) {
    reporter.Error(text.range, "the expression is too long");
    return std::nullopt;
  }
  return ExpressionParser(text, names, reporter).Parse();
}

}  // namespace hypersigma::internal
