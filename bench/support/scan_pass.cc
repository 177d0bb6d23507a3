#include "bench/support/scan_pass.h"

#include "bench/support/or_die.h"

namespace hypersigma::bench {

Scanner MakeScanner(const Engine& engine, const ScannerOptions& options) {
  return OrDie(Scanner::Create(engine, options));
}

std::size_t ScanPass(Scanner& scanner, const Events& events) {
  std::size_t matches = 0;
  for (const std::string_view line : events.lines()) {
    const absl::StatusOr<ScanResult> result =
        scanner.ScanJson(line, events.ReadableBehind(line));
    if (!result.ok()) Die(result.status().ToString());
    matches += result->matches.size();
  }
  return matches;
}

}  // namespace hypersigma::bench
