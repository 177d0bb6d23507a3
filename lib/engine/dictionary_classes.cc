#include "lib/engine/dictionary_classes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lib/engine/value_table.h"

namespace hypersigma::internal {
namespace {

// Rows whose validity is in one word.
constexpr std::size_t kWordRows = 64;

template <typename Index>
std::size_t PositionAt(const ArrowColumn& column, std::size_t row) {
  Index index;
  std::memcpy(&index,
              static_cast<const char*>(column.values) + row * sizeof index,
              sizeof index);
  return static_cast<std::size_t>(index);
}

template <typename Index>
bool TakeBy(const ArrowColumn& column, const RowList& rows,
            std::span<const ClassId> of_positions, std::span<ClassId> classes) {
  constexpr ClassId kUnknown = ValueTable::kUnknown;
  bool any_unknown = false;
  const auto take = [&](std::size_t i) {
    const ClassId known = of_positions[PositionAt<Index>(column, rows[i])];
    any_unknown |= known == kUnknown;
    classes[i] = known;
  };
  const auto take_singly = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      classes[i] = kNoClass;
      if (!column.IsNull(rows[i])) take(i);
    }
  };
  std::size_t i = 0;
  for (; rows.is_run() && i + kWordRows <= rows.size(); i += kWordRows) {
    const std::uint64_t valid = column.Validity(rows[i]);
    if (valid == ~std::uint64_t{0}) {
      for (std::size_t k = i; k < i + kWordRows; ++k) take(k);
    } else if (valid == 0) {
      std::fill_n(classes.begin() + static_cast<std::ptrdiff_t>(i), kWordRows,
                  kNoClass);
    } else {
      take_singly(i, i + kWordRows);
    }
  }
  take_singly(i, rows.size());
  return any_unknown;
}

}  // namespace

bool TakeClasses(const ArrowColumn& column, const RowList& rows,
                 std::span<const ClassId> of_positions,
                 std::span<ClassId> classes) {
  switch (column.index.byte_width) {
    case 1:
      return TakeBy<std::uint8_t>(column, rows, of_positions, classes);
    case 2:
      return TakeBy<std::uint16_t>(column, rows, of_positions, classes);
    case 4:
      return TakeBy<std::uint32_t>(column, rows, of_positions, classes);
    default:
      return TakeBy<std::uint64_t>(column, rows, of_positions, classes);
  }
}

}  // namespace hypersigma::internal
