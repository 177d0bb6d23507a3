#include "lib/engine/confirm.h"

#include <compare>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/base/time_part.h"
#include "lib/engine/glob.h"

namespace hypersigma::internal {
namespace {

Verdict ToVerdict(bool holds) {
  return holds ? Verdict::kTrue : Verdict::kFalse;
}

Verdict ToVerdict(RegexVerdict verdict) {
  switch (verdict) {
    case RegexVerdict::kMatch:
      return Verdict::kTrue;
    case RegexVerdict::kNoMatch:
      return Verdict::kFalse;
    case RegexVerdict::kUndecided:
      return Verdict::kUndecided;
  }
  return Verdict::kUndecided;
}

// Any value that holds decides; else one that is undecided leaves it open.
bool Settles(Verdict verdict, Verdict& so_far) {
  if (verdict != Verdict::kFalse) so_far = verdict;
  return verdict == Verdict::kTrue;
}

// `buffer` holds the result where it is not `text` itself.
std::string_view FoldUnless(bool cased, std::string_view text,
                            std::string& buffer) {
  if (cased) return text;
  buffer.clear();
  AppendFolded(text, &buffer);
  return buffer;
}

bool Relates(FieldRelation relation, std::string_view text,
             std::string_view other) {
  switch (relation) {
    case FieldRelation::kEquals:
      return text == other;
    case FieldRelation::kStartsWith:
      return text.starts_with(other);
    case FieldRelation::kEndsWith:
      return text.ends_with(other);
    case FieldRelation::kContains:
      return FindText(text, other) != std::string_view::npos;
  }
  return false;
}

// REQUIRES: one of kLt, kLte, kGt, kGte.
Comparison ComparisonOf(Operator op) {
  switch (op) {
    case Operator::kLt:
      return Comparison::kLt;
    case Operator::kLte:
      return Comparison::kLte;
    case Operator::kGt:
      return Comparison::kGt;
    default:
      return Comparison::kGte;
  }
}

bool Holds(Comparison comparison, std::partial_ordering order) {
  switch (comparison) {
    case Comparison::kEq:
      return order == 0;
    case Comparison::kLt:
      return order < 0;
    case Comparison::kLte:
      return order <= 0;
    case Comparison::kGt:
      return order > 0;
    case Comparison::kGte:
      return order >= 0;
  }
  return false;
}

absl::Status BadOperand(const Predicate& predicate) {
  return absl::InvalidArgumentError("operand '" + predicate.operand +
                                    "' was not refused while loading");
}

}  // namespace

Confirmer::Confirmer(const Predicate& predicate, Operand operand)
    : predicate_(&predicate), operand_(std::move(operand)) {}

absl::StatusOr<Confirmer> Confirmer::Create(const Predicate& predicate) {
  switch (predicate.op) {
    case Operator::kRegex: {
      auto regex = Regex::Compile(predicate.operand, predicate.regex_flags);
      if (!std::holds_alternative<Regex>(regex)) return BadOperand(predicate);
      return Confirmer(predicate, std::get<Regex>(std::move(regex)));
    }
    case Operator::kCidr: {
      const auto cidr = Cidr::Parse(predicate.operand);
      if (!cidr.has_value()) return BadOperand(predicate);
      return Confirmer(predicate, *cidr);
    }
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
    case Operator::kTimePart: {
      const auto number = Number::Parse(predicate.operand);
      if (!number.has_value()) return BadOperand(predicate);
      return Confirmer(predicate, *number);
    }
    case Operator::kEquals:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kContains:
    case Operator::kGlob:
    case Operator::kAnyText:
    case Operator::kFieldRef:
    case Operator::kNumberEquals:
    case Operator::kBool:
    case Operator::kNull:
    case Operator::kExists:
    case Operator::kMissing:
      break;
  }
  return Confirmer(predicate, std::monostate{});
}

Verdict Confirmer::Confirm(const EventValues& values,
                           ConfirmScratch& scratch) const {
  return predicate_->field == kUnnamedField ? ConfirmAnywhere(values, scratch)
                                            : ConfirmField(values, scratch);
}

Verdict Confirmer::ConfirmField(const EventValues& values,
                                ConfirmScratch& scratch) const {
  const std::uint32_t first = values.First(predicate_->field);
  if (first == kNoValue) {
    return ToVerdict(predicate_->op == Operator::kNull ||
                     predicate_->op == Operator::kMissing);
  }
  if (predicate_->op == Operator::kFieldRef) {
    return ConfirmFieldRef(values, scratch);
  }
  Verdict verdict = Verdict::kFalse;
  for (std::uint32_t i = first; i != kNoValue; i = values.all()[i].next) {
    if (Settles(ConfirmValue(values.At(i), scratch), verdict)) break;
  }
  return verdict;
}

Verdict Confirmer::ConfirmAnywhere(const EventValues& values,
                                   ConfirmScratch& scratch) const {
  Verdict verdict = Verdict::kFalse;
  for (const EventValue& value : values.all()) {
    if (Settles(ConfirmValue(value, scratch), verdict)) break;
  }
  return verdict;
}

Verdict Confirmer::ConfirmFieldRef(const EventValues& values,
                                   ConfirmScratch& scratch) const {
  const std::uint32_t first_other = values.First(predicate_->other_field);
  // Two long arrays have more pairs than a stream can wait for.
  std::size_t bytes_left = kMaxFieldRefBytes;
  for (std::uint32_t i = values.First(predicate_->field); i != kNoValue;
       i = values.all()[i].next) {
    const EventValue& value = values.At(i);
    if (!value.has_text()) continue;
    const std::string_view text =
        FoldUnless(predicate_->cased, value.text, scratch.folded);
    for (std::uint32_t k = first_other; k != kNoValue;
         k = values.all()[k].next) {
      const EventValue& other = values.At(k);
      if (!other.has_text()) continue;
      const std::size_t bytes = text.size() + other.text.size() + 1;
      if (bytes > bytes_left) return Verdict::kUndecided;
      bytes_left -= bytes;
      if (Relates(predicate_->relation, text,
                  FoldUnless(predicate_->cased, other.text,
                             scratch.other_folded))) {
        return Verdict::kTrue;
      }
    }
  }
  return Verdict::kFalse;
}

bool Confirmer::is_of_value() const {
  switch (predicate_->op) {
    case Operator::kNull:
    case Operator::kExists:
    case Operator::kMissing:
    case Operator::kFieldRef:
      return false;
    default:
      return predicate_->field != kUnnamedField;
  }
}

Verdict Confirmer::ConfirmValue(const EventValue& value,
                                ConfirmScratch& scratch) const {
  switch (predicate_->op) {
    case Operator::kNull:
      return ToVerdict(value.kind == ValueKind::kNull);
    case Operator::kExists:
      return Verdict::kTrue;
    case Operator::kMissing:
      return Verdict::kFalse;
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
      return ToVerdict(Compares(value));
    case Operator::kTimePart:
      return ToVerdict(ComparesTimePart(value));
    case Operator::kCidr: {
      if (value.kind != ValueKind::kString) return Verdict::kFalse;
      const auto address = IpAddress::Parse(value.text);
      return ToVerdict(address.has_value() &&
                       std::get<Cidr>(operand_).Contains(*address));
    }
    case Operator::kRegex:
      if (!value.has_text()) return Verdict::kFalse;
      return ToVerdict(
          std::get<Regex>(operand_).Search(value.text, scratch.regex));
    case Operator::kEquals:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kContains:
    case Operator::kGlob:
    case Operator::kAnyText:
      return value.has_text() ? MatchesText(value.text, scratch)
                              : Verdict::kFalse;
    case Operator::kNumberEquals:  // decided without confirmation
    case Operator::kBool:
    case Operator::kFieldRef:  // about two values
      break;
  }
  return Verdict::kUndecided;
}

Verdict Confirmer::MatchesText(std::string_view text,
                               ConfirmScratch& scratch) const {
  text = FoldUnless(predicate_->cased, text, scratch.folded);
  const std::string_view operand = predicate_->operand;
  switch (predicate_->op) {
    case Operator::kEquals:
      return ToVerdict(text == operand);
    case Operator::kStartsWith:
      return ToVerdict(text.starts_with(operand));
    case Operator::kEndsWith:
      return ToVerdict(text.ends_with(operand));
    case Operator::kContains:
      return ToVerdict(FindText(text, operand) != std::string_view::npos);
    case Operator::kGlob: {
      const std::optional<bool> matches = GlobMatches(predicate_->glob, text);
      return matches.has_value() ? ToVerdict(*matches) : Verdict::kUndecided;
    }
    default:
      return Verdict::kTrue;  // kAnyText
  }
}

bool Confirmer::Compares(const EventValue& value) const {
  if (value.kind != ValueKind::kNumber && value.kind != ValueKind::kString) {
    return false;
  }
  const auto number = Number::Parse(value.text);
  if (!number.has_value()) return false;
  const std::partial_ordering order =
      Number::Compare(*number, std::get<Number>(operand_));
  return Holds(ComparisonOf(predicate_->op), order);
}

bool Confirmer::ComparesTimePart(const EventValue& value) const {
  std::optional<int> part;
  if (value.kind == ValueKind::kString) {
    part = TimePartOfText(predicate_->time_part, value.text);
  } else if (value.kind == ValueKind::kNumber) {
    part = TimePartOfEpoch(predicate_->time_part, value.text);
  }
  if (!part.has_value()) return false;
  const std::string text = std::to_string(*part);
  const auto number = Number::Parse(text);
  return number.has_value() &&
         Holds(predicate_->comparison,
               Number::Compare(*number, std::get<Number>(operand_)));
}

}  // namespace hypersigma::internal
