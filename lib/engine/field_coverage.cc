#include "hypersigma/field_coverage.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "lib/base/limits.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/reachability.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma {
namespace internal {
namespace {

// Events of the same log sources.
struct Observed {
  std::vector<LogSource> log_sources;  // folded
  std::uint64_t events = 0;
  std::vector<std::uint64_t> with_field;  // by FieldId
};

bool AdmitsGroup(const Observed& observed, const RuleGroup& group) {
  if (observed.log_sources.empty()) return true;
  return std::any_of(observed.log_sources.begin(), observed.log_sources.end(),
                     [&group](const LogSource& member) {
                       return Admits(member, group.log_source);
                     });
}

void CountFields(const DetectionPlan& detection, std::vector<FieldId>& fields) {
  if (detection.kind == DetectionPlan::Kind::kItem) {
    if (detection.field != kUnnamedField) fields.push_back(detection.field);
  }
  for (const DetectionPlan& child : detection.children) {
    CountFields(child, fields);
  }
}

// Returns the fields of a rule, each once.
std::vector<FieldId> FieldsOf(const RulePlan& rule) {
  std::vector<FieldId> fields;
  for (const SelectionPlan& selection : rule.selections) {
    CountFields(selection.detection, fields);
  }
  std::sort(fields.begin(), fields.end());
  fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
  return fields;
}

}  // namespace
}  // namespace internal

using internal::Index;

struct FieldCoverage::State {
  // Product, category, service, one after the other.
  using Key = std::vector<std::string>;

  explicit State(Engine given)
      : engine(std::move(given)),
        groups(internal::GroupRules(engine.rules(), engine.state().plan())) {}

  LogSourceNeeds NeedsOf(const internal::RuleGroup& group) const;

  const Engine engine;
  const std::vector<internal::RuleGroup> groups;
  mutable std::mutex mutex;  // guards what follows
  std::map<Key, internal::Observed> observed;
};

FieldCoverage::FieldCoverage(Engine engine)
    : state_(std::make_unique<State>(std::move(engine))) {}
FieldCoverage::FieldCoverage(FieldCoverage&&) noexcept = default;
FieldCoverage& FieldCoverage::operator=(FieldCoverage&&) noexcept = default;
FieldCoverage::~FieldCoverage() = default;

void FieldCoverage::Observe(const ScanResult& result) {
  State::Key key;
  for (const LogSource& source : result.log_sources) {
    key.insert(key.end(), {source.product, source.category, source.service});
  }
  const std::lock_guard lock(state_->mutex);
  // Events that are believed may state any number of log sources.
  if (state_->observed.size() >= internal::kMaxRoutes) {
    const auto known = state_->observed.find(key);
    if (known == state_->observed.end()) key.clear();
  }
  internal::Observed& observed = state_->observed[std::move(key)];
  if (observed.events++ == 0) {
    for (const LogSource& source : result.log_sources) {
      observed.log_sources.push_back(internal::FoldLogSource(source));
    }
    observed.with_field.resize(state_->engine.fields().size());
  }
  for (const FieldId field : result.fields) {
    if (Index(field) < observed.with_field.size()) {
      ++observed.with_field[Index(field)];
    }
  }
}

LogSourceNeeds FieldCoverage::State::NeedsOf(
    const internal::RuleGroup& group) const {
  LogSourceNeeds needs{group.log_source, group.rules, {}, 0, {}};
  std::vector<std::uint64_t> with_field(engine.fields().size());
  std::vector<char> is_there(engine.fields().size());
  bool is_tested = false;
  for (const auto& [key, each] : observed) {
    if (!internal::AdmitsGroup(each, group)) continue;
    is_tested = true;
    const bool is_classified = !each.log_sources.empty();
    needs.events += is_classified ? each.events : 0;
    for (std::size_t i = 0; i < with_field.size(); ++i) {
      with_field[i] += is_classified ? each.with_field[i] : 0;
      if (each.with_field[i] > 0) is_there[i] = 1;
    }
  }
  const internal::Plan& plan = engine.state().plan();
  std::map<std::string_view, FieldNeed> fields;
  for (const RuleId id : group.rules) {
    const internal::RulePlan& rule = plan.rules[static_cast<std::size_t>(id)];
    for (const FieldId field : internal::FieldsOf(rule)) {
      const std::string_view name = engine.fields()[Index(field)];
      FieldNeed& need = fields[name];
      need.field = name;
      need.events = with_field[Index(field)];
      ++need.rules;
    }
    if (!is_tested || !internal::CanHold(rule.program, plan.predicates,
                                         [&is_there](FieldId field) {
                                           return Index(field) <
                                                      is_there.size() &&
                                                  is_there[Index(field)] != 0;
                                         })) {
      needs.silent.push_back(id);
    }
  }
  for (const auto& [name, need] : fields) needs.fields.push_back(need);
  return needs;
}

std::vector<LogSourceNeeds> FieldCoverage::Report() const {
  const std::lock_guard lock(state_->mutex);
  std::vector<LogSourceNeeds> report;
  for (const internal::RuleGroup& group : state_->groups) {
    report.push_back(state_->NeedsOf(group));
  }
  return report;
}

}  // namespace hypersigma
