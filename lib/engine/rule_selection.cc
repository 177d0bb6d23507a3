#include "lib/engine/rule_selection.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/text.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma::internal {
namespace {

// Whether `text` is one of `wanted`; nothing wanted is anything.
bool IsAmong(const std::vector<std::string>& wanted, std::string_view text) {
  return wanted.empty() ||
         std::any_of(wanted.begin(), wanted.end(), [text](const auto& each) {
           return EqualAsciiFolded(each, text);
         });
}

bool IsTag(std::string_view wanted, std::string_view tag) {
  return EqualAsciiFolded(wanted, tag.substr(0, wanted.size())) &&
         (tag.size() == wanted.size() || tag[wanted.size()] == '.');
}

bool HasTag(const std::vector<std::string>& wanted, const Rule& rule) {
  if (wanted.empty()) return true;
  return std::any_of(
      rule.tags.begin(), rule.tags.end(), [&wanted](const std::string& tag) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&tag](const auto& w) { return IsTag(w, tag); });
      });
}

bool HasLogSource(const std::optional<LogSource>& wanted, const Rule& rule) {
  if (!wanted.has_value()) return true;
  return Agrees(FoldLogSource(*wanted),
                FoldLogSource({rule.product, rule.category, rule.service}));
}

}  // namespace

RuleMask SelectRules(std::span<const Rule> rules,
                     const RuleCriteria& criteria) {
  RuleMask mask(rules.size());
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    const Rule& rule = rules[i];
    if (IsAmong(criteria.levels, rule.level) &&
        IsAmong(criteria.statuses, rule.status) &&
        IsAmong(criteria.ids, rule.id) && HasTag(criteria.tags, rule) &&
        HasLogSource(criteria.log_source, rule)) {
      mask.Add(RuleId{i});
    }
  }
  return mask;
}

absl::Status CheckMask(const RuleMask* mask, std::size_t rule_count) {
  if (mask == nullptr || mask->size() == rule_count) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "a mask of ", mask->size(), " rules for an engine of ", rule_count));
}

}  // namespace hypersigma::internal
