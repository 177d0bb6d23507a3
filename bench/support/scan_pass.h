// One pass of a scanner over events.

#ifndef HYPERSIGMA_BENCH_SUPPORT_SCAN_PASS_H_
#define HYPERSIGMA_BENCH_SUPPORT_SCAN_PASS_H_

#include <cstddef>

#include "bench/support/events.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma::bench {

// Ends the program if a scanner cannot be had.
Scanner MakeScanner(const Engine& engine, const ScannerOptions& options = {});

// Returns how many rules match, event by event. Ends the program at an event
// that cannot be read.
std::size_t ScanPass(Scanner& scanner, const Events& events);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_SCAN_PASS_H_
