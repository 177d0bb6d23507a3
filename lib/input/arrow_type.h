// The types of Arrow columns that have values which rules can be tested
// against. Source: the Apache Arrow specification, "The Arrow C data
// interface", format strings.

#ifndef HYPERSIGMA_LIB_INPUT_ARROW_TYPE_H_
#define HYPERSIGMA_LIB_INPUT_ARROW_TYPE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace hypersigma::internal {

enum class ArrowKind : std::uint8_t {
  kNull,
  kBool,
  kSigned,
  kUnsigned,
  kFloat,
  kText,      // offsets of 4 or 8 bytes
  kTextView,  // views of 16 bytes
  kList,      // offsets of 4 or 8 bytes
};

// How a column is stored, its dictionary left out.
struct ArrowType {
  ArrowKind kind = ArrowKind::kNull;
  // Of a number or an offset; 0 for the others.
  int byte_width = 0;

  friend bool operator==(const ArrowType&, const ArrowType&) = default;
};

// Returns nullopt for a type that has no such values, or that is unknown.
std::optional<ArrowType> ParseArrowType(std::string_view format);

// Returns what the specification calls the type of `format`, e.g. "timestamp";
// "unknown" where it says nothing.
std::string_view ArrowTypeName(std::string_view format);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_ARROW_TYPE_H_
