// Events that are already parsed, as a program with a parser of its own has
// them.

#ifndef HYPERSIGMA_BENCH_SUPPORT_PARSED_EVENTS_H_
#define HYPERSIGMA_BENCH_SUPPORT_PARSED_EVENTS_H_

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "bench/support/events.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"

namespace hypersigma::bench {

// The pairs of all events under the fields of one engine, with unescaped texts
// of their own. Immutable; may be moved.
class ParsedEvents {
 public:
  // Values that no rule names are left out unless rules have keywords. Ends the
  // program at an event that cannot be read.
  ParsedEvents(const Engine& engine, const Events& events);

  std::span<const Event> all() const { return events_; }

 private:
  void Add(Event event);

  std::vector<std::unique_ptr<char[]>> texts_;
  std::vector<std::unique_ptr<FieldValue[]>> pairs_;
  std::vector<Event> events_;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_PARSED_EVENTS_H_
