// What a benchmark does when it cannot go on: a message, and the end.

#ifndef HYPERSIGMA_BENCH_SUPPORT_OR_DIE_H_
#define HYPERSIGMA_BENCH_SUPPORT_OR_DIE_H_

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::bench {

// Exit codes: results are wrong; something could not be done.
inline constexpr int kWrongResults = 1;
inline constexpr int kCannotRun = 2;

// Writes `message` to stderr and ends the program.
[[noreturn]] inline void Die(const std::string& message,
                             int exit_code = kCannotRun) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(exit_code);
}

inline void OrDie(const absl::Status& status) {
  if (!status.ok()) Die(status.ToString());
}

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  OrDie(value.status());
  return *std::move(value);
}

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_OR_DIE_H_
