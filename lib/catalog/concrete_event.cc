#include "lib/catalog/concrete_event.h"

#include <map>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "hypersigma/event.h"

namespace hypersigma::internal {
namespace {

// Parts of a value, put together when all are known.
struct ValueParts {
  std::string whole;
  std::string begin;
  std::string middle;
  std::string end;
  bool is_whole = false;

  bool Has(std::string_view part) const {
    return begin.find(part) != std::string::npos ||
           middle.find(part) != std::string::npos ||
           end.find(part) != std::string::npos;
  }
};

void KeepLonger(const std::string& text, std::string& kept) {
  if (text.size() > kept.size()) kept = text;
}

// Parts that have no others inside come first, so that each stands there once.
void AddMiddle(const std::string& text, ValueParts& parts) {
  if (!parts.Has(text)) parts.middle += text;
}

void AddEnds(const Predicate& predicate, ValueParts& parts) {
  switch (predicate.op) {
    case Operator::kEquals:
    case Operator::kNumberEquals:
    case Operator::kBool:
      parts.whole = predicate.operand;
      parts.is_whole = true;
      break;
    case Operator::kStartsWith:
      KeepLonger(predicate.operand, parts.begin);
      break;
    case Operator::kEndsWith:
      KeepLonger(predicate.operand, parts.end);
      break;
    default:
      break;
  }
}

void AddParts(const Predicate& predicate, ValueParts& parts) {
  if (predicate.op == Operator::kContains) AddMiddle(predicate.operand, parts);
  if (predicate.op != Operator::kGlob) return;
  for (const PatternPart& part : predicate.glob) {
    if (part.kind == PatternPart::Kind::kLiteral) {
      AddMiddle(part.literal, parts);
    }
  }
}

}  // namespace

bool IsAskedOfValues(Operator op) {
  return op == Operator::kRegex || op == Operator::kTimePart ||
         op == Operator::kFieldRef;
}

ConcreteEvent::ConcreteEvent(std::span<const Predicate> predicates,
                             std::size_t fields)
    : predicates_(predicates), values_(fields) {
  if (absl::StatusOr<RegexScratch> regex = RegexScratch::Create(); regex.ok()) {
    scratch_.emplace(ConfirmScratch{*std::move(regex), {}, {}});
  }
}

ConcreteEvent::~ConcreteEvent() = default;

void ConcreteEvent::Assign(std::span<const PredicateId> sample) {
  std::map<FieldId, ValueParts> fields;
  for (const PredicateId id : sample) {
    const Predicate& predicate = predicates_[Index(id)];
    if (predicate.op == Operator::kNull || predicate.op == Operator::kMissing) {
      continue;
    }
    AddEnds(predicate, fields[predicate.field]);
  }
  for (const PredicateId id : sample) {
    const Predicate& predicate = predicates_[Index(id)];
    const auto parts = fields.find(predicate.field);
    if (parts != fields.end()) AddParts(predicate, parts->second);
  }
  texts_.clear();
  pairs_.clear();
  for (auto& [field, parts] : fields) {
    texts_.push_back(parts.is_whole ? std::move(parts.whole)
                                    : parts.begin + parts.middle + parts.end);
    pairs_.push_back({field, Value::String(texts_.back())});
  }
  values_.Assign(pairs_);
}

bool ConcreteEvent::Has(FieldId field) const {
  if (field == kUnnamedField) return !pairs_.empty();
  return values_.First(field) != kNoValue;
}

const Confirmer* ConcreteEvent::Prepare(PredicateId predicate) {
  const auto [entry, is_new] = prepared_.try_emplace(predicate);
  if (is_new) {
    absl::StatusOr<Confirmer> made =
        Confirmer::Create(predicates_[Index(predicate)]);
    if (made.ok()) {
      entry->second = std::make_unique<const Confirmer>(*std::move(made));
    }
  }
  return entry->second.get();
}

bool ConcreteEvent::Holds(PredicateId predicate) {
  if (!scratch_.has_value() || !Has(predicates_[Index(predicate)].field)) {
    return false;
  }
  const Confirmer* confirmer = Prepare(predicate);
  return confirmer != nullptr &&
         confirmer->Confirm(values_, *scratch_) == Verdict::kTrue;
}

}  // namespace hypersigma::internal
