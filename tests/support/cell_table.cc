#include "tests/support/cell_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <string_view>

namespace hypersigma::internal {
namespace {

constexpr std::array<std::string_view, 3> kTextFormats = {"u", "U", "vu"};

std::optional<std::int64_t> IntegerOf(const std::string& text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  // Others would be written otherwise.
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  if (std::to_string(value) != text) return std::nullopt;
  return value;
}

TextCells TextsOf(const CellColumn& column) {
  TextCells texts;
  for (const Cell& cell : column.cells) {
    texts.push_back(cell.is_null ? std::nullopt
                                 : std::optional<std::string>(cell.text));
  }
  return texts;
}

void AddTexts(const CellColumn& column, generator::Random& random,
              ArrowTable& table) {
  const TextCells texts = TextsOf(column);
  const std::string_view format = random.Pick(kTextFormats);
  if (random.Chance(50)) return table.AddText(column.name, format, texts);
  const std::set<std::optional<std::string>> distinct(texts.begin(),
                                                      texts.end());
  const std::string_view indices = distinct.size() < 100 ? "cCsSiIlL" : "iIlL";
  table.AddDictionary(column.name,
                      indices.substr(random.Below(indices.size()), 1), format,
                      texts);
}

void AddIntegers(const CellColumn& column, generator::Random& random,
                 ArrowTable& table) {
  NumberCells numbers;
  bool are_small = true;
  for (const Cell& cell : column.cells) {
    numbers.push_back(cell.is_null ? std::nullopt : IntegerOf(cell.text));
    const std::int64_t number = numbers.back().value_or(0);
    are_small = are_small && number >= 0 && number < 128;
  }
  table.AddNumbers(
      column.name,
      are_small ? std::string_view("cCsSiIlL").substr(random.Below(8), 1) : "l",
      numbers);
}

void AddBools(const CellColumn& column, ArrowTable& table) {
  BoolCells bools;
  for (const Cell& cell : column.cells) {
    bools.push_back(cell.is_null ? std::nullopt
                                 : std::optional<bool>(cell.text == "true"));
  }
  table.AddBools(column.name, bools);
}

void AddLists(const CellColumn& column, generator::Random& random,
              ArrowTable& table) {
  ListCells lists;
  for (const Cell& cell : column.cells) {
    lists.push_back(cell.is_null ? std::nullopt
                                 : std::optional<TextCells>(cell.elements));
  }
  table.AddLists(column.name, random.Chance(50) ? "+l" : "+L",
                 random.Pick(kTextFormats), lists);
}

}  // namespace

std::vector<FieldValue> EventOfRow(const std::vector<CellColumn>& columns,
                                   std::size_t row) {
  std::vector<FieldValue> pairs;
  for (const CellColumn& column : columns) {
    const Cell& cell = column.cells[row];
    if (cell.is_null) continue;
    if (!cell.is_list) {
      pairs.push_back({column.field, {cell.kind, cell.text}});
      continue;
    }
    if (cell.elements.empty()) {
      pairs.push_back({column.field, Value::EmptyArray()});
    }
    for (const std::optional<std::string>& element : cell.elements) {
      pairs.push_back({column.field, element.has_value()
                                         ? Value::String(*element)
                                         : Value::Null()});
    }
  }
  return pairs;
}

void MakeUniform(CellColumn& column) {
  const bool any_list =
      std::any_of(column.cells.begin(), column.cells.end(),
                  [](const Cell& cell) { return cell.is_list; });
  std::array<std::size_t, 3> counts{};
  for (Cell& cell : column.cells) {
    if (cell.is_null) continue;
    if (cell.kind == ValueKind::kNumber && !IntegerOf(cell.text)) {
      cell.kind = ValueKind::kString;
    }
    ++counts[static_cast<std::size_t>(cell.kind)];
  }
  const auto most = static_cast<ValueKind>(
      std::max_element(counts.begin(), counts.end()) - counts.begin());
  for (Cell& cell : column.cells) {
    if (cell.is_null) continue;
    if (any_list && !cell.is_list) {
      cell.elements = {cell.text};
      cell.is_list = true;
    } else if (!any_list && cell.kind != most) {
      cell.is_null = true;
    }
  }
}

void AddCells(const std::vector<CellColumn>& columns, generator::Random& random,
              ArrowTable& table) {
  for (const CellColumn& column : columns) {
    const auto some =
        std::find_if(column.cells.begin(), column.cells.end(),
                     [](const Cell& cell) { return !cell.is_null; });
    if (some == column.cells.end()) {
      table.AddNulls(column.name);
    } else if (some->is_list) {
      AddLists(column, random, table);
    } else if (some->kind == ValueKind::kNumber) {
      AddIntegers(column, random, table);
    } else if (some->kind == ValueKind::kBool) {
      AddBools(column, table);
    } else {
      AddTexts(column, random, table);
    }
  }
}

}  // namespace hypersigma::internal
