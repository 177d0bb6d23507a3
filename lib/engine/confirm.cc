#include "lib/engine/confirm.h"

#include <compare>
#include <optional>
#include <string_view>
#include <utility>

#include "lib/base/text.h"
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
    case Operator::kGte: {
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
  Verdict verdict = Verdict::kFalse;
  for (std::uint32_t i = first; i != kNoValue; i = values.all()[i].next) {
    if (Settles(ConfirmValue(values.all()[i], scratch), verdict)) break;
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
      return ToVerdict(value.has_text() && MatchesText(value.text, scratch));
    case Operator::kNumberEquals:
    case Operator::kBool:
      break;  // decided without confirmation
  }
  return Verdict::kUndecided;
}

bool Confirmer::MatchesText(std::string_view text,
                            ConfirmScratch& scratch) const {
  if (!predicate_->cased) {
    scratch.folded.clear();
    AppendFolded(text, &scratch.folded);
    text = scratch.folded;
  }
  const std::string_view operand = predicate_->operand;
  switch (predicate_->op) {
    case Operator::kEquals:
      return text == operand;
    case Operator::kStartsWith:
      return text.starts_with(operand);
    case Operator::kEndsWith:
      return text.ends_with(operand);
    case Operator::kContains:
      return text.find(operand) != std::string_view::npos;
    case Operator::kGlob:
      return GlobMatches(predicate_->glob, text);
    default:
      return true;  // kAnyText
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
  switch (predicate_->op) {
    case Operator::kLt:
      return order < 0;
    case Operator::kLte:
      return order <= 0;
    case Operator::kGt:
      return order > 0;
    default:
      return order >= 0;  // kGte
  }
}

}  // namespace hypersigma::internal
