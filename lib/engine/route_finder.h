// The route of each event: found once for events that say the same.

#ifndef HYPERSIGMA_LIB_ENGINE_ROUTE_FINDER_H_
#define HYPERSIGMA_LIB_ENGINE_ROUTE_FINDER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_memo.h"
#include "lib/engine/router.h"

namespace hypersigma::internal {

// Borrows the router. Not thread safe. Memory is bounded whatever events say:
// when there are too many routes, all are forgotten and found anew.
class RouteFinder {
 public:
  // `stated`: the log source of all events, whatever they say.
  RouteFinder(const Router& router, Routing routing,
              std::optional<LogSource> stated);

  // Returns the route of an event, valid until the next call. Cost: some 50 ns
  // when an event says what a recent one has said, up to 1 us otherwise, and a
  // pass over all rules for a route that is new.
  const Route& Find(const EventValues& values);

  // The same; the route is valid as long as it is kept. That of events which
  // say the same may be another object after too many others were seen.
  std::shared_ptr<const Route> FindKept(const EventValues& values) {
    return Find(values).shared_from_this();
  }

 private:
  const Route& Classify(const EventValues& values);
  std::optional<LogSource> StatedBy(const EventValues& values) const;
  static void SetKey(std::span<const std::uint32_t> numbers,
                     const std::optional<LogSource>& said, std::string& key);
  std::shared_ptr<const Route> Share(const std::optional<LogSource>& said);
  Route Make(std::span<const std::uint32_t> entries,
             const std::optional<LogSource>& said) const;

  const Router* router_;
  Routing routing_;
  std::optional<LogSource> stated_;
  RouteMemo memo_;
  EventClassifier::Scratch scratch_;
  std::string key_;
  std::uint64_t last_serial_ = 0;
  // By what an event's tests hold, and by what entries follow; with both, by
  // what it states.
  using Routes = absl::flat_hash_map<std::string, std::shared_ptr<const Route>>;
  Routes by_tests_;
  Routes by_entries_;
  std::shared_ptr<const Route> all_;  // with routing off alone
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROUTE_FINDER_H_
