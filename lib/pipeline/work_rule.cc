#include "lib/pipeline/work_rule.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace hypersigma::internal {
namespace {

constexpr std::size_t kTextBytesPerNode = 64;

// Returns nullopt for what is empty.
std::optional<Detection> MakeDetection(WorkDetection& work) {
  Detection detection;
  detection.kind = work.kind;
  if (work.kind == Detection::Kind::kItem) {
    detection.item = std::move(work.item);
    return detection;
  }
  for (WorkDetection& child : work.children) {
    if (auto made = MakeDetection(child)) {
      detection.children.push_back(*std::move(made));
    }
  }
  if (detection.children.empty()) return std::nullopt;
  return detection;
}

// Says what becomes of a condition when some selections are gone.
class ConditionPruner {
 public:
  // `positions`: the new one of each selection, or nullopt.
  explicit ConditionPruner(
      const std::vector<std::optional<std::uint32_t>>& positions)
      : positions_(positions) {}

  // Returns nullopt when nothing is left.
  std::optional<Condition> Prune(Condition condition) const {
    switch (condition.kind) {
      case Condition::Kind::kSelection:
      case Condition::Kind::kQuantifier:
        return PruneSelections(std::move(condition));
      case Condition::Kind::kAnd:
      case Condition::Kind::kOr:
      case Condition::Kind::kNot:
        break;
    }
    std::vector<Condition> left;
    for (Condition& child : condition.children) {
      if (auto pruned = Prune(std::move(child))) {
        left.push_back(*std::move(pruned));
      }
    }
    if (left.empty()) return std::nullopt;
    if (left.size() == 1 && condition.kind != Condition::Kind::kNot) {
      Condition only = std::move(left.front());
      return only;
    }
    condition.children = std::move(left);
    return condition;
  }

 private:
  std::optional<Condition> PruneSelections(Condition condition) const {
    const std::size_t before = condition.selections.size();
    std::vector<std::uint32_t> left;
    for (const std::uint32_t selection : condition.selections) {
      if (positions_[selection].has_value()) {
        left.push_back(*positions_[selection]);
      }
    }
    // A quantifier over nothing is as the rule wrote it.
    if (left.empty() && before > 0) return std::nullopt;
    // Nor can more hold now where that was asked for in vain.
    if (condition.at_least <= before) {
      condition.at_least =
          std::min(condition.at_least, static_cast<std::uint32_t>(left.size()));
    }
    condition.selections = std::move(left);
    return condition;
  }

  const std::vector<std::optional<std::uint32_t>>& positions_;
};

}  // namespace

WorkDetection MakeWorkDetection(Detection detection) {
  WorkDetection work;
  work.kind = detection.kind;
  work.item = std::move(detection.item);
  work.children.reserve(detection.children.size());
  for (Detection& child : detection.children) {
    work.children.push_back(MakeWorkDetection(std::move(child)));
  }
  return work;
}

WorkRule MakeWorkRule(Rule& attributes, DetectionRule rule) {
  WorkRule work;
  work.attributes = &attributes;
  work.conditions = std::move(rule.conditions);
  work.condition_range = rule.condition_range;
  for (Selection& selection : rule.selections) {
    work.selections.push_back(
        {std::move(selection.name),
         MakeWorkDetection(std::move(selection.detection)), selection.range,
         selection.is_filter});
  }
  return work;
}

bool FinishWorkRule(WorkRule& work, DetectionRule& rule) {
  rule = {.selections = {},
          .conditions = {},
          .condition_range = work.condition_range};
  std::vector<std::optional<std::uint32_t>> positions;
  for (WorkSelection& selection : work.selections) {
    std::optional<Detection> detection = MakeDetection(selection.detection);
    positions.emplace_back();
    if (!detection.has_value()) continue;
    positions.back() = static_cast<std::uint32_t>(rule.selections.size());
    rule.selections.push_back({std::move(selection.name), *std::move(detection),
                               selection.range, selection.is_filter});
  }
  if (rule.selections.size() == work.selections.size()) {
    rule.conditions = std::move(work.conditions);
    return true;
  }
  const ConditionPruner pruner(positions);
  for (Condition& condition : work.conditions) {
    if (auto pruned = pruner.Prune(std::move(condition))) {
      rule.conditions.push_back(*std::move(pruned));
    }
  }
  return !rule.conditions.empty();
}

std::size_t CostOf(const RuleValue& value) {
  std::size_t cost = 1 + value.text.size() / kTextBytesPerNode;
  for (const SigmaString& pattern : value.patterns) {
    cost += 1 + pattern.byte_count() / kTextBytesPerNode;
  }
  return cost;
}

std::size_t CostOf(const DetectionItem& item) {
  std::size_t cost = 1;
  for (const RuleValue& value : item.values) cost += CostOf(value);
  return cost;
}

}  // namespace hypersigma::internal
