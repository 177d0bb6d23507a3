// Flags of a benchmark program, taken out before Google Benchmark sees its own.

#ifndef HYPERSIGMA_BENCH_SUPPORT_FLAGS_H_
#define HYPERSIGMA_BENCH_SUPPORT_FLAGS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace hypersigma::bench {

// Borrows the arguments of main().
class Flags {
 public:
  Flags(int& argc, char** argv) : argc_(argc), argv_(argv) {}

  // Takes `--name=value`; `fallback` if it is not there.
  std::string TakeText(std::string_view name, std::string fallback);
  // The same for a whole number. Ends the program if it is none.
  std::size_t TakeCount(std::string_view name, std::size_t fallback);
  // Takes `--name`; whether it is there.
  bool TakeSwitch(std::string_view name);

  // Whether nothing is to be run, so that nothing has to be checked.
  bool only_lists() const;

  // Runs what is registered under what is left of the flags; files that they
  // ask for are JSON. Returns the exit code; flags that nobody knows are an
  // error.
  int RunBenchmarks();

 private:
  bool HasFlag(std::string_view prefix) const;
  void Remove(int position);

  int& argc_;
  char** argv_;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_FLAGS_H_
