// Holds the engine against the reference evaluator before anything is timed.

#ifndef HYPERSIGMA_BENCH_SUPPORT_CHECK_H_
#define HYPERSIGMA_BENCH_SUPPORT_CHECK_H_

#include <cstddef>
#include <string_view>

#include "bench/support/events.h"
#include "hypersigma/engine.h"

namespace hypersigma::bench {

// Compares what `engine` says of up to `count` of `events`, spread evenly, with
// the reference evaluator. Both look at all rules, on events as they are: the
// reference knows no routing. Ends the program with kWrongResults and a message
// that begins with `what` when they differ. Cost: some 50 us a rule, and 2 us a
// rule and event.
void CheckAgainstReference(std::string_view what, const Engine& engine,
                           const Events& events, std::size_t count);

// Ends the program with kWrongResults unless the two are equal.
void CheckEqual(std::string_view what, std::size_t found, std::size_t expected);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_CHECK_H_
