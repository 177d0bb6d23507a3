// Which fields rules need, and which of them events have: what can be detected
// with the logs that there are.
//
// Beside the data's way RuleSet -> Engine -> Scanner: it counts what a scan
// says when ScannerOptions::fields is set.

#ifndef HYPERSIGMA_FIELD_COVERAGE_H_
#define HYPERSIGMA_FIELD_COVERAGE_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {

// A field that rules of a log source look at. Borrows from the engine.
struct FieldNeed {
  std::string_view field;
  // Of that log source, that look at it.
  std::uint32_t rules = 0;
  // Of that log source, that have it.
  std::uint64_t events = 0;
};

// The rules that say the same of where events come from.
struct LogSourceNeeds {
  LogSource log_source;  // in lower case
  std::vector<RuleId> rules;
  std::vector<FieldNeed> fields;  // sorted by name
  // That belong to it. Unclassified events, which the rules are tested on too,
  // are not among them.
  std::uint64_t events = 0;
  // Rules that no event can meet which lacks the fields that none of the events
  // has that they were tested on. A rule of keywords can be met by any.
  std::vector<RuleId> silent;
};

// Counts fields of events. Thread safety: full. Keeps its engine alive.
class HYPERSIGMA_EXPORT FieldCoverage {
 public:
  explicit FieldCoverage(Engine engine);
  FieldCoverage(FieldCoverage&&) noexcept;
  FieldCoverage& operator=(FieldCoverage&&) noexcept;
  ~FieldCoverage();

  // Counts one event. REQUIRES: a result of the engine, with its fields, and
  // not of Routing::kStrict. Cost: linear in the fields.
  void Observe(const ScanResult& result);

  // Returns the needs of every log source of a rule, in order of first
  // appearance. Cost: linear in the rules, for each set of log sources seen.
  std::vector<LogSourceNeeds> Report() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_FIELD_COVERAGE_H_
