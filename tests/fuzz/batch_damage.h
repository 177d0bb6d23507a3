// Makes a batch contradict itself, in ways that ScanBatch() promises to see or
// to survive: how long a buffer is cannot be seen, so that no damage makes one
// seem longer.

#ifndef HYPERSIGMA_TESTS_FUZZ_BATCH_DAMAGE_H_
#define HYPERSIGMA_TESTS_FUZZ_BATCH_DAMAGE_H_

#include <cstddef>

#include "tests/support/arrow_table.h"
#include "tests/support/random.h"

namespace hypersigma::fuzz {

// What must become of a damaged batch.
enum class Outcome {
  // It is refused.
  kRefused,
  // It is refused, or taken for another one that is well formed.
  kEither,
};

// Damages one of the columns, or the batch. REQUIRES: a finished table with a
// column and a row that is not skipped.
Outcome DamageBatch(std::size_t column_count, internal::ArrowTable& table,
                    generator::Random& random);

}  // namespace hypersigma::fuzz

#endif  // HYPERSIGMA_TESTS_FUZZ_BATCH_DAMAGE_H_
