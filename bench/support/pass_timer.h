// Times passes over events, each beside a pass of the ceiling over the same
// events, so that what disturbs one disturbs the other.

#ifndef HYPERSIGMA_BENCH_SUPPORT_PASS_TIMER_H_
#define HYPERSIGMA_BENCH_SUPPORT_PASS_TIMER_H_

#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <cstddef>
#include <cstdint>

#include "bench/support/events.h"

namespace hypersigma::bench {

enum class Clock : std::uint8_t {
  kThread,   // time that this thread was running
  kProcess,  // the same of all threads
  kWall,     // for what several threads do
};

// Seconds since some moment in the past.
double Now(Clock clock);

// Runs the ceiling: the work that no JSON scanner on simdjson can avoid.
class Ceiling {
 public:
  // Returns the seconds that one pass over `events` took.
  double Pass(const Events& events, Clock clock = Clock::kThread);

 private:
  simdjson::ondemand::parser parser_;
};

// Usage, in a benchmark's loop: Begin(), what is to be timed, End(); after the
// loop Report().
class PassTimer {
 public:
  // Borrows both.
  PassTimer(benchmark::State& state, const Events& events,
            Clock clock = Clock::kThread)
      : state_(state), events_(events), clock_(clock) {}

  // Pauses the benchmark's time, calls `prepare`, passes the ceiling, and goes
  // on.
  template <typename Prepare>
  void Begin(const Prepare& prepare) {
    state_.PauseTiming();
    prepare();
    BeginPaused();
  }
  void Begin() {
    Begin([] {});
  }
  void End() { own_seconds_ += Now(clock_) - begin_; }

  // Sets the counters "items_per_second" (events) and "bytes_per_second", by
  // the clock that was chosen, and "share": the ceiling's time divided by the
  // time of what was timed.
  void Report();

  double own_seconds() const { return own_seconds_; }

 private:
  void BeginPaused();

  benchmark::State& state_;
  const Events& events_;
  Clock clock_;
  Ceiling ceiling_;
  double begin_ = 0;
  double own_seconds_ = 0;
  double ceiling_seconds_ = 0;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_PASS_TIMER_H_
