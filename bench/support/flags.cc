#include "bench/support/flags.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "bench/support/or_die.h"
#include "bench/support/plain_names.h"

namespace hypersigma::bench {

std::string Flags::TakeText(std::string_view name, std::string fallback) {
  const std::string prefix = "--" + std::string(name) + "=";
  for (int i = 1; i < argc_; ++i) {
    if (!std::string_view(argv_[i]).starts_with(prefix)) continue;
    fallback = argv_[i] + prefix.size();
    Remove(i);
    break;
  }
  return fallback;
}

std::size_t Flags::TakeCount(std::string_view name, std::size_t fallback) {
  const std::string text = TakeText(name, std::to_string(fallback));
  std::size_t count = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) {
    Die("--" + std::string(name) + " takes a whole number, not '" + text + "'");
  }
  return count;
}

bool Flags::TakeSwitch(std::string_view name) {
  const std::string flag = "--" + std::string(name);
  for (int i = 1; i < argc_; ++i) {
    if (argv_[i] != flag) continue;
    Remove(i);
    return true;
  }
  return false;
}

bool Flags::only_lists() const {
  return HasFlag("--benchmark_list_tests") &&
         !HasFlag("--benchmark_list_tests=false");
}

bool Flags::HasFlag(std::string_view prefix) const {
  return std::any_of(argv_ + 1, argv_ + argc_,
                     [prefix](std::string_view argument) {
                       return argument.starts_with(prefix);
                     });
}

int Flags::RunBenchmarks() {
  std::unique_ptr<PlainNames> file;
  if (HasFlag("--benchmark_out=")) {
    file = std::make_unique<PlainNames>(
        std::make_unique<benchmark::JSONReporter>());
  }
  benchmark::Initialize(&argc_, argv_);
  if (benchmark::ReportUnrecognizedArguments(argc_, argv_)) return kCannotRun;
  PlainNames display(std::unique_ptr<benchmark::BenchmarkReporter>(
      benchmark::CreateDefaultDisplayReporter()));
  benchmark::RunSpecifiedBenchmarks(&display, file.get());
  benchmark::Shutdown();
  return 0;
}

void Flags::Remove(int position) {
  std::copy(argv_ + position + 1, argv_ + argc_, argv_ + position);
  --argc_;
}

}  // namespace hypersigma::bench
