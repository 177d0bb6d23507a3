#include "lib/reference/filter.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/reference/loader.h"

namespace hypersigma::reference {
namespace {

using internal::YamlNode;
using RulesOr = absl::StatusOr<std::optional<std::set<std::string>>>;

absl::Status Refuse(const char* why) { return absl::InvalidArgumentError(why); }

RulesOr RulesOf(const YamlNode* rules) {
  std::optional<std::set<std::string>> named;
  if (rules == nullptr || rules->kind == YamlNode::Kind::kNull) return named;
  if (rules->kind == YamlNode::Kind::kMap) return Refuse("rules");
  if (rules->is_scalar()) {
    if (rules->text.empty()) return Refuse("rules");
    if (rules->text != "any") named.emplace({rules->text});
    return named;
  }
  for (const YamlNode& item : rules->items) {
    if (!item.is_scalar() || item.text.empty()) return Refuse("rules");
    if (!named.has_value()) named.emplace();
    named->insert(item.text);
  }
  return named;
}

// Case does not count in log sources and ids. Source: semantics 1.8.
std::string LowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// An attribute that the filter does not set is free in the rule.
bool Agrees(const std::string& of_filter, const std::string& of_rule) {
  return of_filter.empty() || LowerCase(of_filter) == LowerCase(of_rule);
}

}  // namespace

absl::StatusOr<ReferenceFilter> MakeReferenceFilter(
    const YamlNode& document, const Placeholders& placeholders) {
  HS_RETURN_IF_ERROR(CheckTitle(document));
  const YamlNode& body = *document.Find("filter");
  if (body.kind != YamlNode::Kind::kMap) return Refuse("filter");
  const YamlNode* logsource = document.Find("logsource");
  if (logsource != nullptr && logsource->kind != YamlNode::Kind::kNull) {
    HS_RETURN_IF_ERROR(CheckLogsource(document));
  }
  ReferenceFilter filter;
  filter.logsource = LogsourceOf(document);
  HS_ASSIGN_OR_RETURN(filter.rules, RulesOf(body.Find("rules")));
  HS_ASSIGN_OR_RETURN(
      ReferenceBody made,
      MakeReferenceBody(body, {"rules", "condition"}, placeholders));
  filter.body = std::make_shared<const ReferenceBody>(std::move(made));
  return filter;
}

bool IsNamed(const std::set<std::string>& names, const std::string& id,
             const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& text) {
    return !text.empty() && (text == name || LowerCase(text) == LowerCase(id));
  });
}

bool Applies(const ReferenceFilter& filter, const ReferenceRule& rule) {
  return (!filter.rules.has_value() ||
          IsNamed(*filter.rules, rule.id, rule.name)) &&
         Agrees(filter.logsource.category, rule.logsource.category) &&
         Agrees(filter.logsource.product, rule.logsource.product) &&
         Agrees(filter.logsource.service, rule.logsource.service);
}

}  // namespace hypersigma::reference
