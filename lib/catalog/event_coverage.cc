#include "lib/catalog/event_coverage.h"

#include <algorithm>
#include <cstddef>

#include "lib/base/number.h"
#include "lib/base/text.h"
#include "lib/engine/reachability.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma::internal {
namespace {

// The verdict on a text predicate about a value that equals `value` caselessly.
std::optional<bool> VerdictOnText(const Predicate& predicate,
                                  std::string_view value) {
  const std::string operand =
      predicate.cased ? Fold(predicate.operand) : predicate.operand;
  bool holds = false;
  switch (predicate.op) {
    case Operator::kEquals:
      holds = value == operand;
      break;
    case Operator::kStartsWith:
      holds = value.starts_with(operand);
      break;
    case Operator::kEndsWith:
      holds = value.ends_with(operand);
      break;
    case Operator::kContains:
      holds = FindText(value, operand) != std::string_view::npos;
      break;
    case Operator::kNumberEquals: {
      const auto number = Number::Parse(value);
      const auto wanted = Number::Parse(predicate.operand);
      if (!number.has_value() || !wanted.has_value()) return false;
      return Number::Compare(*number, *wanted) == 0;
    }
    case Operator::kAnyText:
    case Operator::kExists:
      return true;
    case Operator::kNull:
    case Operator::kMissing:
      return false;
    default:
      return std::nullopt;
  }
  // How the event writes the letters is not known.
  if (holds && predicate.cased) return std::nullopt;
  return holds;
}

// The verdict where any of the values may be there; nullopt unless all agree.
std::optional<bool> VerdictOnAny(const Predicate& predicate,
                                 const std::vector<std::string>& values) {
  std::optional<bool> common;
  for (const std::string& value : values) {
    const std::optional<bool> verdict = VerdictOnText(predicate, value);
    if (!verdict.has_value() || (common.has_value() && common != verdict)) {
      return std::nullopt;
    }
    common = verdict;
  }
  return common;
}

std::optional<bool> VerdictOn(const Predicate& predicate,
                              const EventTest& test) {
  switch (test.kind) {
    case EventTest::Kind::kEquals:
      return VerdictOnAny(predicate, test.values);
    case EventTest::Kind::kMissing:
      return predicate.op == Operator::kNull ||
             predicate.op == Operator::kMissing;
    case EventTest::Kind::kExists:
    case EventTest::Kind::kStartsWith:
    case EventTest::Kind::kEndsWith:
    case EventTest::Kind::kContains:
      break;
  }
  if (predicate.op == Operator::kExists) return true;
  if (predicate.op == Operator::kMissing) return false;
  return std::nullopt;
}

const FieldSources* FindSources(std::span<const FieldSources> all,
                                std::string_view field) {
  for (const FieldSources& sources : all) {
    if (sources.field == field) return &sources;
  }
  return nullptr;
}

// Looks at one rule through the eyes of the map.
class CoverageFinder {
 public:
  CoverageFinder(const RulePlan& rule, const Plan& plan,
                 const TaxonomyData& taxonomy)
      : rule_(rule), plan_(plan), taxonomy_(taxonomy) {}

  bool CanHold(const LogSourceEntry& entry) const {
    return std::any_of(entry.when.begin(), entry.when.end(),
                       [&](const std::vector<EventTest>& tests) {
                         return MayAccept(rule_.program, [&](PredicateId id) {
                           return Verdict(plan_.predicates[Index(id)], entry,
                                          tests);
                         });
                       });
  }

  CarriedField Carried(FieldId field, const LogSourceEntry& entry) const {
    CarriedField carried;
    carried.field = field;
    const std::string_view name = plan_.fields.names()[Index(field)];
    const FieldSources* own = FindSources(entry.fields, name);
    for (const FieldSources* sources :
         {own, FindSources(taxonomy_.fields, name)}) {
      if (sources == nullptr) continue;
      carried.members.insert(carried.members.end(), sources->members.begin(),
                             sources->members.end());
    }
    if (own != nullptr) {
      carried.carried = true;
    } else {
      carried.carried = Tested(entry, name);
    }
    return carried;
  }

 private:
  std::optional<bool> Verdict(const Predicate& predicate,
                              const LogSourceEntry& entry,
                              std::span<const EventTest> tests) const {
    if (predicate.field == kUnnamedField) return std::nullopt;
    const std::string_view name = plan_.fields.names()[Index(predicate.field)];
    // Rules mean another member by the name than the entry's tests do.
    if (FindSources(entry.fields, name) != nullptr) return std::nullopt;
    for (const EventTest& test : tests) {
      if (test.field != name) continue;
      const std::optional<bool> verdict = VerdictOn(predicate, test);
      if (verdict.has_value()) return verdict;
    }
    return std::nullopt;
  }

  // Whether every alternative of the entry says that the field is there, or
  // that it is not.
  static std::optional<bool> Tested(const LogSourceEntry& entry,
                                    std::string_view field) {
    std::optional<bool> common;
    for (const std::vector<EventTest>& tests : entry.when) {
      std::optional<bool> here;
      for (const EventTest& test : tests) {
        if (test.field == field) here = test.kind != EventTest::Kind::kMissing;
      }
      if (!here.has_value() || (common.has_value() && common != here)) {
        return std::nullopt;
      }
      common = here;
    }
    return common;
  }

  const RulePlan& rule_;
  const Plan& plan_;
  const TaxonomyData& taxonomy_;
};

const LogSource* FindAdmitting(const LogSourceEntry& entry,
                               const LogSource& folded) {
  for (const LogSource& member : entry.log_sources) {
    if (Admits(FoldLogSource(member), folded)) return &member;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string_view> DemandedValues(const LogSourceEntry& entry,
                                             std::string_view field) {
  std::vector<std::string_view> values;
  for (const std::vector<EventTest>& tests : entry.when) {
    for (const EventTest& test : tests) {
      if (test.field != field || test.kind != EventTest::Kind::kEquals) {
        continue;
      }
      for (const std::string& value : test.written) {
        if (std::find(values.begin(), values.end(), value) == values.end()) {
          values.push_back(value);
        }
      }
    }
  }
  return values;
}

std::vector<const LogSourceEntry*> AdmittingEntries(
    const TaxonomyData& taxonomy, const LogSource& log_source) {
  const LogSource folded = FoldLogSource(log_source);
  std::vector<const LogSourceEntry*> entries;
  for (const LogSourceEntry& entry : taxonomy.entries) {
    if (FindAdmitting(entry, folded) != nullptr) entries.push_back(&entry);
  }
  return entries;
}

EventCoverage CoverageOf(const RulePlan& rule, const LogSource& log_source,
                         std::span<const FieldId> fields, const Plan& plan,
                         const TaxonomyData& taxonomy) {
  EventCoverage coverage;
  const LogSource folded = FoldLogSource(log_source);
  const CoverageFinder finder(rule, plan, taxonomy);
  for (const LogSourceEntry& entry : taxonomy.entries) {
    const LogSource* member = FindAdmitting(entry, folded);
    if (member == nullptr) continue;
    ++coverage.admitted;
    if (!finder.CanHold(entry)) continue;
    CoveringEvent& event = coverage.events.emplace_back();
    event.entry = &entry;
    event.product = member->product;
    for (const FieldId field : fields) {
      event.fields.push_back(finder.Carried(field, entry));
    }
  }
  for (const UnmappedLogSource& unmapped : taxonomy.unmapped) {
    if (coverage.admitted == 0 &&
        FoldLogSource(unmapped.log_source) == folded) {
      coverage.reason = unmapped.reason;
    }
  }
  return coverage;
}

}  // namespace hypersigma::internal
