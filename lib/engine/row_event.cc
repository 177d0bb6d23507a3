#include "lib/engine/row_event.h"

#include <string_view>

namespace hypersigma::internal {

Event RowEvent::Read(std::span<const BatchColumn> columns, std::size_t row) {
  Clear();
  pairs_.clear();
  for (const BatchColumn& column : columns) {
    Append(*column.column, row, /*is_element=*/false);
    while (pairs_.size() < values_.size()) {
      pairs_.push_back({column.member, Value()});
    }
  }
  Finish();
  for (std::size_t i = 0; i < pairs_.size(); ++i) pairs_[i].value = values_[i];
  return pairs_;
}

std::span<const Value> RowEvent::ReadColumn(const ArrowColumn& column,
                                            std::size_t row) {
  Clear();
  Append(column, row, /*is_element=*/false);
  Finish();
  return values_;
}

void RowEvent::Clear() {
  values_.clear();
  numbers_.clear();
  texts_.clear();
}

void RowEvent::Append(const ArrowColumn& column, std::size_t row,
                      bool is_element) {
  const ArrowColumn* values = &column;
  std::size_t at = row;
  bool is_null = column.IsNull(row);
  if (!is_null && column.dictionary != nullptr) {
    at = column.Position(row);
    values = column.dictionary.get();
    is_null = values->IsNull(at);
  }
  if (!is_null && values->type.kind == ArrowKind::kList) {
    AppendList(*values, at);
    return;
  }
  const Value value = is_null ? Value::Null() : values->ValueAt(at, number_);
  if (value.kind == ValueKind::kNull && !is_element) return;
  if (value.kind == ValueKind::kNumber) {
    texts_ += value.text;
    numbers_.push_back({values_.size(), texts_.size()});
  }
  values_.push_back(value);
}

void RowEvent::AppendList(const ArrowColumn& column, std::size_t row) {
  const auto begin = static_cast<std::size_t>(column.Offset(row));
  const auto end = static_cast<std::size_t>(column.Offset(row + 1));
  if (begin == end) values_.push_back(Value::EmptyArray());
  for (std::size_t i = begin; i < end; ++i) {
    Append(*column.elements, i, /*is_element=*/true);
  }
}

void RowEvent::Finish() {
  std::size_t begin = 0;
  for (const Number& number : numbers_) {
    values_[number.value].text =
        std::string_view(texts_).substr(begin, number.end - begin);
    begin = number.end;
  }
}

}  // namespace hypersigma::internal
