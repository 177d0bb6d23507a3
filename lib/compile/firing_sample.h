// How often predicates fired in a sample of events, as plain data.

#ifndef HYPERSIGMA_LIB_COMPILE_FIRING_SAMPLE_H_
#define HYPERSIGMA_LIB_COMPILE_FIRING_SAMPLE_H_

#include <cstdint>
#include <map>
#include <vector>

#include "hypersigma/taxonomy.h"
#include "lib/compile/predicate_name.h"

namespace hypersigma::internal {

// Events of the sample that belong to the same log sources.
struct SampleSlice {
  std::vector<LogSource> log_sources;  // folded; none for unclassified events
  std::uint64_t events = 0;

  friend bool operator==(const SampleSlice&, const SampleSlice&) = default;
};

// Of the events of a slice, those in which a predicate fired.
struct SliceCount {
  std::uint32_t slice = 0;
  std::uint64_t events = 0;  // more than none

  friend bool operator==(const SliceCount&, const SliceCount&) = default;
};

struct FiringSample {
  std::vector<SampleSlice> slices;
  // Of every predicate that was counted, in order of slices; empty for one that
  // never fired.
  std::map<PredicateName, std::vector<SliceCount>> fired;

  friend bool operator==(const FiringSample&, const FiringSample&) = default;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_FIRING_SAMPLE_H_
