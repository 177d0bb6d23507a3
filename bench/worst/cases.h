// Events that are made to cost a scan as much as they can.

#ifndef HYPERSIGMA_BENCH_WORST_CASES_H_
#define HYPERSIGMA_BENCH_WORST_CASES_H_

#include <cstddef>

#include "bench/support/events.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"

namespace hypersigma::bench {

struct WorstCase {
  Events events;
  // The same on a small scale, for the reference evaluator.
  Events small;
};

// Of some `bytes` each, the same at each call. `engine` is that of the rules
// that the cases are to be scanned with, and `events` are real ones.

// A start of a process with 1 MiB of text in the field of which the rules ask
// most, cut out of what the events say.
WorstCase LongValues(const Engine& engine, const Events& events,
                     std::size_t bytes);

// 10,000 members with short texts, no name twice.
WorstCase ManyFields(const Engine& engine, const Events& events,
                     std::size_t bytes);

// Values of 16 KiB full of what the rules look for in the field of which they
// ask most, each text with another last character.
WorstCase NearMatches(const Engine& engine, std::size_t bytes);

// The events themselves, but no text and no number is there twice, save those
// by which events are routed.
WorstCase UniqueValues(const Engine& engine, const Events& events,
                       std::size_t bytes);

// The events themselves, each byte of names and texts written as an escape.
WorstCase Escapes(const Events& events, std::size_t bytes);

// Starts of processes on which the expression of the rule below goes on until
// it reaches its limit.
WorstCase Backtracking(std::size_t count);

// `rules` and one more for Backtracking().
RuleSet WithBacktrackingRule(const RuleSet& rules);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_WORST_CASES_H_
