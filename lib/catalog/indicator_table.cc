#include "lib/catalog/indicator_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <tuple>
#include <utility>

#include "lib/base/text.h"
#include "lib/catalog/address.h"
#include "lib/rule/modifier.h"

namespace hypersigma::internal {
namespace {

// Of several names the shortest: `wide` for `utf16le`, `i` for `ignorecase`.
std::string_view NameOf(Modifier modifier) {
  std::string_view name;
  for (const ModifierEntry& entry : ModifierTable()) {
    if (entry.modifier != modifier) continue;
    if (name.empty() || entry.name.size() < name.size()) name = entry.name;
  }
  return name;
}

bool IsAffix(Modifier modifier) {
  return modifier == Modifier::kContains || modifier == Modifier::kStartsWith ||
         modifier == Modifier::kEndsWith;
}

// The modifier that an indicator's kind stands for, but for the affixes.
constexpr std::array<std::pair<IndicatorKind, Modifier>, 14> kOfKinds{{
    {IndicatorKind::kRegex, Modifier::kRe},
    {IndicatorKind::kCidr, Modifier::kCidr},
    {IndicatorKind::kLt, Modifier::kLt},
    {IndicatorKind::kLte, Modifier::kLte},
    {IndicatorKind::kGt, Modifier::kGt},
    {IndicatorKind::kGte, Modifier::kGte},
    {IndicatorKind::kExists, Modifier::kExists},
    {IndicatorKind::kFieldRef, Modifier::kFieldRef},
    {IndicatorKind::kMinute, Modifier::kMinute},
    {IndicatorKind::kHour, Modifier::kHour},
    {IndicatorKind::kDay, Modifier::kDay},
    {IndicatorKind::kWeek, Modifier::kWeek},
    {IndicatorKind::kMonth, Modifier::kMonth},
    {IndicatorKind::kYear, Modifier::kYear},
}};

// Whether `kind` says already what `modifier` does.
bool IsTold(IndicatorKind kind, Modifier modifier) {
  if (IsAffix(modifier)) {
    // A regex and another field have affixes beside their own kind.
    return kind != IndicatorKind::kRegex && kind != IndicatorKind::kFieldRef;
  }
  return std::find(kOfKinds.begin(), kOfKinds.end(),
                   std::pair(kind, modifier)) != kOfKinds.end();
}

std::vector<std::string_view> ChangesOf(const DetectionItem& item,
                                        IndicatorKind kind) {
  std::vector<std::string_view> names;
  for (const Modifier modifier : item.modifiers) {
    if (!IsTold(kind, modifier)) names.push_back(NameOf(modifier));
  }
  if (item.cased) names.push_back(NameOf(Modifier::kCased));
  return names;
}

std::string FoldUnless(bool cased, const std::string& text) {
  return cased ? text : Fold(text);
}

std::string KeyOf(FieldId field, const ValuePlan& value, bool cased) {
  std::string key = std::to_string(Index(field));
  key += ' ';
  key += static_cast<char>('A' + static_cast<int>(value.kind));
  key += cased ? 'c' : ' ';
  key += FoldUnless(cased, value.written);
  return key;
}

}  // namespace

std::vector<std::string_view> ModifierNames(const DetectionItem& item) {
  std::vector<std::string_view> names;
  for (const Modifier modifier : item.modifiers) {
    names.push_back(NameOf(modifier));
  }
  if (item.all) names.push_back(NameOf(Modifier::kAll));
  if (item.cased) names.push_back(NameOf(Modifier::kCased));
  if (item.neq) names.push_back(NameOf(Modifier::kNeq));
  return names;
}

IndicatorTable::IndicatorTable(std::span<const DetectionRule> rules,
                               const Plan& plan)
    : plan_(&plan), rows_(rules.size()) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const std::vector<SelectionPlan>& selections = plan.rules[i].selections;
    const std::vector<Use> uses = SelectionUses(rules[i]);
    // A rule that is past a limit has none in the plan.
    for (std::size_t k = 0; k < selections.size(); ++k) {
      if (selections[k].is_filter) continue;
      Add(RuleId{i}, selections[k].detection, rules[i].selections[k].detection,
          uses[k]);
    }
  }
  Sort();
}

void IndicatorTable::Add(RuleId rule, const DetectionPlan& plan,
                         const Detection& detection, Use use) {
  if (plan.kind == DetectionPlan::Kind::kItem) {
    AddItem(rule, plan, detection.item, use);
  }
  for (std::size_t i = 0; i < plan.children.size(); ++i) {
    Add(rule, plan.children[i], detection.children[i], use);
  }
}

void IndicatorTable::AddItem(RuleId rule, const DetectionPlan& plan,
                             const DetectionItem& item, Use use) {
  if (plan.neq) use = Negated(use);
  for (const ValuePlan& value : plan.values) {
    rows_[static_cast<std::size_t>(rule)].push_back(
        {Intern(rule, plan.field, value, item.cased), value.written,
         ChangesOf(item, value.kind), use});
  }
}

std::uint32_t IndicatorTable::Intern(RuleId rule, FieldId field,
                                     const ValuePlan& value, bool cased) {
  const auto [found, is_new] = by_key_.try_emplace(
      KeyOf(field, value, cased), static_cast<std::uint32_t>(entries_.size()));
  if (is_new) {
    IndicatorEntry& entry = entries_.emplace_back();
    entry.field = field;
    entry.kind = value.kind;
    entry.cased = cased;
    entry.key = FoldUnless(cased, value.written);
    entry.value = value.written;
    entry.address = AddressOf(
        {NameOf(field), field == kUnnamedField ? "keyword" : "",
         IndicatorKindName(value.kind), cased ? "cased" : "", entry.key});
  }
  IndicatorEntry& entry = entries_[found->second];
  if (entry.rules.empty() || entry.rules.back() != rule) {
    entry.rules.push_back(rule);
  }
  return found->second;
}

std::uint32_t IndicatorTable::Find(FieldId field, const ValuePlan& value,
                                   bool cased) const {
  return by_key_.find(KeyOf(field, value, cased))->second;
}

std::string_view IndicatorTable::NameOf(FieldId field) const {
  return field == kUnnamedField
             ? std::string_view()
             : std::string_view(plan_->fields.names()[Index(field)]);
}

void IndicatorTable::Sort() {
  order_.resize(entries_.size());
  std::iota(order_.begin(), order_.end(), 0);
  const auto place = [this](std::uint32_t position) {
    const IndicatorEntry& entry = entries_[position];
    return std::tuple(entry.field != kUnnamedField, NameOf(entry.field),
                      entry.kind, std::string_view(entry.key), entry.cased);
  };
  std::sort(order_.begin(), order_.end(),
            [&](auto a, auto b) { return place(a) < place(b); });
  std::vector<std::uint32_t> ranks(entries_.size());
  for (std::uint32_t i = 0; i < order_.size(); ++i) ranks[order_[i]] = i;
  const auto less = [&](const IndicatorRow& a, const IndicatorRow& b) {
    return std::tie(ranks[a.entry], a.modifiers, a.value) <
           std::tie(ranks[b.entry], b.modifiers, b.value);
  };
  for (std::vector<IndicatorRow>& rows : rows_) {
    std::stable_sort(rows.begin(), rows.end(), less);
    std::vector<IndicatorRow> kept;
    for (IndicatorRow& row : rows) {
      if (!kept.empty() && kept.back().entry == row.entry &&
          kept.back().modifiers == row.modifiers) {
        if (kept.back().use != row.use) kept.back().use = Use::kBoth;
      } else {
        kept.push_back(std::move(row));
      }
    }
    kept.shrink_to_fit();
    rows = std::move(kept);
  }
}

}  // namespace hypersigma::internal
