// What each stage of a scan is given for each event, recorded from real events
// so that the stages can be timed apart.

#ifndef HYPERSIGMA_BENCH_STAGES_RECORDING_H_
#define HYPERSIGMA_BENCH_STAGES_RECORDING_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/support/events.h"
#include "bench/support/parsed_events.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/predicate.h"
#include "lib/engine/event_values.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/keyword_prefilter.h"
#include "lib/input/field_paths.h"

namespace hypersigma::bench {

// A member whose path is looked up: where its object is, and its name as
// written between its quotes.
struct NamedMember {
  internal::PathId object = internal::kRootPath;
  std::string_view name;
};

// One call of libhs.
struct LiteralScan {
  const internal::LiteralDatabase* database = nullptr;
  std::string_view text;
};

// What is recorded of one event.
struct EventRecord {
  std::vector<NamedMember> members;
  // Of the members that routing reads.
  std::vector<FieldValue> routing_pairs;
  // What the line is searched with for keywords.
  std::vector<const internal::KeywordPrefilter*> prefilters;
  std::vector<LiteralScan> scans;
  // Predicates on demand that programs ask for, and that are confirmed.
  std::vector<internal::PredicateId> confirmed;
  // The values for that; without `confirmed` none.
  internal::EventValues values{0};
  // Predicates that are true, and the rules that they wake.
  std::vector<internal::PredicateId> held;
  std::vector<RuleId> woken;
};

// The records of all events. Borrows engine and events, whose lines are read
// once more.
struct Recording {
  ParsedEvents parsed;
  internal::FieldPaths paths;
  std::vector<EventRecord> records;
  // Of all events.
  std::size_t match_count = 0;
};

// Runs the stages one after the other, as a scan with default options does but
// without its caches. Ends the program if one fails.
Recording Record(const Engine& engine, const Events& events);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_STAGES_RECORDING_H_
