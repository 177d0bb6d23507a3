// Checks of Arrow arrays before their values are looked at.
//
// Everything is checked that can be: how long buffers are is said by nothing
// but lengths and offsets. Source: the Apache Arrow specification, "Arrow
// columnar format".

#ifndef HYPERSIGMA_LIB_INPUT_ARROW_CHECK_H_
#define HYPERSIGMA_LIB_INPUT_ARROW_CHECK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// The offsets of no rows, where there is no buffer for them.
inline constexpr std::array<std::uint64_t, 1> kNoArrowOffsets = {0};

// "`place`: `what`". kInvalidArgument.
absl::Status BadArrow(std::string_view place, std::string_view what);

// Says that `format` is a type that rules cannot be tested against, and what to
// do. kUnimplemented.
absl::Status BadArrowType(std::string_view place, const char* format);

// Returns the length of `array`. Errors: kInvalidArgument when length, offset
// or count of nulls are none; kResourceExhausted past kMaxBatchRows.
absl::StatusOr<std::size_t> CheckArrowLength(std::string_view place,
                                             const ArrowArray& array);

// The same, and that rows `begin` to `begin + count` are in `array`.
absl::Status CheckArrowRows(std::string_view place, const ArrowArray& array,
                            std::size_t begin, std::size_t count);

// That the buffers are there that an array of `type` has for `count` rows.
absl::Status CheckArrowBuffers(std::string_view place, const ArrowArray& array,
                               const ArrowType& type, std::size_t count);

// That offsets do not go back.
absl::Status CheckArrowOffsets(std::string_view place,
                               const ArrowColumn& column);

// That the views of rows that are not null are inside their buffers.
absl::Status CheckArrowViews(std::string_view place, const ArrowArray& array,
                             const ArrowColumn& column);

// That the positions of rows that are not null are in the dictionary.
absl::Status CheckArrowPositions(std::string_view place,
                                 const ArrowColumn& column);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_ARROW_CHECK_H_
