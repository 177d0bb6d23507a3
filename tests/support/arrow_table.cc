#include "tests/support/arrow_table.h"

#include <map>

namespace hypersigma::internal {
namespace {

template <typename T>
void Append(T value, std::string& buffer) {
  buffer.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void SetBit(std::size_t bit, std::string& buffer) {
  if (buffer.size() <= bit / 8) buffer.resize(bit / 8 + 1);
  buffer[bit / 8] = static_cast<char>(buffer[bit / 8] | 1 << (bit % 8));
}

void AppendNumber(std::string_view format, std::int64_t value,
                  std::string& buffer) {
  switch (format.front()) {
    case 'c':
    case 'C':
      return Append(static_cast<std::uint8_t>(value), buffer);
    case 's':
    case 'S':
      return Append(static_cast<std::uint16_t>(value), buffer);
    case 'i':
    case 'I':
      return Append(static_cast<std::uint32_t>(value), buffer);
    default:
      return Append(static_cast<std::uint64_t>(value), buffer);
  }
}

void AppendOffset(bool is_large, std::size_t offset, std::string& buffer) {
  if (is_large) {
    Append(static_cast<std::int64_t>(offset), buffer);
  } else {
    Append(static_cast<std::int32_t>(offset), buffer);
  }
}

// Structs that own nothing still must not look released.
void ReleaseSchema(ArrowSchema* schema) { schema->release = nullptr; }
void ReleaseArray(ArrowArray* array) { array->release = nullptr; }

}  // namespace

ArrowColumnParts& ArrowTable::NewColumn(std::string_view name,
                                        std::string_view format,
                                        std::size_t cell_count) {
  ArrowColumnParts& column = parts_.emplace_back();
  column.format = format;
  column.name = name;
  column.schema.flags = ARROW_FLAG_NULLABLE;
  column.schema.release = &ReleaseSchema;
  column.array.release = &ReleaseArray;
  column.array.length = static_cast<std::int64_t>(cell_count);
  return column;
}

void ArrowTable::Connect(ArrowColumnParts& column) {
  column.schema.format = column.format.c_str();
  column.schema.name = column.name.c_str();
  column.buffer_pointers.clear();
  for (std::size_t i = 0; i < column.buffers.size(); ++i) {
    column.buffer_pointers.push_back(
        column.has_buffer[i] ? column.buffers[i].data() : nullptr);
  }
  column.array.n_buffers =
      static_cast<std::int64_t>(column.buffer_pointers.size());
  column.array.buffers = column.buffer_pointers.data();
  column.schema.n_children =
      static_cast<std::int64_t>(column.child_schemas.size());
  column.schema.children = column.child_schemas.data();
  column.array.n_children = column.schema.n_children;
  column.array.children = column.child_arrays.data();
}

template <typename Cells>
void ArrowTable::AddValidity(const Cells& cells,
                             ArrowColumnParts& column) const {
  std::string bits((lead_ + cells.size() + 7) / 8, '\0');
  std::int64_t null_count = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].has_value()) {
      SetBit(lead_ + i, bits);
    } else {
      ++null_count;
    }
  }
  column.array.offset = static_cast<std::int64_t>(lead_);
  column.array.null_count = null_count;
  column.buffers.push_back(std::move(bits));
  column.has_buffer.push_back(null_count > 0);
}

void ArrowTable::FillText(const TextCells& cells, std::size_t lead,
                          ArrowColumnParts& column) const {
  const bool is_large = column.format == "U";
  std::string offsets;
  std::string text;
  for (std::size_t i = 0; i < lead; ++i) {
    AppendOffset(is_large, text.size(), offsets);
    text += "lead";
  }
  for (const std::optional<std::string>& cell : cells) {
    AppendOffset(is_large, text.size(), offsets);
    text += cell.value_or("null");  // what is under a null does not matter
  }
  AppendOffset(is_large, text.size(), offsets);
  column.buffers.push_back(std::move(offsets));
  column.buffers.push_back(std::move(text));
  column.has_buffer.insert(column.has_buffer.end(), 2, true);
}

void ArrowTable::FillViews(const TextCells& cells, std::size_t lead,
                           ArrowColumnParts& column) {
  constexpr std::size_t kInline = 12;
  std::string views(lead * 16, '\xEE');
  // Two buffers, in turn.
  std::string texts[2];
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!cells[i].has_value()) {
      views.append(16, '\xEE');
      continue;
    }
    const std::string& text = *cells[i];
    Append(static_cast<std::int32_t>(text.size()), views);
    if (text.size() <= kInline) {
      views += text;
      views.append(kInline - text.size(), '\0');
      continue;
    }
    std::string& into = texts[i % 2];
    views += text.substr(0, 4);
    Append(static_cast<std::int32_t>(i % 2), views);
    Append(static_cast<std::int32_t>(into.size()), views);
    into += text;
  }
  std::string sizes;
  for (const std::string& text : texts) {
    Append(static_cast<std::int64_t>(text.size()), sizes);
  }
  column.buffers.push_back(std::move(views));
  column.buffers.push_back(std::move(texts[0]));
  column.buffers.push_back(std::move(texts[1]));
  column.buffers.push_back(std::move(sizes));
  column.has_buffer.insert(column.has_buffer.end(), 4, true);
}

void ArrowTable::AddText(std::string_view name, std::string_view format,
                         const TextCells& cells) {
  ArrowColumnParts& column = NewColumn(name, format, cells.size());
  AddValidity(cells, column);
  if (format == "vu") {
    FillViews(cells, lead_, column);
  } else {
    FillText(cells, lead_, column);
  }
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::AddDictionary(std::string_view name, std::string_view index,
                               std::string_view format,
                               const TextCells& cells) {
  // The dictionary begins with a value that nothing uses.
  TextCells values = {"unused"};
  std::map<std::string, std::int64_t> positions;
  NumberCells numbers;
  for (const std::optional<std::string>& cell : cells) {
    if (!cell.has_value()) {
      numbers.emplace_back();
      continue;
    }
    const auto [at, is_new] =
        positions.try_emplace(*cell, static_cast<std::int64_t>(values.size()));
    if (is_new) values.push_back(cell);
    numbers.emplace_back(at->second);
  }
  AddNumbers(name, index, numbers);
  ArrowColumnParts& column = *columns_.back();
  ArrowColumnParts& dictionary = NewColumn("", format, values.size());
  dictionary.array.null_count = 0;
  dictionary.buffers.emplace_back();
  dictionary.has_buffer.push_back(false);
  if (format == "vu") {
    FillViews(values, 0, dictionary);
  } else {
    FillText(values, 0, dictionary);
  }
  Connect(dictionary);
  column.schema.dictionary = &dictionary.schema;
  column.array.dictionary = &dictionary.array;
}

void ArrowTable::AddNumbers(std::string_view name, std::string_view format,
                            const NumberCells& cells) {
  ArrowColumnParts& column = NewColumn(name, format, cells.size());
  AddValidity(cells, column);
  std::string values;
  for (std::size_t i = 0; i < lead_; ++i) AppendNumber(format, -1, values);
  for (const std::optional<std::int64_t>& cell : cells) {
    AppendNumber(format, cell.value_or(-1), values);
  }
  column.buffers.push_back(std::move(values));
  column.has_buffer.push_back(true);
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::AddReals(std::string_view name, std::string_view format,
                          const RealCells& cells) {
  ArrowColumnParts& column = NewColumn(name, format, cells.size());
  AddValidity(cells, column);
  std::string values;
  const auto append = [&](double value) {
    if (format == "f") {
      Append(static_cast<float>(value), values);
    } else {
      Append(value, values);
    }
  };
  for (std::size_t i = 0; i < lead_; ++i) append(-1);
  for (const std::optional<double>& cell : cells) append(cell.value_or(-1));
  column.buffers.push_back(std::move(values));
  column.has_buffer.push_back(true);
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::AddBools(std::string_view name, const BoolCells& cells) {
  ArrowColumnParts& column = NewColumn(name, "b", cells.size());
  AddValidity(cells, column);
  std::string bits((lead_ + cells.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].value_or(false)) SetBit(lead_ + i, bits);
  }
  column.buffers.push_back(std::move(bits));
  column.has_buffer.push_back(true);
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::AddNulls(std::string_view name) {
  ArrowColumnParts& column = NewColumn(name, "n", row_count_);
  column.array.offset = static_cast<std::int64_t>(lead_);
  column.array.null_count = column.array.length;
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::AddLists(std::string_view name, std::string_view format,
                          std::string_view element_format,
                          const ListCells& cells) {
  ArrowColumnParts& column = NewColumn(name, format, cells.size());
  AddValidity(cells, column);
  TextCells elements;
  std::string offsets;
  const bool is_large = format == "+L";
  for (std::size_t i = 0; i < lead_; ++i) AppendOffset(is_large, 0, offsets);
  for (const std::optional<TextCells>& cell : cells) {
    AppendOffset(is_large, elements.size(), offsets);
    if (!cell.has_value()) continue;
    elements.insert(elements.end(), cell->begin(), cell->end());
  }
  AppendOffset(is_large, elements.size(), offsets);
  column.buffers.push_back(std::move(offsets));
  column.has_buffer.push_back(true);
  AddText("item", element_format, elements);
  ArrowColumnParts& child = *columns_.back();
  columns_.pop_back();
  column.child_schemas = {&child.schema};
  column.child_arrays = {&child.array};
  Connect(column);
  columns_.push_back(&column);
}

void ArrowTable::Finish(std::size_t skip) {
  schemas_.clear();
  arrays_.clear();
  for (ArrowColumnParts* column : columns_) {
    schemas_.push_back(&column->schema);
    arrays_.push_back(&column->array);
  }
  schema_ = {};
  schema_.format = "+s";
  schema_.name = "";
  schema_.n_children = static_cast<std::int64_t>(schemas_.size());
  schema_.children = schemas_.data();
  schema_.release = &ReleaseSchema;
  array_ = {};
  array_.length = static_cast<std::int64_t>(row_count_ - skip);
  array_.offset = static_cast<std::int64_t>(skip);
  array_.n_buffers = 1;
  array_.buffers = &no_buffer_;
  array_.n_children = schema_.n_children;
  array_.children = arrays_.data();
  array_.release = &ReleaseArray;
}

}  // namespace hypersigma::internal
