// What each stage of a scan is given for each event, recorded from real events
// so that the stages can be timed apart.

#ifndef HYPERSIGMA_BENCH_STAGES_RECORDING_H_
#define HYPERSIGMA_BENCH_STAGES_RECORDING_H_

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "bench/stages/per_event.h"
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
// written between its quotes. Behind it are the quote and a colon.
struct NamedMember {
  internal::PathId object = internal::kRootPath;
  std::string_view name;
};

// One call of libhs.
struct LiteralScan {
  const internal::LiteralDatabase* database = nullptr;
  std::string_view text;
};

// A predicate to confirm, for the values at this position.
struct Confirmation {
  internal::PredicateId predicate{};
  std::size_t values = 0;
};

// What is recorded of all events. Borrows the engine.
struct Recording {
  internal::FieldPaths paths;
  // The members of an event, and of objects in it where fields may be.
  PerEvent<NamedMember> members{};
  // Those that routing reads.
  PerEvent<FieldValue> routing_pairs{};
  // What the line is searched with for keywords.
  PerEvent<const internal::KeywordPrefilter*> prefilters{};
  PerEvent<LiteralScan> scans{};
  // Predicates on demand that programs ask for and that are worth it.
  PerEvent<Confirmation> confirmations{};
  std::vector<internal::EventValues> values{};
  // Predicates that are true, and the rules that are woken.
  PerEvent<internal::PredicateId> held{};
  PerEvent<RuleId> woken{};
  // Rules that match, event by event.
  std::size_t match_count = 0;

  // What the above points to.
  ParsedEvents parsed;
  Texts member_texts{};
  Texts routing_texts{};
  Texts scan_texts{};
};

// Runs the stages one after the other, as a scan with default options does but
// without its caches. Ends the program if one fails.
std::unique_ptr<const Recording> Record(const Engine& engine,
                                        const Events& events);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_STAGES_RECORDING_H_
