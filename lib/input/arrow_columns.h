// A batch of Arrow columns -> checked views of their values.
//
// Between the arrays that a caller hands over and BatchScanner: knows the
// layouts of buffers and trusts none, but that buffers are as long as lengths
// and offsets say, which cannot be seen. Source: the Apache Arrow
// specification, "Arrow columnar format" and "The Arrow C data interface".

#ifndef HYPERSIGMA_LIB_INPUT_ARROW_COLUMNS_H_
#define HYPERSIGMA_LIB_INPUT_ARROW_COLUMNS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/arrow_abi.h"
#include "hypersigma/event.h"
#include "lib/input/arrow_type.h"

namespace hypersigma::internal {

inline constexpr std::size_t kArrowViewBytes = 16;
// A view no longer than this holds its text itself.
inline constexpr std::size_t kMaxInlineBytes = 12;

// A column, or the values of a dictionary, or the elements of lists. Rows count
// from 0. Borrows the arrays; immutable.
struct ArrowColumn {
  std::string_view name;
  ArrowType type;  // of the values; with a dictionary, of its values
  std::size_t row_count = 0;
  // Bit `row + validity_bit` is 0 for a null; no bitmap: there is none.
  const std::uint8_t* validity = nullptr;
  std::size_t validity_bit = 0;
  // Numbers, offsets or views, those of row 0 first; bits of booleans from
  // `value_bit`.
  const void* values = nullptr;
  std::size_t value_bit = 0;
  // kText: what offsets point into.
  const char* text = nullptr;
  // kTextView: what views point into.
  const void* const* view_buffers = nullptr;
  // What lists hold.
  std::unique_ptr<ArrowColumn> elements{};
  // With a dictionary the rows hold positions in it, `index` says how wide.
  std::unique_ptr<ArrowColumn> dictionary{};
  ArrowType index{};
  // A bitmap of our own, where rows of the batch are null as a whole.
  std::vector<std::uint8_t> merged_validity{};

  bool IsNull(std::size_t row) const {
    if (type.kind == ArrowKind::kNull && dictionary == nullptr) return true;
    if (validity == nullptr) return false;
    const std::size_t bit = row + validity_bit;
    return (validity[bit / 8] >> (bit % 8) & 1) == 0;
  }

  // Returns a bit for each of 64 rows from `row` on, the lowest first; it is 0
  // for a null. REQUIRES: they are rows of the column.
  std::uint64_t Validity(std::size_t row) const {
    if (type.kind == ArrowKind::kNull && dictionary == nullptr) return 0;
    if (validity == nullptr) return ~std::uint64_t{0};
    const std::size_t bit = row + validity_bit;
    const std::uint8_t* const from = validity + bit / 8;
    std::uint64_t bits;
    std::memcpy(&bits, from, sizeof bits);
    if constexpr (std::endian::native == std::endian::big) {
      bits = __builtin_bswap64(bits);
    }
    const std::size_t shift = bit % 8;
    if (shift == 0) return bits;
    return bits >> shift | std::uint64_t{from[sizeof bits]} << (64 - shift);
  }

  // REQUIRES: a dictionary, and the row is not null.
  std::size_t Position(std::size_t row) const {
    return static_cast<std::size_t>(LoadUnsigned(values, index, row));
  }

  // REQUIRES for all below: no dictionary, and the row is not null.

  // kText and kTextView.
  std::string_view Text(std::size_t row) const {
    if (type.kind == ArrowKind::kTextView) return ViewAt(row);
    const std::uint64_t begin = Offset(row);
    return {text + begin, static_cast<std::size_t>(Offset(row + 1) - begin)};
  }
  // kText and kList: where the row's bytes or elements begin; `row` may be
  // row_count.
  std::uint64_t Offset(std::size_t row) const {
    return LoadUnsigned(values, type, row);
  }
  bool Bool(std::size_t row) const {
    const std::size_t bit = row + value_bit;
    return (static_cast<const std::uint8_t*>(values)[bit / 8] >> (bit % 8) &
            1) != 0;
  }
  // Numbers: two rows of a column have equal ones only if these are equal.
  std::uint64_t NumberBits(std::size_t row) const {
    return LoadUnsigned(values, type, row);
  }
  // Returns a value whose text is in `buffer` if the row is a number. A number
  // that JSON cannot write is null. REQUIRES: not kNull or kList.
  Value ValueAt(std::size_t row, std::string& buffer) const;

 private:
  static std::uint64_t LoadUnsigned(const void* from, const ArrowType& type,
                                    std::size_t row) {
    const char* const at = static_cast<const char*>(from) +
                           row * static_cast<std::size_t>(type.byte_width);
    switch (type.byte_width) {
      case 1:
        return Load<std::uint8_t>(at);
      case 2:
        return Load<std::uint16_t>(at);
      case 4:
        return Load<std::uint32_t>(at);
      default:
        return Load<std::uint64_t>(at);
    }
  }
  template <typename T>
  static T Load(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof(T));
    return value;
  }
  std::string_view ViewAt(std::size_t row) const {
    const char* const at =
        static_cast<const char*>(values) + row * kArrowViewBytes;
    const auto length = static_cast<std::size_t>(Load<std::int32_t>(at));
    if (length <= kMaxInlineBytes) return {at + 4, length};
    const auto buffer = Load<std::int32_t>(at + 8);
    return {static_cast<const char*>(view_buffers[buffer]) +
                Load<std::int32_t>(at + 12),
            length};
  }
};

struct ArrowBatch {
  std::size_t row_count = 0;
  std::vector<ArrowColumn> columns;
};

struct ArrowReadOptions {
  // Columns of other types are left out instead of refused.
  bool leave_out_others = false;
};

// Reads a batch: a struct array whose children are the columns. Both structs
// and all buffers must outlive the result; neither is released. Errors:
// kUnimplemented, naming column and type, for a type that rules cannot be
// tested against; kInvalidArgument, naming the column, for lengths, buffers,
// offsets or positions that do not fit one another; kResourceExhausted past a
// limit. Cost: a pass over offsets, views and positions.
absl::StatusOr<ArrowBatch> ReadArrowBatch(const ArrowSchema& schema,
                                          const ArrowArray& array,
                                          const ArrowReadOptions& options = {});

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_ARROW_COLUMNS_H_
