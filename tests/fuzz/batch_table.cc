#include "tests/fuzz/batch_table.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace hypersigma::fuzz {
namespace {

using generator::Random;
using internal::Cell;

constexpr std::size_t kMaxRows = 40;
constexpr std::size_t kMaxColumns = 6;

// Fields of the rules and of the log source map, and one that is neither.
constexpr std::array<std::string_view, 8> kNames = {
    "Channel", "EventID", "Image", "NewProcessName", "F", "G", "H", "other"};
// What rules and the map look for, and what is near it.
constexpr std::array<std::string_view, 24> kTexts = {"",
                                                     "one",
                                                     "TWO",
                                                     "end",
                                                     "x-y",
                                                     "mimikatz",
                                                     "10",
                                                     "9.5",
                                                     "10.1.2.3",
                                                     "\\",
                                                     "*",
                                                     " ",
                                                     "null",
                                                     "true",
                                                     "\xFF",
                                                     "\xE2\x84\xAA",
                                                     "a b",
                                                     "1",
                                                     "4688",
                                                     "Security",
                                                     "security",
                                                     "twelve bytes",
                                                     "thirteen bytes",
                                                     "more than a view holds"};
constexpr std::string_view kSysmon = "Microsoft-Windows-Sysmon/Operational";
constexpr std::array<std::string_view, 3> kTextFormats = {"u", "U", "vu"};
constexpr std::array<std::int64_t, 12> kIntegers = {
    0,
    1,
    10,
    -1,
    127,
    128,
    255,
    4688,
    65'535,
    std::int64_t{1} << 40,
    std::numeric_limits<std::int64_t>::min(),
    std::numeric_limits<std::int64_t>::max()};
constexpr std::array<double, 10> kReals = {
    0.0, -0.0,  1.0,      9.5,      9.75,
    10., 1e300, 4.9e-324, HUGE_VAL, std::numeric_limits<double>::quiet_NaN()};

std::string SomeText(Random& random) {
  if (random.Chance(15)) return std::string(kSysmon);
  std::string text(random.Pick(kTexts));
  while (random.Chance(25)) text += random.Pick(kTexts);
  return text;
}

template <typename Number>
std::string TextOf(Number number) {
  std::array<char, 32> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return {digits.data(), end};
}

// What an integer of `format` has of `value`.
std::string IntegerText(char format, std::int64_t value) {
  switch (format) {
    case 'c':
      return std::to_string(static_cast<std::int8_t>(value));
    case 'C':
      return std::to_string(static_cast<std::uint8_t>(value));
    case 's':
      return std::to_string(static_cast<std::int16_t>(value));
    case 'S':
      return std::to_string(static_cast<std::uint16_t>(value));
    case 'i':
      return std::to_string(static_cast<std::int32_t>(value));
    case 'I':
      return std::to_string(static_cast<std::uint32_t>(value));
    case 'l':
      return std::to_string(value);
    default:
      return std::to_string(static_cast<std::uint64_t>(value));
  }
}

Cell ScalarCell(ValueKind kind, std::string text) {
  Cell cell;
  cell.is_null = false;
  cell.kind = kind;
  cell.text = std::move(text);
  return cell;
}

}  // namespace

BatchTable::BatchTable(const Engine& engine, Random& random)
    : engine_(&engine),
      total_(random.Between(1, kMaxRows)),
      skip_(random.Chance(25) ? random.Below(total_) : 0),
      table_(total_, random.Chance(25) ? random.Below(9) : 0) {
  for (std::size_t i = random.Between(1, kMaxColumns); i > 0; --i) {
    AddColumn(random);
  }
  table_.Finish(skip_);
  if (random.Chance(20)) AddNullRows(random);
}

std::vector<FieldValue> BatchTable::EventOf(std::size_t row) const {
  const std::size_t at = row + skip_;
  if (!row_bits_.empty() &&
      (static_cast<unsigned char>(row_bits_[at / 8]) >> (at % 8) & 1) == 0) {
    return {};
  }
  return EventOfRow(columns_, at);
}

void BatchTable::AddColumn(Random& random) {
  const std::string name(random.Pick(kNames));
  columns_.push_back({name, engine_->FindField(name), {}});
  switch (random.Below(8)) {
    case 0:
      return AddIntegers(random);
    case 1:
      return AddReals(random);
    case 2:
      return AddBools(random);
    case 3:
      return AddNulls();
    case 4:
      return AddLists(random);
    default:
      return AddTexts(random);
  }
}

// Texts themselves, or a dictionary of them. A few that repeat.
void BatchTable::AddTexts(Random& random) {
  std::vector<std::optional<std::string>> some;
  for (std::size_t i = random.Between(1, 5); i > 0; --i) {
    some.emplace_back(SomeText(random));
  }
  if (random.Chance(50)) some.emplace_back();
  internal::TextCells texts;
  for (std::size_t row = 0; row < total_; ++row) {
    texts.push_back(random.Pick(some));
    last().cells.push_back(texts.back().has_value()
                               ? ScalarCell(ValueKind::kString, *texts.back())
                               : Cell());
  }
  const std::string_view format = random.Pick(kTextFormats);
  if (random.Chance(50)) return table_.AddText(last().name, format, texts);
  table_.AddDictionary(last().name,
                       std::string_view("cCsSiIlL").substr(random.Below(8), 1),
                       format, texts);
}

void BatchTable::AddIntegers(Random& random) {
  const std::string_view format =
      std::string_view("cCsSiIlL").substr(random.Below(8), 1);
  internal::NumberCells numbers;
  for (std::size_t row = 0; row < total_; ++row) {
    numbers.emplace_back();
    if (!random.Chance(10)) numbers.back() = random.Pick(kIntegers);
    last().cells.push_back(
        numbers.back().has_value()
            ? ScalarCell(ValueKind::kNumber,
                         IntegerText(format.front(), *numbers.back()))
            : Cell());
  }
  table_.AddNumbers(last().name, format, numbers);
}

// What is not finite is as good as null.
void BatchTable::AddReals(Random& random) {
  const bool is_float = random.Chance(50);
  internal::RealCells reals;
  for (std::size_t row = 0; row < total_; ++row) {
    reals.emplace_back();
    if (!random.Chance(10)) reals.back() = random.Pick(kReals);
    const double value = reals.back().value_or(HUGE_VAL);
    // 1e300 is past the greatest float.
    const bool is_finite =
        std::isfinite(value) &&
        (!is_float || std::abs(value) <= std::numeric_limits<float>::max());
    if (!is_finite) {
      if (is_float && value == 1e300) reals.back() = HUGE_VAL;
      last().cells.emplace_back();
      continue;
    }
    last().cells.push_back(ScalarCell(
        ValueKind::kNumber,
        is_float ? TextOf(static_cast<float>(value)) : TextOf(value)));
  }
  table_.AddReals(last().name, is_float ? "f" : "g", reals);
}

void BatchTable::AddBools(Random& random) {
  internal::BoolCells bools;
  for (std::size_t row = 0; row < total_; ++row) {
    bools.emplace_back();
    if (!random.Chance(10)) bools.back() = random.Chance(50);
    last().cells.push_back(
        bools.back().has_value()
            ? ScalarCell(ValueKind::kBool, *bools.back() ? "true" : "false")
            : Cell());
  }
  table_.AddBools(last().name, bools);
}

void BatchTable::AddNulls() {
  last().cells.resize(total_);
  table_.AddNulls(last().name);
}

void BatchTable::AddLists(Random& random) {
  internal::ListCells lists;
  for (std::size_t row = 0; row < total_; ++row) {
    lists.emplace_back();
    Cell& cell = last().cells.emplace_back();
    if (random.Chance(10)) continue;
    cell.is_null = false;
    cell.is_list = true;
    for (std::size_t i = random.Below(4); i > 0; --i) {
      cell.elements.emplace_back();
      if (!random.Chance(10)) cell.elements.back() = SomeText(random);
    }
    lists.back() = cell.elements;
  }
  table_.AddLists(last().name, random.Chance(50) ? "+l" : "+L",
                  random.Pick(kTextFormats), lists);
}

void BatchTable::AddNullRows(Random& random) {
  for (std::size_t i = 0; i < (total_ + 7) / 8; ++i) {
    row_bits_ += static_cast<char>(random.Next());
  }
  row_buffer_ = row_bits_.data();
  table_.array().buffers = &row_buffer_;
  table_.array().null_count = -1;  // not counted
}

}  // namespace hypersigma::fuzz
