#include "lib/input/arrow_check.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// A view no longer than this holds its text itself.
constexpr std::int32_t kMaxInlineBytes = 12;

constexpr std::size_t kLanes = 16;

std::int32_t LoadInt32(const char* from) {
  std::int32_t value = 0;
  std::memcpy(&value, from, sizeof value);
  return value;
}

std::int64_t LoadInt64(const void* from, std::size_t position) {
  std::int64_t value = 0;
  std::memcpy(&value, static_cast<const char*>(from) + position * sizeof value,
              sizeof value);
  return value;
}

// How many buffers an array has that holds no views.
std::int64_t BufferCount(const ArrowType& type) {
  switch (type.kind) {
    case ArrowKind::kNull:
      return 0;
    case ArrowKind::kText:
    case ArrowKind::kTextView:
      return 3;
    case ArrowKind::kBool:
    case ArrowKind::kSigned:
    case ArrowKind::kUnsigned:
    case ArrowKind::kFloat:
    case ArrowKind::kList:
      break;
  }
  return 2;
}

// Positions of `Index` type from `row` on; those of nulls may be anything.
template <typename Index>
bool AllBelowFrom(const ArrowColumn& column, std::size_t limit,
                  std::size_t row) {
  const char* const from = static_cast<const char*>(column.values);
  for (; row < column.row_count; ++row) {
    Index index;
    std::memcpy(&index, from + row * sizeof index, sizeof index);
    if (index >= limit && !column.IsNull(row)) return false;
  }
  return true;
}

template <typename Index>
bool AllBelow(const ArrowColumn& column, std::size_t limit) {
  const char* const from = static_cast<const char*>(column.values);
  // The highest bit is set by a position that is past the last or has that bit
  // itself, and then all are looked at singly. In lanes of a fixed number,
  // which compilers put side by side.
  const auto last = static_cast<Index>(limit - 1);
  std::array<Index, kLanes> lanes{};
  std::size_t row = 0;
  for (; row + kLanes <= column.row_count; row += kLanes) {
    std::array<Index, kLanes> some;
    std::memcpy(some.data(), from + row * sizeof(Index), sizeof some);
    for (std::size_t i = 0; i < kLanes; ++i) {
      lanes[i] = static_cast<Index>(lanes[i] | some[i] | (last - some[i]));
    }
  }
  Index bits = 0;
  for (const Index lane : lanes) bits = static_cast<Index>(bits | lane);
  if (limit > 0 && bits >> (8 * sizeof(Index) - 1) == 0 &&
      limit - 1 <= std::numeric_limits<Index>::max()) {
    return AllBelowFrom<Index>(column, limit, row);
  }
  return AllBelowFrom<Index>(column, limit, 0);
}

absl::Status BadView(std::string_view place, std::size_t row) {
  return BadArrow(place, absl::StrCat("the view of row ", row,
                                      " is not inside its buffer"));
}

}  // namespace

ArrowView ArrowViewAt(const ArrowColumn& column, std::size_t row) {
  const char* const at =
      static_cast<const char*>(column.values) + row * kArrowViewBytes;
  ArrowView view;
  view.length = LoadInt32(at);
  if (view.length < 0) return view;
  const auto size = static_cast<std::size_t>(view.length);
  if (view.length <= kMaxInlineBytes) {
    view.text = {at + 4, size};
    return view;
  }
  view.buffer = LoadInt32(at + 8);
  view.offset = LoadInt32(at + 12);
  return view;
}

absl::Status BadArrow(std::string_view place, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(std::string(place), ": ", std::string(what)));
}

absl::Status BadArrowType(std::string_view place, const char* format) {
  const std::string written = format == nullptr ? "" : format;
  return absl::UnimplementedError(absl::StrCat(
      std::string(place), ": rules cannot be tested against values of type ",
      std::string(ArrowTypeName(written)), " (format '",
      EscapeForDisplay(written),
      "'); cast the column to text or a number, or have it left out"));
}

absl::StatusOr<std::size_t> CheckArrowLength(std::string_view place,
                                             const ArrowArray& array) {
  if (array.length < 0 || array.offset < 0 || array.null_count < -1 ||
      array.null_count > array.length) {
    return BadArrow(place, absl::StrCat("length ", array.length, ", offset ",
                                        array.offset, " and ", array.null_count,
                                        " nulls do not fit one another"));
  }
  constexpr auto kMax = static_cast<std::int64_t>(kMaxBatchRows);
  if (array.length > kMax || array.offset > kMax) {
    return absl::ResourceExhaustedError(
        absl::StrCat(std::string(place), ": length ", array.length,
                     " and offset ", array.offset, "; each may be ", kMax));
  }
  return static_cast<std::size_t>(array.length);
}

absl::Status CheckArrowRows(std::string_view place, const ArrowArray& array,
                            std::size_t begin, std::size_t count) {
  const absl::StatusOr<std::size_t> length = CheckArrowLength(place, array);
  if (!length.ok()) return length.status();
  if (begin + count <= *length) return absl::OkStatus();
  return BadArrow(place, absl::StrCat("it has ", *length,
                                      " rows, and the batch ", begin + count));
}

absl::Status CheckArrowBuffers(std::string_view place, const ArrowArray& array,
                               const ArrowType& type, std::size_t count) {
  const std::int64_t wanted = BufferCount(type);
  const bool enough = type.kind == ArrowKind::kTextView
                          ? array.n_buffers >= wanted
                          : array.n_buffers == wanted;
  // Some writers give arrays of nulls a bitmap.
  if (type.kind == ArrowKind::kNull && array.n_buffers >= 0) {
    return absl::OkStatus();
  }
  if (!enough || array.buffers == nullptr) {
    return BadArrow(place, absl::StrCat("it has ", array.n_buffers,
                                        " buffers, and its type ", wanted));
  }
  if (array.null_count > 0 && array.buffers[0] == nullptr) {
    return BadArrow(place, "it has nulls and no bitmap of them");
  }
  if (count > 0 && array.buffers[1] == nullptr) {
    return BadArrow(place, "its values are missing");
  }
  return absl::OkStatus();
}

absl::Status CheckArrowOffsets(std::string_view place,
                               const ArrowColumn& column) {
  // Those below 0 are the greatest.
  const std::uint64_t limit = column.type.byte_width == 4
                                  ? std::uint64_t{0x7FFFFFFF}
                                  : std::uint64_t{0x7FFFFFFFFFFFFFFF};
  std::uint64_t last = column.Offset(0);
  bool ascend = true;
  for (std::size_t row = 1; row <= column.row_count; ++row) {
    const std::uint64_t offset = column.Offset(row);
    ascend = ascend && last <= offset;
    last = offset;
  }
  if (ascend && last <= limit) return absl::OkStatus();
  return BadArrow(place, "its offsets go back");
}

absl::Status CheckArrowViews(std::string_view place, const ArrowArray& array,
                             const ArrowColumn& column) {
  const std::int64_t buffer_count = array.n_buffers - 3;
  const void* const sizes = array.buffers[array.n_buffers - 1];
  if (buffer_count > 0 && sizes == nullptr) {
    return BadArrow(place, "the sizes of its buffers are missing");
  }
  for (std::size_t row = 0; row < column.row_count; ++row) {
    if (column.IsNull(row)) continue;
    const ArrowView view = ArrowViewAt(column, row);
    if (view.length < 0) return BadView(place, row);
    if (view.length <= kMaxInlineBytes) continue;
    if (view.buffer < 0 || view.buffer >= buffer_count || view.offset < 0 ||
        column.view_buffers[view.buffer] == nullptr ||
        LoadInt64(sizes, static_cast<std::size_t>(view.buffer)) <
            std::int64_t{view.offset} + view.length) {
      return BadView(place, row);
    }
  }
  return absl::OkStatus();
}

absl::Status CheckArrowPositions(std::string_view place,
                                 const ArrowColumn& column) {
  const std::size_t limit = column.dictionary->row_count;
  // Positions below 0 are the greatest, read as unsigned.
  const bool fit =
      column.index.byte_width == 1   ? AllBelow<std::uint8_t>(column, limit)
      : column.index.byte_width == 2 ? AllBelow<std::uint16_t>(column, limit)
      : column.index.byte_width == 4 ? AllBelow<std::uint32_t>(column, limit)
                                     : AllBelow<std::uint64_t>(column, limit);
  if (fit) return absl::OkStatus();
  return BadArrow(place, absl::StrCat("a position in its dictionary is not "
                                      "below ",
                                      limit));
}

}  // namespace hypersigma::internal
