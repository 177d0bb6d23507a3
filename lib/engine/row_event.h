// A row of a batch as an event.

#ifndef HYPERSIGMA_LIB_ENGINE_ROW_EVENT_H_
#define HYPERSIGMA_LIB_ENGINE_ROW_EVENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hypersigma/event.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// A column of a batch and the field that it is.
struct BatchColumn {
  const ArrowColumn* column = nullptr;
  // kUnnamedField: of no field of the engine.
  FieldId member = kUnnamedField;
  // No other column is of the same field.
  bool is_only = true;
};

// Reads the values of one row after the other; allocates only to grow. A null,
// and a number that JSON cannot write, is no value: its field is missing. A
// null in a list is a null. Not thread safe.
class RowEvent {
 public:
  // Returns the values of `columns` in `row`, valid until the next call.
  Event Read(std::span<const BatchColumn> columns, std::size_t row);

  // Returns those of one column.
  std::span<const Value> ReadColumn(const ArrowColumn& column, std::size_t row);

 private:
  void Append(const ArrowColumn& column, std::size_t row, bool is_element);
  void AppendList(const ArrowColumn& column, std::size_t row);
  void Clear();
  // Gives numbers their texts.
  void Finish();

  std::vector<FieldValue> pairs_;
  std::vector<Value> values_;
  std::string texts_;  // of numbers, one after the other
  struct Number {
    std::size_t value = 0;  // position in values_
    std::size_t end = 0;    // of its text
  };
  std::vector<Number> numbers_;
  std::string number_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROW_EVENT_H_
