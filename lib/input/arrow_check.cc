#include "lib/input/arrow_check.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// Bytes that are looked at side by side, in one step of most CPUs.
constexpr std::size_t kSideBytes = 16;

// Where memory is fetched before it is looked at: by itself the CPU stops at
// the ends of pages.
constexpr std::size_t kAhead = std::size_t{2} << 10;

// Rows whose validity is in one word.
constexpr std::size_t kWordRows = 64;

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

// As many numbers as are looked at side by side.
template <typename Number>
struct Side {
  // NOLINTNEXTLINE(modernize-use-using): the attribute needs it.
  typedef Number Numbers __attribute__((vector_size(kSideBytes)));
  static constexpr std::size_t kCount = kSideBytes / sizeof(Number);

  static Numbers Load(const void* from, std::size_t position) {
    Numbers numbers;
    std::memcpy(&numbers,
                static_cast<const char*>(from) + position * sizeof(Number),
                sizeof numbers);
    return numbers;
  }

  // Whether one of them has its highest bit.
  static bool AnyHigh(const Numbers& numbers) {
    Number bits = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
      bits = static_cast<Number>(bits | numbers[i]);
    }
    return bits >> (8 * sizeof(Number) - 1) != 0;
  }
};

template <typename Number>
Number LoadAt(const void* from, std::size_t position) {
  Number number;
  std::memcpy(&number,
              static_cast<const char*>(from) + position * sizeof number,
              sizeof number);
  return number;
}

// Calls `see` with the number of each row from `begin` on that is not null,
// before `end`, until it returns false. Returns whether it did not.
template <typename See>
bool AllRows(const ArrowColumn& column, std::size_t begin, std::size_t end,
             const See& see) {
  for (std::size_t row = begin; row < end; ++row) {
    if (!column.IsNull(row) && !see(row)) return false;
  }
  return true;
}

// The same for all rows; of 64 that are all there calls `see_all` with the
// first.
template <typename See, typename SeeAll>
bool AllRows(const ArrowColumn& column, const See& see, const SeeAll& see_all) {
  std::size_t row = 0;
  for (; row + kWordRows <= column.row_count; row += kWordRows) {
    const std::uint64_t valid = column.Validity(row);
    if (valid == 0) continue;
    if (valid == ~std::uint64_t{0}) {
      if (!see_all(row)) return false;
    } else if (!AllRows(column, row, row + kWordRows, see)) {
      return false;
    }
  }
  return AllRows(column, row, column.row_count, see);
}

// Whether all positions of `Index` type are; those of nulls may be anything.
template <typename Index>
bool AllBelow(const ArrowColumn& column, std::size_t limit) {
  const auto is_below = [&column, limit](std::size_t row) {
    return LoadAt<Index>(column.values, row) < limit;
  };
  constexpr std::size_t kMaxIndex = std::numeric_limits<Index>::max();
  if (limit == 0 || limit - 1 > kMaxIndex / 2) {
    return AllRows(column, 0, column.row_count, is_below);
  }
  // The highest bit is set by a position that is past the last or has that bit
  // itself.
  using Lanes = Side<Index>;
  const typename Lanes::Numbers last =
      typename Lanes::Numbers{} + static_cast<Index>(limit - 1);
  const auto are_below = [&column, &last](std::size_t row) {
    typename Lanes::Numbers bits{};
    const char* const from =
        static_cast<const char*>(column.values) + row * sizeof(Index);
    for (std::size_t i = 0; i < kWordRows; i += Lanes::kCount) {
      if (i * sizeof(Index) % 64 == 0) {
        __builtin_prefetch(from + i * sizeof(Index) + kAhead);
      }
      const auto some = Lanes::Load(column.values, row + i);
      bits |= some | (last - some);
    }
    return !Lanes::AnyHigh(bits);
  };
  return AllRows(column, is_below, are_below);
}

// Whether offsets go up and stay below half of what `Offset` can hold: neither
// they nor their differences have the highest bit then.
template <typename Offset>
bool Ascend(const void* offsets, std::size_t row_count) {
  using Lanes = Side<Offset>;
  typename Lanes::Numbers bits{};
  std::size_t row = 0;
  for (; row + Lanes::kCount <= row_count; row += Lanes::kCount) {
    __builtin_prefetch(static_cast<const char*>(offsets) +
                       row * sizeof(Offset) + kAhead);
    const auto begin = Lanes::Load(offsets, row);
    const auto end = Lanes::Load(offsets, row + 1);
    bits |= begin | end | (end - begin);
  }
  Offset rest = LoadAt<Offset>(offsets, row);
  for (; row < row_count; ++row) {
    const Offset begin = LoadAt<Offset>(offsets, row);
    const Offset end = LoadAt<Offset>(offsets, row + 1);
    rest |= begin | end | (end - begin);
  }
  return !Lanes::AnyHigh(bits) && rest >> (8 * sizeof rest - 1) == 0;
}

// The buffers that views point into.
struct ViewBuffers {
  const void* sizes = nullptr;
  std::int64_t count = 0;
};

bool IsViewInside(const ArrowColumn& column, const ViewBuffers& buffers,
                  std::size_t row) {
  const char* const at =
      static_cast<const char*>(column.values) + row * kArrowViewBytes;
  const std::int32_t length = LoadInt32(at);
  if (static_cast<std::uint32_t>(length) <= kMaxInlineBytes) return true;
  const std::int32_t buffer = LoadInt32(at + 8);
  const std::int32_t offset = LoadInt32(at + 12);
  return length >= 0 && buffer >= 0 && buffer < buffers.count && offset >= 0 &&
         column.view_buffers[buffer] != nullptr &&
         LoadInt64(buffers.sizes, static_cast<std::size_t>(buffer)) >=
             std::int64_t{offset} + length;
}

absl::Status BadView(std::string_view place, std::size_t row) {
  return BadArrow(place, absl::StrCat("the view of row ", row,
                                      " is not inside its buffer"));
}

}  // namespace

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
  const bool ascend =
      column.type.byte_width == 4
          ? Ascend<std::uint32_t>(column.values, column.row_count)
          : Ascend<std::uint64_t>(column.values, column.row_count);
  if (ascend) return absl::OkStatus();
  return BadArrow(place, "its offsets go back");
}

absl::Status CheckArrowViews(std::string_view place, const ArrowArray& array,
                             const ArrowColumn& column) {
  const ViewBuffers buffers = {array.buffers[array.n_buffers - 1],
                               array.n_buffers - 3};
  if (buffers.count > 0 && buffers.sizes == nullptr) {
    return BadArrow(place, "the sizes of its buffers are missing");
  }
  std::size_t bad = 0;
  const auto is_inside = [&](std::size_t row) {
    bad = row;
    return IsViewInside(column, buffers, row);
  };
  const auto are_inside = [&](std::size_t row) {
    for (std::size_t i = row; i < row + kWordRows; ++i) {
      if (!is_inside(i)) return false;
    }
    return true;
  };
  if (AllRows(column, is_inside, are_inside)) return absl::OkStatus();
  return BadView(place, bad);
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
