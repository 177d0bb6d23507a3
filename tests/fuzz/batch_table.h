// A small table that bytes choose, with what its rows are as events.

#ifndef HYPERSIGMA_TESTS_FUZZ_BATCH_TABLE_H_
#define HYPERSIGMA_TESTS_FUZZ_BATCH_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "tests/support/arrow_table.h"
#include "tests/support/cell_table.h"
#include "tests/support/random.h"

namespace hypersigma::fuzz {

// Not movable: its structs point into it.
class BatchTable {
 public:
  // The same choices give the same table.
  BatchTable(const Engine& engine, generator::Random& random);

  std::size_t row_count() const { return total_ - skip_; }
  std::size_t column_count() const { return columns_.size(); }
  internal::ArrowTable& table() { return table_; }

  // The pairs of a row, counted as the batch counts them. Borrows.
  std::vector<FieldValue> EventOf(std::size_t row) const;

 private:
  void AddColumn(generator::Random& random);
  void AddTexts(generator::Random& random);
  void AddIntegers(generator::Random& random);
  void AddReals(generator::Random& random);
  void AddBools(generator::Random& random);
  void AddNulls();
  void AddLists(generator::Random& random);
  // Takes rows out of the batch as a whole.
  void AddNullRows(generator::Random& random);

  internal::CellColumn& last() { return columns_.back(); }

  const Engine* engine_;
  std::size_t total_;  // rows, those that the batch's offset skips included
  std::size_t skip_;
  internal::ArrowTable table_;
  std::vector<internal::CellColumn> columns_;
  std::string row_bits_;  // empty: no row is null
  const void* row_buffer_ = nullptr;
};

}  // namespace hypersigma::fuzz

#endif  // HYPERSIGMA_TESTS_FUZZ_BATCH_TABLE_H_
