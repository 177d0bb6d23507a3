#include "bench/support/pass_timer.h"

#include <time.h>

#include "bench/ceiling_walk.h"

namespace hypersigma::bench {

double Now(Clock clock) {
  constexpr clockid_t kClocks[] = {CLOCK_THREAD_CPUTIME_ID,
                                   CLOCK_PROCESS_CPUTIME_ID, CLOCK_MONOTONIC};
  timespec now{};
  clock_gettime(kClocks[static_cast<int>(clock)], &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) * 1e-9;
}

double Ceiling::Pass(const Events& events, Clock clock) {
  std::uint64_t sum = 0;
  const double begin = Now(clock);
  for (const std::string_view line : events.lines()) {
    sum += WalkLine(parser_, line);
  }
  const double seconds = Now(clock) - begin;
  benchmark::DoNotOptimize(sum);
  return seconds;
}

void PassTimer::BeginPaused() {
  ceiling_seconds_ += ceiling_.Pass(events_, clock_);
  begin_ = Now(clock_);
  state_.ResumeTiming();
}

void PassTimer::Report() {
  state_.counters["share"] = ceiling_seconds_ / own_seconds_;
  const auto passes = static_cast<double>(state_.iterations());
  const auto rate = [&](std::size_t count) {
    return passes * static_cast<double>(count) / own_seconds_;
  };
  state_.counters["items_per_second"] = rate(events_.lines().size());
  state_.counters["bytes_per_second"] = rate(events_.byte_count());
}

}  // namespace hypersigma::bench
