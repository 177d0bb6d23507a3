// Rows of values that are handed over both ways: as Arrow columns in any
// encoding, and row by row as events.

#ifndef HYPERSIGMA_TESTS_SUPPORT_CELL_TABLE_H_
#define HYPERSIGMA_TESTS_SUPPORT_CELL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "hypersigma/event.h"
#include "tests/support/arrow_table.h"
#include "tests/support/random.h"

namespace hypersigma::internal {

// What a row has of a column.
struct Cell {
  // Nothing at all; otherwise a scalar, or the elements of a list.
  bool is_null = true;
  bool is_list = false;
  ValueKind kind = ValueKind::kString;  // string, number or bool
  std::string text;
  TextCells elements;
};

struct CellColumn {
  std::string name;
  FieldId field = kUnnamedField;
  std::vector<Cell> cells;
};

// Returns the pairs of a row. Borrows from the columns.
std::vector<FieldValue> EventOfRow(const std::vector<CellColumn>& columns,
                                   std::size_t row);

// Makes all cells of the column of one type, the one that most take: what is of
// another becomes null, but for scalars where there are lists.
void MakeUniform(CellColumn& column);

// Adds the columns, each in an encoding of its type that is chosen at random.
// REQUIRES: they are uniform.
void AddCells(const std::vector<CellColumn>& columns, generator::Random& random,
              ArrowTable& table);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_SUPPORT_CELL_TABLE_H_
