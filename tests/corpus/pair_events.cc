#include "tests/corpus/pair_events.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/compile/regex_literals.h"
#include "lib/rule/ast.h"

namespace hypersigma {

using internal::Expr;
using internal::Operator;
using internal::PatternPart;
using internal::Predicate;
using internal::PredicateId;

PairEvents::PairEvents(const RuleSet& rules, generator::Random random)
    : plan_(internal::CompilePlan(rules.detection_rules())), random_(random) {
  for (std::size_t i = 0; i < plan_.rules.size(); ++i) {
    exprs_.push_back(internal::ConditionExpr(
        rules.detection_rules()[i].conditions, plan_.rules[i].selections,
        internal::kMaxProgramTests));
  }
}

std::vector<FieldValue> PairEvents::Next(RuleId first) {
  texts_.clear();
  Wanted wanted;
  const auto& expr = exprs_[static_cast<std::size_t>(first)];
  if (expr.has_value() && random_.Chance(50)) Want(*expr, wanted);
  const std::size_t more = random_.Chance(50) ? random_.Below(3) : 0;
  for (std::size_t i = 0; i < more && !plan_.predicates.empty(); ++i) {
    const auto id =
        static_cast<std::uint32_t>(random_.Below(plan_.predicates.size()));
    wanted[plan_.predicates[id].field].push_back(PredicateId{id});
  }
  std::vector<FieldValue> event;
  for (const auto& [field, ids] : wanted) AddField(field, ids, event);
  return event;
}

// Chooses predicates that make `expr` true.
void PairEvents::Want(const Expr& expr, Wanted& wanted) {
  switch (expr.kind) {
    case Expr::Kind::kConstant:
      return;
    case Expr::Kind::kPredicate:
      if (expr.value) {
        wanted[plan_.predicates[internal::Index(expr.predicate)].field]
            .push_back(expr.predicate);
      }
      return;
    case Expr::Kind::kOr:
      Want(random_.Pick(expr.children), wanted);
      return;
    case Expr::Kind::kAnd:
    case Expr::Kind::kAtLeast:
      for (const Expr& child : expr.children) Want(child, wanted);
      return;
  }
}

void PairEvents::AddField(FieldId field, const std::vector<PredicateId>& wanted,
                          std::vector<FieldValue>& event) {
  if (random_.Chance(3)) return;
  if (random_.Chance(3)) {
    event.push_back({field, Value::Null()});
    return;
  }
  for (const PredicateId id : wanted) {
    const Operator op = plan_.predicates[internal::Index(id)].op;
    if (op == Operator::kMissing || op == Operator::kNull) return;
  }
  event.push_back({field, ValueFor(wanted)});
  if (random_.Chance(10)) event.push_back({field, ValueFor({wanted.back()})});
  if (random_.Chance(3))
    event.push_back({field, Value::String(Keep(Filler()))});
}

Value PairEvents::ValueFor(const std::vector<PredicateId>& wanted) {
  for (const PredicateId id : wanted) {
    const Predicate& predicate = plan_.predicates[internal::Index(id)];
    switch (predicate.op) {
      case Operator::kNumberEquals:
        return random_.Chance(70) ? Value::Number(Keep(predicate.operand))
                                  : Value::String(Keep(predicate.operand));
      case Operator::kBool:
        return Value::Bool(predicate.operand == "true");
      case Operator::kLt:
      case Operator::kLte:
      case Operator::kGt:
      case Operator::kGte:
        return Value::Number(Keep(std::to_string(random_.Below(70'000))));
      case Operator::kExists:
        if (random_.Chance(20)) return Value::Object();
        break;
      default:
        break;
    }
  }
  std::string text = TextFor(wanted);
  if (internal::IsPlainInteger(text) && random_.Chance(50)) {
    return Value::Number(Keep(std::move(text)));
  }
  return Value::String(Keep(Changed(std::move(text))));
}

// A text with the beginning of one, the end of one, and all others between.
std::string PairEvents::TextFor(const std::vector<PredicateId>& wanted) {
  std::string begin;
  std::string middle;
  std::string end;
  for (const PredicateId id : wanted) {
    const Predicate& predicate = plan_.predicates[internal::Index(id)];
    std::string text = Filled(predicate);
    if (predicate.op == Operator::kEquals) return text;
    if (predicate.op == Operator::kStartsWith && begin.empty()) {
      begin = std::move(text);
    } else if (predicate.op == Operator::kEndsWith && end.empty()) {
      end = std::move(text);
    } else {
      if (random_.Chance(50)) middle += Filler();
      middle += text;
    }
  }
  if (begin.empty() && random_.Chance(30)) begin = Filler();
  if (end.empty() && random_.Chance(30)) end = Filler();
  return begin + middle + end;
}

// A text that the predicate takes; of a regex, what it cannot do without.
std::string PairEvents::Filled(const Predicate& predicate) {
  if (predicate.op == Operator::kCidr) {
    const std::string& network = predicate.operand;
    return network.substr(0, network.find('/'));
  }
  if (predicate.op == Operator::kRegex) {
    const std::vector<std::string> literals =
        internal::RequiredLiterals(predicate.operand, predicate.regex_flags);
    return literals.empty() ? Filler() : random_.Pick(literals);
  }
  if (predicate.op != Operator::kGlob) return predicate.operand;
  std::string text;
  for (const PatternPart& part : predicate.glob) {
    switch (part.kind) {
      case PatternPart::Kind::kAnyRun:
        if (random_.Chance(50)) text += Filler();
        break;
      case PatternPart::Kind::kAnyOne:
        text += 'q';
        break;
      case PatternPart::Kind::kAnyDash:
        text += '-';
        break;
      case PatternPart::Kind::kLiteral:
      case PatternPart::Kind::kPlaceholder:
        text += part.literal;
        break;
    }
  }
  return text;
}

std::string PairEvents::Filler() {
  constexpr std::string_view kAlphabet = "ab \\/.-_:=\"'7";
  std::string text;
  const std::size_t size = random_.Between(1, 6);
  for (std::size_t i = 0; i < size; ++i) text += random_.Pick(kAlphabet);
  return text;
}

std::string PairEvents::Changed(std::string text) {
  if (random_.Chance(30)) {
    for (char& c : text) {
      if (c >= 'a' && c <= 'z' && random_.Chance(50)) {
        c = static_cast<char>(c - 'a' + 'A');
      }
    }
  }
  if (text.empty() || !random_.Chance(5)) return text;
  const std::size_t at = random_.Below(text.size());
  if (random_.Chance(50)) {
    text.erase(at, 1);
  } else {
    text[at] = 'x';
  }
  return text;
}

std::string_view PairEvents::Keep(std::string text) {
  texts_.push_back(std::move(text));
  return texts_.back();
}

}  // namespace hypersigma
