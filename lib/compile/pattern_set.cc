#include "lib/compile/pattern_set.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/base/text.h"
#include "lib/compile/regex_literals.h"

namespace hypersigma::internal {
namespace {

// How many equal bytes end `literal`.
std::size_t TailRun(std::string_view literal) {
  if (literal.empty()) return 0;
  const std::size_t other = literal.find_last_not_of(literal.back());
  return literal.size() - (other == std::string_view::npos ? 0 : other + 1);
}

// A part of `literal` that libhs takes and searches; empty if there is none.
std::string_view UsablePiece(std::string_view literal) {
  const std::size_t begin = literal.find_first_not_of('\0');
  if (begin == std::string_view::npos) return {};
  std::string_view piece = literal.substr(begin, kMaxLiteralBytes);
  const std::size_t run = TailRun(piece);
  if (run > kMaxLiteralTailRun) piece.remove_suffix(run - kMaxLiteralTailRun);
  return piece;
}

bool IsUsableLiteral(std::string_view literal) {
  return !literal.empty() && UsablePiece(literal).size() == literal.size();
}

// Collects the patterns and equalities of one field.
class FieldPlanBuilder {
 public:
  // Returns whether the predicate can be true only after it fired.
  bool Add(const Predicate& predicate, PredicateId id) {
    switch (predicate.op) {
      case Operator::kEquals:
        AddEquality(
            predicate.cased ? Fold(predicate.operand) : predicate.operand,
            predicate.cased ? EqualityKind::kCasedText : EqualityKind::kText,
            id);
        return true;
      case Operator::kStartsWith:
        return AddText(predicate, Anchor::kStart, id);
      case Operator::kEndsWith:
        return AddText(predicate, Anchor::kEnd, id);
      case Operator::kContains:
        return AddText(predicate, Anchor::kAnywhere, id);
      case Operator::kGlob:
        return AddGlob(predicate, id);
      case Operator::kRegex:
        return AddRegex(predicate, id);
      case Operator::kNumberEquals:
        return AddNumber(predicate, id);
      case Operator::kBool:
        AddEquality(predicate.operand, EqualityKind::kBool, id);
        return true;
      case Operator::kAnyText:
      case Operator::kCidr:
      case Operator::kFieldRef:
      case Operator::kLt:
      case Operator::kLte:
      case Operator::kGt:
      case Operator::kGte:
      case Operator::kTimePart:
        plan_.on_text.push_back(id);
        return true;
      case Operator::kExists:
        plan_.on_presence.push_back(id);
        return true;
      case Operator::kNull:
      case Operator::kMissing:
        return false;
    }
    return false;
  }

  FieldPlan Finish() {
    for (auto& [key, reactions] : patterns_) {
      plan_.patterns.push_back({key.first, key.second, std::move(reactions)});
    }
    std::sort(plan_.equalities.begin(), plan_.equalities.end());
    return std::move(plan_);
  }

 private:
  void AddPattern(std::string_view literal, bool cased, Anchor anchor,
                  PredicateId id) {
    patterns_[{std::string(literal), cased}].push_back({anchor, id});
  }

  void AddEquality(std::string key, EqualityKind kind, PredicateId id) {
    plan_.equalities.push_back({std::move(key), kind, id});
  }

  bool AddText(const Predicate& predicate, Anchor anchor, PredicateId id) {
    if (IsUsableLiteral(predicate.operand)) {
      AddPattern(predicate.operand, predicate.cased, anchor, id);
      return true;
    }
    return AddPiece(predicate.operand, predicate.cased, Anchor::kAnywhere, id);
  }

  bool AddPiece(std::string_view literal, bool cased, Anchor anchor,
                PredicateId id) {
    const std::string_view piece = UsablePiece(literal);
    if (piece.empty()) {
      plan_.on_text.push_back(id);
    } else {
      AddPattern(piece, cased,
                 piece.size() == literal.size() ? anchor : Anchor::kAnywhere,
                 id);
    }
    return true;
  }

  // The longest literal part wakes the glob, at the end where it must stand.
  bool AddGlob(const Predicate& predicate, PredicateId id) {
    const std::vector<PatternPart>& parts = predicate.glob;
    const auto longest =
        std::max_element(parts.begin(), parts.end(),
                         [](const PatternPart& a, const PatternPart& b) {
                           return a.literal.size() < b.literal.size();
                         });
    Anchor anchor = Anchor::kAnywhere;
    if (longest == parts.begin()) anchor = Anchor::kStart;
    if (longest == parts.end() - 1) anchor = Anchor::kEnd;
    return AddPiece(longest->literal, predicate.cased, anchor, id);
  }

  bool AddRegex(const Predicate& predicate, PredicateId id) {
    const std::vector<std::string> literals =
        RequiredLiterals(predicate.operand, predicate.regex_flags);
    for (const std::string& literal : literals) {
      AddPattern(literal, /*cased=*/false, Anchor::kAnywhere, id);
    }
    if (literals.empty()) plan_.on_text.push_back(id);
    return true;
  }

  bool AddNumber(const Predicate& predicate, PredicateId id) {
    const std::optional<Number> number = Number::Parse(predicate.operand);
    if (!number.has_value()) return true;  // refused by rule already
    std::string key;
    number->AppendKey(&key);
    std::string text;
    number->AppendText(&text);
    AddEquality(std::move(key), EqualityKind::kNumber, id);
    AddEquality(Fold(text), EqualityKind::kNumberText, id);
    return true;
  }

  std::map<std::pair<std::string, bool>, std::vector<Reaction>> patterns_;
  FieldPlan plan_;
};

}  // namespace

bool IsDecided(const Predicate& predicate) {
  switch (predicate.op) {
    case Operator::kEquals:
    case Operator::kNumberEquals:
    case Operator::kBool:
    case Operator::kAnyText:
    case Operator::kExists:
      return true;
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kContains:
      return IsUsableLiteral(predicate.operand);
    case Operator::kGlob:
    case Operator::kRegex:
    case Operator::kCidr:
    case Operator::kFieldRef:
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
    case Operator::kTimePart:
    case Operator::kNull:
    case Operator::kMissing:
      return false;
  }
  return false;
}

void BuildFieldPlans(Plan& plan) {
  std::vector<FieldPlanBuilder> builders(plan.fields.size());
  FieldPlanBuilder keyword_builder;
  for (std::uint32_t i = 0; i < plan.predicates.size(); ++i) {
    Predicate& predicate = plan.predicates[i];
    const bool keyword = predicate.field == kUnnamedField;
    plan.has_keywords = plan.has_keywords || keyword;
    FieldPlanBuilder& builder =
        keyword ? keyword_builder : builders[Index(predicate.field)];
    predicate.has_trigger = builder.Add(predicate, PredicateId{i});
  }
  for (FieldPlanBuilder& builder : builders) {
    plan.field_plans.push_back(builder.Finish());
  }
  plan.keyword_plan = keyword_builder.Finish();
}

}  // namespace hypersigma::internal
