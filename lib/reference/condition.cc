#include "lib/reference/condition.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/reference/pattern.h"

namespace hypersigma::reference {
namespace {

using Kind = ConditionNode::Kind;
using NodeOr = absl::StatusOr<ConditionNode>;

// Of brackets and `not` within one another.
constexpr int kMaxDepth = 500;

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kWordCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-*";

// Splits into brackets and words; any other character is a token of its own,
// which no rule of the grammar accepts.
std::vector<std::string> Tokens(std::string_view text) {
  std::vector<std::string> tokens;
  std::size_t i = 0;
  while (i < text.size()) {
    if (kBlanks.find(text[i]) != std::string_view::npos) {
      ++i;
      continue;
    }
    std::size_t end = text.find_first_not_of(kWordCharacters, i);
    if (end == std::string_view::npos) end = text.size();
    if (end == i) ++end;
    tokens.emplace_back(text.substr(i, end - i));
    i = end;
  }
  return tokens;
}

bool IsReserved(std::string_view word) {
  return word == "and" || word == "or" || word == "not" || word == "of" ||
         word == "them" || word == "any" || word == "all";
}

// More than any rule has selections.
constexpr std::size_t kMaxCount = 1'000'000'000;

std::optional<std::size_t> ParseCount(std::string_view word) {
  if (word.empty() ||
      word.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::size_t count = 0;
  for (const char digit : word) {
    count =
        std::min(count * 10 + static_cast<std::size_t>(digit - '0'), kMaxCount);
  }
  return count;
}

// Returns the selections that `pattern` names. Source: 7.2 and 7.3.
std::vector<std::string> NamedBy(const std::string& pattern,
                                 const std::vector<std::string>& selections) {
  const std::string glob = pattern == "them" ? "*" : pattern;
  const Pattern parsed = ParsePattern(glob, /*placeholders=*/false);
  std::vector<std::string> named;
  for (const std::string& selection : selections) {
    const bool is_hidden = selection.front() == '_' && glob.front() != '_';
    if (!is_hidden && MatchesWhole(parsed, DecodeUtf8(selection))) {
      named.push_back(selection);
    }
  }
  return named;
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& selections)
      : tokens_(Tokens(text)), selections_(selections) {}

  NodeOr Whole() {
    HS_ASSIGN_OR_RETURN(ConditionNode node, Or());
    if (next_ != tokens_.size()) return Error();
    return node;
  }

 private:
  absl::Status Error() const {
    return absl::InvalidArgumentError(
        absl::StrCat("condition: unexpected '", Peek(0), "'"));
  }

  std::string Peek(std::size_t ahead) const {
    return next_ + ahead < tokens_.size() ? tokens_[next_ + ahead] : "";
  }

  bool Take(std::string_view token) {
    if (Peek(0) != token) return false;
    ++next_;
    return true;
  }

  NodeOr Or() {
    ConditionNode node{Kind::kOr, {}, {}, 0};
    do {
      HS_ASSIGN_OR_RETURN(ConditionNode child, And());
      node.children.push_back(std::move(child));
    } while (Take("or"));
    return node;
  }

  NodeOr And() {
    ConditionNode node{Kind::kAnd, {}, {}, 0};
    do {
      HS_ASSIGN_OR_RETURN(ConditionNode child, Not());
      node.children.push_back(std::move(child));
    } while (Take("and"));
    return node;
  }

  NodeOr Not() {
    if (!Take("not")) return Atom();
    if (++depth_ > kMaxDepth) return Error();
    HS_ASSIGN_OR_RETURN(ConditionNode child, Not());
    --depth_;
    return ConditionNode{Kind::kNot, {std::move(child)}, {}, 0};
  }

  NodeOr Atom() {
    if (Take("(")) {
      if (++depth_ > kMaxDepth) return Error();
      HS_ASSIGN_OR_RETURN(ConditionNode node, Or());
      if (!Take(")")) return Error();
      --depth_;
      return node;
    }
    if (Peek(1) == "of") return Quantifier();
    const std::string name = Peek(0);
    const bool is_known = std::find(selections_.begin(), selections_.end(),
                                    name) != selections_.end();
    if (IsReserved(name) || !is_known) return Error();
    ++next_;
    return ConditionNode{Kind::kSelection, {}, {name}, 0};
  }

  NodeOr Quantifier() {
    const std::string quantifier = Peek(0);
    const std::string pattern = Peek(2);
    const bool is_pattern =
        !pattern.empty() && (pattern == "them" || !IsReserved(pattern)) &&
        pattern.find_first_not_of(kWordCharacters) == std::string::npos;
    if (!is_pattern) return Error();
    ConditionNode node{Kind::kAtLeast, {}, NamedBy(pattern, selections_), 1};
    if (quantifier == "all") {
      node.at_least = node.selections.size();
    } else if (quantifier != "any") {
      const std::optional<std::size_t> count = ParseCount(quantifier);
      if (!count.has_value()) return Error();
      node.at_least = *count;
    }
    next_ += 3;
    return node;
  }

  std::vector<std::string> tokens_;
  const std::vector<std::string>& selections_;
  std::size_t next_ = 0;
  int depth_ = 0;
};

Truth AtLeastHolds(const ConditionNode& node,
                   const SelectionHolds& selection_holds) {
  std::size_t held = 0;
  std::size_t unknown = 0;
  for (const std::string& selection : node.selections) {
    const Truth truth = selection_holds(selection);
    if (truth == Truth::kTrue) ++held;
    if (truth == Truth::kUnknown) ++unknown;
  }
  if (held >= node.at_least) return Truth::kTrue;
  return held + unknown >= node.at_least ? Truth::kUnknown : Truth::kFalse;
}

}  // namespace

NodeOr ParseCondition(std::string_view text,
                      const std::vector<std::string>& selections) {
  return Parser(text, selections).Whole();
}

Truth ConditionHolds(const ConditionNode& node,
                     const SelectionHolds& selection_holds) {
  const auto holds = [&](const ConditionNode& child) {
    return ConditionHolds(child, selection_holds);
  };
  switch (node.kind) {
    case Kind::kAnd:
      return AllOf(node.children, holds);
    case Kind::kOr:
      return AnyOf(node.children, holds);
    case Kind::kNot:
      return Not(holds(node.children.front()));
    case Kind::kSelection:
      return selection_holds(node.selections.front());
    case Kind::kAtLeast:
      return AtLeastHolds(node, selection_holds);
  }
  return Truth::kFalse;
}

void AddNamedSelections(const ConditionNode& node,
                        std::set<std::string>& named) {
  named.insert(node.selections.begin(), node.selections.end());
  for (const ConditionNode& child : node.children) {
    AddNamedSelections(child, named);
  }
}

}  // namespace hypersigma::reference
