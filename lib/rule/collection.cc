// Merging of the documents of a collection.

#include "lib/rule/collection.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kAction = "action";
constexpr std::array<std::string_view, 3> kActions{"global", "repeat", "reset"};

// Merges the map `over` into the map `base`: maps merge, anything else is
// replaced. What is taken keeps its place in the source.
void MergeOver(const YamlNode& over, YamlNode& base) {
  absl::flat_hash_map<std::string_view, std::size_t> positions;
  base.entries.reserve(base.entries.size() + over.entries.size());
  for (std::size_t i = 0; i < base.entries.size(); ++i) {
    positions.emplace(base.entries[i].key.text, i);
  }
  for (const YamlNode::Entry& entry : over.entries) {
    const auto position = positions.find(entry.key.text);
    if (position == positions.end()) {
      base.entries.push_back(entry);
      continue;
    }
    YamlNode::Entry& present = base.entries[position->second];
    if (present.value.kind == Kind::kMap && entry.value.kind == Kind::kMap) {
      MergeOver(entry.value, present.value);
    } else {
      present.key.range = entry.key.range;
      present.value = entry.value;
    }
  }
}

void EraseAction(YamlNode& root) {
  std::erase_if(root.entries, [](const YamlNode::Entry& entry) {
    return entry.key.text == kAction;
  });
}

}  // namespace

CollectionRole RoleOf(const YamlNode& root) {
  if (root.kind != Kind::kMap || root.Find("correlation") != nullptr ||
      root.Find("filter") != nullptr) {
    return CollectionRole::kOther;
  }
  const YamlNode* action = root.Find(kAction);
  if (action == nullptr) return CollectionRole::kRule;
  if (action->kind != Kind::kString) return CollectionRole::kUnknown;
  if (action->text == "global") return CollectionRole::kGlobal;
  if (action->text == "reset") return CollectionRole::kReset;
  if (action->text == "repeat") return CollectionRole::kRepeat;
  return CollectionRole::kUnknown;
}

RuleCollection::RuleCollection(std::span<const YamlDocument> documents) {
  roles_.reserve(documents.size());
  for (const YamlDocument& document : documents) {
    roles_.push_back(RoleOf(document.root));
    is_repeated_ = is_repeated_ || roles_.back() == CollectionRole::kRepeat;
  }
}

std::optional<YamlNode> RuleCollection::Resolve(YamlDocument& document,
                                                Reporter& reporter) {
  const CollectionRole role = roles_[next_++];
  const bool is_broken =
      !document.is_complete || HasError(document.diagnostics);
  if (role == CollectionRole::kOther || !document.is_complete) {
    if (is_broken) TakeBroken(document.root, role);
    return std::nullopt;
  }
  std::optional<YamlNode> rule =
      ResolveComplete(std::exchange(document.root, {}), role, reporter);
  if (is_broken) TakeBroken({}, role);
  return rule;
}

std::optional<YamlNode> RuleCollection::ResolveComplete(YamlNode root,
                                                        CollectionRole role,
                                                        Reporter& reporter) {
  switch (role) {
    case CollectionRole::kOther:
      break;
    case CollectionRole::kRule:
      return ResolveRule(std::move(root), reporter);
    case CollectionRole::kRepeat:
      return ResolveRepeat(std::move(root), reporter);
    case CollectionRole::kGlobal:
      TakeTemplate(std::move(root), reporter);
      break;
    case CollectionRole::kReset:
      template_ = {};
      if (root.entries.size() > 1) {
        reporter.Warning(root.range,
                         "action 'reset' stands among other attributes, "
                         "expected it alone; they are ignored");
      }
      break;
    case CollectionRole::kUnknown:
      ReportUnknown(*root.Find(kAction), reporter);
      break;
  }
  return std::nullopt;
}

void RuleCollection::TakeBroken(const YamlNode& root, CollectionRole role) {
  switch (role) {
    case CollectionRole::kGlobal:
      template_ = {std::nullopt, true};
      break;
    case CollectionRole::kReset:
      template_ = {};
      break;
    case CollectionRole::kOther:
      // A map here is a correlation or a filter; what is not even a map may
      // have been a rule.
      if (root.kind == Kind::kMap) break;
      [[fallthrough]];
    case CollectionRole::kRule:
    case CollectionRole::kRepeat:
      previous_ = {std::nullopt, true};
      break;
    case CollectionRole::kUnknown:
      break;
  }
}

std::optional<YamlNode> RuleCollection::ResolveRule(YamlNode root,
                                                    Reporter& reporter) {
  previous_ = {std::nullopt, true};
  if (template_.is_broken) {
    reporter.Error(root.range,
                   "the template before this rule (action 'global') is "
                   "refused, so that a part of the rule is missing");
    return std::nullopt;
  }
  if (template_.tree.has_value()) {
    if (!Charge(MeasureYaml(*template_.tree).nodes, root.range, reporter)) {
      return std::nullopt;
    }
    MergeOver(*template_.tree, root);
  }
  previous_ = {};
  if (is_repeated_) previous_.tree = root;
  return root;
}

std::optional<YamlNode> RuleCollection::ResolveRepeat(YamlNode root,
                                                      Reporter& reporter) {
  const SourceRange action = root.Find(kAction)->range;
  if (previous_.is_broken) {
    reporter.Error(action,
                   "action 'repeat' follows a rule that could not be put "
                   "together, expected a rule before it");
    return std::nullopt;
  }
  EraseAction(root);
  if (!previous_.tree.has_value()) {
    reporter.StrictWarning(action,
                           "action 'repeat' has nothing before it, expected a "
                           "detection rule to repeat; it is taken as a rule of "
                           "its own");
    return ResolveRule(std::move(root), reporter);
  }
  YamlNode& repeated = *previous_.tree;
  MergeOver(root, repeated);
  repeated.range = root.range;
  if (!Charge(MeasureYaml(repeated).nodes, action, reporter)) {
    previous_ = {std::nullopt, true};
    return std::nullopt;
  }
  return repeated;
}

void RuleCollection::TakeTemplate(YamlNode root, Reporter& reporter) {
  const SourceRange action = root.Find(kAction)->range;
  EraseAction(root);
  if (root.entries.empty()) {
    reporter.Warning(action,
                     "action 'global' stands alone, expected attributes that "
                     "the rules after it have in common");
  } else if (!IsTemplateUsed()) {
    reporter.Warning(action,
                     "no rule takes this template, expected a detection rule "
                     "after it");
  }
  template_ = {std::move(root), false};
}

void RuleCollection::ReportUnknown(const YamlNode& action, Reporter& reporter) {
  const auto meant = action.kind == Kind::kString
                         ? Nearest(action.text, kActions)
                         : std::nullopt;
  reporter.Error(
      action.range,
      Concat({"action is ", Describe(action),
              ", expected 'global', 'reset' or 'repeat'", DidYouMean(meant)}),
      Describe(action), "'global', 'reset' or 'repeat'");
  if (meant == "global") template_ = {std::nullopt, true};
}

bool RuleCollection::IsTemplateUsed() const {
  for (std::size_t i = next_; i < roles_.size(); ++i) {
    if (roles_[i] == CollectionRole::kRule) return true;
    if (roles_[i] == CollectionRole::kGlobal ||
        roles_[i] == CollectionRole::kReset) {
      return false;
    }
  }
  return false;
}

bool RuleCollection::Charge(std::size_t nodes, SourceRange range,
                            Reporter& reporter) {
  if (nodes <= nodes_left_) {
    nodes_left_ -= nodes;
    return true;
  }
  nodes_left_ = 0;
  reporter.Error(range, Concat({"collection has too many nodes after merging, "
                                "expected at most ",
                                std::to_string(kMaxYamlNodes)}));
  return false;
}

}  // namespace hypersigma::internal
