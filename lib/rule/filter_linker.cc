// Which rules a filter is for, and what becomes of them.

#include "lib/rule/filter_linker.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kTextBytesPerNode = 64;

// What a copy costs of the node limit.
std::size_t CostOf(const Detection& detection) {
  std::size_t nodes = 1;
  for (const RuleValue& value : detection.item.values) {
    nodes += 1 + value.text.size() / kTextBytesPerNode + value.patterns.size();
  }
  for (const Detection& child : detection.children) nodes += CostOf(child);
  return nodes;
}

std::size_t CostOf(const Condition& condition) {
  std::size_t nodes = 1 + condition.selections.size();
  for (const Condition& child : condition.children) nodes += CostOf(child);
  return nodes;
}

void MovePositions(std::uint32_t by, Condition& condition) {
  for (std::uint32_t& position : condition.selections) position += by;
  for (Condition& child : condition.children) MovePositions(by, child);
}

// Returns the one condition that stands for all of a filter.
Condition Joined(std::vector<Condition> conditions) {
  if (conditions.size() == 1) return std::move(conditions.front());
  Condition joined;
  joined.kind = Condition::Kind::kOr;
  joined.children = std::move(conditions);
  return joined;
}

// Log sources as numbers, so that comparing them is cheap. 0 is unset.
class LogSources {
 public:
  struct Key {
    std::uint32_t product = 0;
    std::uint32_t category = 0;
    std::uint32_t service = 0;

    // Whether all that this sets is the same in `rule`.
    bool Covers(const Key& rule) const {
      return (product == 0 || product == rule.product) &&
             (category == 0 || category == rule.category) &&
             (service == 0 || service == rule.service);
    }
  };

  Key KeyOf(const Rule& rule) {
    return {Number(rule.product), Number(rule.category), Number(rule.service)};
  }

 private:
  std::uint32_t Number(std::string_view text) {
    if (text.empty()) return 0;
    std::string folded(text);
    for (char& c : folded) c = FoldAscii(c);
    return numbers_
        .try_emplace(std::move(folded),
                     static_cast<std::uint32_t>(numbers_.size() + 1))
        .first->second;
  }

  absl::flat_hash_map<std::string, std::uint32_t> numbers_;
};

class FilterLinker {
 public:
  FilterLinker(RuleIndex& index, const FilteredRules& target)
      : index_(index), target_(target) {
    for (const Rule& rule : target.rules) {
      keys_.push_back(log_sources_.KeyOf(rule));
    }
  }

  void Link(UnlinkedFilter& unlinked);

 private:
  // Returns the positions of the rules that the filter is for, ascending;
  // nullopt when looking for them went over the limit.
  std::optional<std::vector<std::uint32_t>> FindRules(FilterRule& filter,
                                                      Reporter& reporter);
  // Adds the rules under a correlation.
  bool AddRulesUnder(std::uint32_t correlation,
                     std::vector<std::uint32_t>& rules);
  std::size_t CostOfApplying(const FilterRule& filter,
                             std::span<const std::uint32_t> rules) const;
  void Apply(const FilterRule& filter, std::uint32_t position) const;
  bool Charge(std::size_t cost);

  RuleIndex& index_;
  const FilteredRules& target_;
  LogSources log_sources_;
  std::vector<LogSources::Key> keys_;  // of the rules
  std::size_t nodes_left_ = kMaxFilterNodes;
};

void FilterLinker::Link(UnlinkedFilter& unlinked) {
  FilterRule& filter = unlinked.filter;
  Reporter& reporter = *unlinked.reporter;
  const auto rules = FindRules(filter, reporter);
  if (!rules.has_value() || !Charge(CostOfApplying(filter, *rules))) {
    reporter.Error(filter.range,
                   Concat({"filters copy too many nodes into rules, expected "
                           "at most ",
                           std::to_string(kMaxFilterNodes),
                           "; this one is applied to no rule"}));
    return;
  }
  if (rules->empty()) {
    reporter.Warning(filter.range,
                     "the filter applies to no rule: none that it refers to "
                     "is there with its log source");
  }
  for (const std::uint32_t position : *rules) Apply(filter, position);
}

std::optional<std::vector<std::uint32_t>> FilterLinker::FindRules(
    FilterRule& filter, Reporter& reporter) {
  std::vector<std::uint32_t> referenced;
  for (RuleReference& reference : filter.rules) {
    if (!index_.Resolve(reference, reporter)) {
      std::string message = Concat({"the reference is ignored: ",
                                    index_.DescribeMissing(reference.text)});
      if (reference.text == "any") {
        message += "; for any rule write 'rules: any'";
      }
      reporter.Warning(reference.range, std::move(message));
    }
    for (const RuleTarget target : reference.targets) {
      if (!Charge(1)) return std::nullopt;
      if (target.kind == RuleTarget::Kind::kRule) {
        referenced.push_back(target.index);
      } else if (!AddRulesUnder(target.index, referenced)) {
        return std::nullopt;
      }
    }
  }
  if (filter.is_for_any) {
    for (std::uint32_t i = 0; i < keys_.size(); ++i) referenced.push_back(i);
  }
  std::sort(referenced.begin(), referenced.end());
  referenced.erase(std::unique(referenced.begin(), referenced.end()),
                   referenced.end());
  const LogSources::Key key = log_sources_.KeyOf(filter.attributes);
  std::erase_if(referenced, [&](std::uint32_t position) {
    return !key.Covers(keys_[position]);
  });
  return referenced;
}

bool FilterLinker::AddRulesUnder(std::uint32_t correlation,
                                 std::vector<std::uint32_t>& rules) {
  std::vector<std::uint32_t> pending{correlation};
  std::vector<bool> seen(target_.correlations.size());
  if (!Charge(seen.size() / 8 + 1)) return false;
  seen[correlation] = true;
  while (!pending.empty()) {
    const CorrelationRule& next = target_.correlations[pending.back()];
    pending.pop_back();
    for (const RuleReference& reference : next.rules) {
      if (!Charge(reference.targets.size())) return false;
      for (const RuleTarget target : reference.targets) {
        if (target.kind == RuleTarget::Kind::kRule) {
          rules.push_back(target.index);
        } else if (!seen[target.index]) {
          seen[target.index] = true;
          pending.push_back(target.index);
        }
      }
    }
  }
  return true;
}

std::size_t FilterLinker::CostOfApplying(
    const FilterRule& filter, std::span<const std::uint32_t> rules) const {
  std::size_t selections = 0;
  for (const Selection& selection : filter.selections) {
    selections += CostOf(selection.detection);
  }
  std::size_t condition = 1;
  for (const Condition& part : filter.conditions) condition += CostOf(part);
  std::size_t cost = 0;
  for (const std::uint32_t position : rules) {
    cost +=
        selections + condition * target_.detections[position].conditions.size();
  }
  return cost;
}

void FilterLinker::Apply(const FilterRule& filter,
                         std::uint32_t position) const {
  DetectionRule& rule = target_.detections[position];
  const auto first = static_cast<std::uint32_t>(rule.selections.size());
  for (const Selection& selection : filter.selections) {
    rule.selections.push_back(selection);
    rule.selections.back().is_filter = true;
  }
  Condition filtering = Joined(filter.conditions);
  MovePositions(first, filtering);
  for (Condition& condition : rule.conditions) {
    // One more operand rather than one more level, however many filters come.
    if (condition.kind != Condition::Kind::kAnd) {
      Condition both;
      both.kind = Condition::Kind::kAnd;
      both.children.push_back(std::move(condition));
      condition = std::move(both);
    }
    condition.children.push_back(filtering);
  }
  target_.rules[position].filters.push_back(filter.attributes.title);
}

bool FilterLinker::Charge(std::size_t cost) {
  if (cost > nodes_left_) return false;
  nodes_left_ -= cost;
  return true;
}

}  // namespace

void ApplyFilters(std::span<UnlinkedFilter> filters, RuleIndex& index,
                  const FilteredRules& target) {
  FilterLinker linker(index, target);
  for (UnlinkedFilter& unlinked : filters) linker.Link(unlinked);
}

}  // namespace hypersigma::internal
