// References between correlations: unknown ones, cycles, depth.

#include "lib/rule/correlation_linker.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "lib/base/limits.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxShownInCycle = 6;

using TargetSet = absl::flat_hash_set<std::uint64_t>;

std::uint64_t KeyOf(RuleTarget target) {
  return std::uint64_t{target.index} << 1 |
         (target.kind == RuleTarget::Kind::kCorrelation ? 1 : 0);
}

void AddNamed(const Condition& condition, std::vector<bool>& named) {
  for (const std::uint32_t position : condition.selections) {
    named[position] = true;
  }
  for (const Condition& child : condition.children) AddNamed(child, named);
}

bool HasAny(const RuleReference& reference, const TargetSet& targets) {
  return std::any_of(
      reference.targets.begin(), reference.targets.end(),
      [&](RuleTarget target) { return targets.contains(KeyOf(target)); });
}

class Linker {
 public:
  Linker(std::span<UnlinkedCorrelation> correlations, RuleIndex& index,
         bool strict)
      : correlations_(correlations), index_(index), strict_(strict) {}

  void Link();

 private:
  using Position = std::size_t;

  void Resolve(UnlinkedCorrelation& unlinked);
  void ResolveAliases(UnlinkedCorrelation& unlinked);
  // An expression must name the rules that are listed, and no others.
  void CompareWithList(UnlinkedCorrelation& unlinked);
  // Visits correlations after those that they refer to; returns those that are
  // never reached, because they are in a cycle or above one.
  std::vector<Position> VisitInOrder();
  void Visit(Position position);
  void ReportCycles(const std::vector<Position>& unreached);
  void ReportCycle(const std::vector<Position>& cycle);
  void Refuse(UnlinkedCorrelation& unlinked, SourceRange range,
              std::string message);

  // Calls `visit(reference, position)` for each correlation that this one
  // refers to.
  template <typename Visitor>
  void ForEachBelow(const UnlinkedCorrelation& unlinked,
                    const Visitor& visit) const {
    for (const RuleReference& reference : unlinked.correlation.rules) {
      for (const RuleTarget target : reference.targets) {
        if (target.kind == RuleTarget::Kind::kCorrelation) {
          visit(reference, Position{target.index});
        }
      }
    }
  }

  std::span<UnlinkedCorrelation> correlations_;
  RuleIndex& index_;
  bool strict_;
  std::vector<int> depths_;
};

void Linker::Link() {
  for (UnlinkedCorrelation& unlinked : correlations_) Resolve(unlinked);
  ReportCycles(VisitInOrder());
}

void Linker::Resolve(UnlinkedCorrelation& unlinked) {
  for (RuleReference& reference : unlinked.correlation.rules) {
    if (index_.Resolve(reference, *unlinked.reporter)) continue;
    Refuse(unlinked, reference.range, index_.DescribeMissing(reference.text));
  }
  ResolveAliases(unlinked);
  if (!unlinked.is_refused) CompareWithList(unlinked);
}

void Linker::ResolveAliases(UnlinkedCorrelation& unlinked) {
  CorrelationRule& correlation = unlinked.correlation;
  Reporter& reporter = *unlinked.reporter;
  TargetSet targets;
  for (const RuleReference& reference : correlation.rules) {
    for (const RuleTarget target : reference.targets) {
      targets.insert(KeyOf(target));
    }
  }
  const absl::flat_hash_set<std::string> grouped(correlation.group_by.begin(),
                                                 correlation.group_by.end());
  for (CorrelationAlias& alias : correlation.aliases) {
    if (!grouped.contains(alias.name)) {
      reporter.Warning(alias.range,
                       Concat({"alias ", Quoted(alias.name),
                               " has no effect, expected it in group-by"}));
    }
    for (CorrelationAlias::Field& field : alias.fields) {
      if (!index_.Resolve(field.rule, reporter)) {
        Refuse(unlinked, field.rule.range,
               index_.DescribeMissing(field.rule.text));
      } else if (!HasAny(field.rule, targets)) {
        reporter.Warning(
            field.rule.range,
            Concat({"rule ", Quoted(field.rule.text), " of alias ",
                    Quoted(alias.name),
                    " is not in this correlation; it is ignored"}));
      }
    }
  }
}

void Linker::CompareWithList(UnlinkedCorrelation& unlinked) {
  const CorrelationRule& correlation = unlinked.correlation;
  if (!correlation.expression.has_value() || correlation.listed_count == 0) {
    return;
  }
  std::vector<bool> is_named(correlation.rules.size());
  AddNamed(*correlation.expression, is_named);
  TargetSet listed;
  TargetSet named;
  for (std::size_t i = 0; i < correlation.rules.size(); ++i) {
    for (const RuleTarget target : correlation.rules[i].targets) {
      if (i < correlation.listed_count) listed.insert(KeyOf(target));
      if (is_named[i]) named.insert(KeyOf(target));
    }
  }
  for (std::size_t i = 0; i < correlation.rules.size(); ++i) {
    const RuleReference& reference = correlation.rules[i];
    const bool is_listed = i < correlation.listed_count;
    if (HasAny(reference, is_listed ? named : listed)) continue;
    unlinked.reporter->StrictWarning(
        reference.range,
        Concat({"rule ", Quoted(reference.text),
                is_listed ? " is in rules and not in condition"
                          : " is in condition and not in rules",
                ", expected the same rules in both; all of them are taken"}));
    unlinked.is_refused = unlinked.is_refused || strict_;
  }
}

std::vector<std::size_t> Linker::VisitInOrder() {
  std::vector<std::vector<Position>> above(correlations_.size());
  std::vector<std::size_t> below_count(correlations_.size());
  for (Position i = 0; i < correlations_.size(); ++i) {
    ForEachBelow(correlations_[i], [&](const RuleReference&, Position below) {
      above[below].push_back(i);
      ++below_count[i];
    });
  }
  depths_.assign(correlations_.size(), 1);
  std::vector<Position> ready;
  for (Position i = 0; i < correlations_.size(); ++i) {
    if (below_count[i] == 0) ready.push_back(i);
  }
  while (!ready.empty()) {
    const Position next = ready.back();
    ready.pop_back();
    Visit(next);
    for (const Position upper : above[next]) {
      if (--below_count[upper] == 0) ready.push_back(upper);
    }
  }
  std::vector<Position> unreached;
  for (Position i = 0; i < correlations_.size(); ++i) {
    if (below_count[i] > 0) unreached.push_back(i);
  }
  return unreached;
}

void Linker::Visit(Position position) {
  UnlinkedCorrelation& unlinked = correlations_[position];
  int depth = 0;
  ForEachBelow(unlinked, [&](const RuleReference& reference, Position below) {
    depth = std::max(depth, depths_[below]);
    if (correlations_[below].is_refused) {
      Refuse(unlinked, reference.range,
             Concat({"rule ", Quoted(reference.text), " is refused"}));
    }
  });
  depths_[position] = depth + 1;
  if (depths_[position] > kMaxCorrelationDepth && !unlinked.is_refused) {
    Refuse(unlinked, unlinked.correlation.range,
           Concat({"correlations are nested too deeply, expected at most ",
                   std::to_string(kMaxCorrelationDepth), " levels"}));
  }
}

// Follows from each correlation the first one below it that was not reached
// either: that way ends in a cycle.
void Linker::ReportCycles(const std::vector<Position>& unreached) {
  const absl::flat_hash_set<Position> is_unreached(unreached.begin(),
                                                   unreached.end());
  enum class Mark : std::uint8_t { kNew, kOnWay, kDone };
  std::vector<Mark> marks(correlations_.size(), Mark::kNew);
  for (const Position start : unreached) {
    std::vector<Position> way;
    Position at = start;
    while (marks[at] == Mark::kNew) {
      marks[at] = Mark::kOnWay;
      way.push_back(at);
      std::optional<Position> next;
      ForEachBelow(correlations_[at], [&](const RuleReference&, Position to) {
        if (!next.has_value() && is_unreached.contains(to)) next = to;
      });
      at = *next;
    }
    const auto first = std::find(way.begin(), way.end(), at);
    if (first != way.end()) ReportCycle({first, way.end()});
    for (const Position position : way) marks[position] = Mark::kDone;
  }
  for (const Position position : unreached) {
    UnlinkedCorrelation& unlinked = correlations_[position];
    ForEachBelow(unlinked, [&](const RuleReference& reference, Position below) {
      if (unlinked.is_refused || !is_unreached.contains(below)) return;
      Refuse(unlinked, reference.range,
             Concat({"rule ", Quoted(reference.text), " is refused"}));
    });
  }
}

void Linker::ReportCycle(const std::vector<Position>& cycle) {
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    UnlinkedCorrelation& unlinked = correlations_[cycle[i]];
    std::string way;
    for (std::size_t step = 0; step <= cycle.size(); ++step) {
      if (step == kMaxShownInCycle) {
        way += " -> ...";
        break;
      }
      if (step > 0) way += " -> ";
      way += Quoted(correlations_[cycle[(i + step) % cycle.size()]]
                        .correlation.attributes.title);
    }
    SourceRange range = unlinked.correlation.range;
    const Position next = cycle[(i + 1) % cycle.size()];
    ForEachBelow(unlinked, [&](const RuleReference& reference, Position below) {
      if (below == next) range = reference.range;
    });
    Refuse(unlinked, range,
           Concat({"correlations refer to each other in a cycle: ", way}));
  }
}

void Linker::Refuse(UnlinkedCorrelation& unlinked, SourceRange range,
                    std::string message) {
  unlinked.reporter->Error(range, std::move(message));
  unlinked.is_refused = true;
}

}  // namespace

void LinkCorrelations(std::span<UnlinkedCorrelation> correlations,
                      RuleIndex& index, bool strict) {
  Linker(correlations, index, strict).Link();
}

}  // namespace hypersigma::internal
