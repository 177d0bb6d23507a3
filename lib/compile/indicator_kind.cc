// Kinds of indicators.

#include "lib/compile/indicator_kind.h"

#include <array>
#include <utility>

namespace hypersigma::internal {
namespace {

// The first modifier that an item has gives the kind of its values.
constexpr std::array<std::pair<Modifier, IndicatorKind>, 14> kOperators{{
    {Modifier::kExists, IndicatorKind::kExists},
    {Modifier::kCidr, IndicatorKind::kCidr},
    {Modifier::kFieldRef, IndicatorKind::kFieldRef},
    {Modifier::kMinute, IndicatorKind::kMinute},
    {Modifier::kHour, IndicatorKind::kHour},
    {Modifier::kDay, IndicatorKind::kDay},
    {Modifier::kWeek, IndicatorKind::kWeek},
    {Modifier::kMonth, IndicatorKind::kMonth},
    {Modifier::kYear, IndicatorKind::kYear},
    {Modifier::kLt, IndicatorKind::kLt},
    {Modifier::kLte, IndicatorKind::kLte},
    {Modifier::kGt, IndicatorKind::kGt},
    {Modifier::kGte, IndicatorKind::kGte},
    {Modifier::kContains, IndicatorKind::kMatch},
}};

}  // namespace

IndicatorKind IndicatorKindOf(const DetectionItem& item,
                              const RuleValue& value) {
  if (value.kind == RuleValue::Kind::kNull) return IndicatorKind::kNull;
  if (item.Has(Modifier::kRe)) return IndicatorKind::kRegex;
  if (item.is_keyword()) return IndicatorKind::kKeyword;
  for (const auto& [modifier, kind] : kOperators) {
    if (item.Has(modifier)) return kind;
  }
  const bool at_start = item.Has(Modifier::kStartsWith);
  const bool at_end = item.Has(Modifier::kEndsWith);
  if (at_start && at_end) return IndicatorKind::kMatch;
  if (at_start) return IndicatorKind::kStartsWith;
  if (at_end) return IndicatorKind::kEndsWith;
  for (const SigmaString& pattern : value.patterns) {
    if (pattern.has_wildcard()) return IndicatorKind::kWildcard;
  }
  return IndicatorKind::kEq;
}

}  // namespace hypersigma::internal
