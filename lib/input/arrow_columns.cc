#include "lib/input/arrow_columns.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/input/arrow_check.h"

namespace hypersigma::internal {
namespace {

// The rows of an array that are looked at.
struct RowRange {
  std::size_t begin = 0;
  std::size_t count = 0;
};

// Reads one column. `place` names it in messages.
class ColumnReader {
 public:
  ColumnReader(std::string place, RowRange rows)
      : place_(std::move(place)), rows_(rows) {}

  // `can_nest`: lists are taken.
  absl::StatusOr<ArrowColumn> Read(const ArrowSchema& schema,
                                   const ArrowArray& array,
                                   bool can_nest) const;

 private:
  absl::Status ReadBuffers(const ArrowArray& array, ArrowColumn& column) const;
  absl::Status ReadNested(const ArrowSchema& schema, const ArrowArray& array,
                          ArrowColumn& column) const;
  absl::Status ReadDictionary(const ArrowSchema& schema,
                              const ArrowArray& array,
                              ArrowColumn& column) const;
  absl::Status ReadList(const ArrowSchema& schema, const ArrowArray& array,
                        ArrowColumn& column) const;
  absl::Status Bad(std::string_view what) const {
    return BadArrow(place_, what);
  }

  std::string place_;
  RowRange rows_;
};

// Returns the type of `schema`; nullopt if it is none for rules.
std::optional<ArrowType> TypeOf(const ArrowSchema& schema) {
  return schema.format == nullptr ? std::nullopt
                                  : ParseArrowType(schema.format);
}

bool IsIndex(const ArrowType& type) {
  return type.kind == ArrowKind::kSigned || type.kind == ArrowKind::kUnsigned;
}

bool HasOffsets(const ArrowType& type) {
  return type.kind == ArrowKind::kText || type.kind == ArrowKind::kList;
}

absl::StatusOr<ArrowColumn> ColumnReader::Read(const ArrowSchema& schema,
                                               const ArrowArray& array,
                                               bool can_nest) const {
  const auto type = TypeOf(schema);
  if (!type.has_value() || (type->kind == ArrowKind::kList && !can_nest)) {
    return BadArrowType(place_, schema.format);
  }
  if (array.release == nullptr) return Bad("the array was released");
  ArrowColumn column;
  column.type = *type;
  column.row_count = rows_.count;
  HS_RETURN_IF_ERROR(CheckArrowRows(place_, array, rows_.begin, rows_.count));
  HS_RETURN_IF_ERROR(ReadBuffers(array, column));
  HS_RETURN_IF_ERROR(ReadNested(schema, array, column));
  return column;
}

absl::Status ColumnReader::ReadBuffers(const ArrowArray& array,
                                       ArrowColumn& column) const {
  const ArrowType& type = column.type;
  HS_RETURN_IF_ERROR(CheckArrowBuffers(place_, array, type, rows_.count));
  if (type.kind == ArrowKind::kNull) return absl::OkStatus();
  const std::size_t begin =
      rows_.begin + static_cast<std::size_t>(array.offset);
  column.validity_bit = begin;
  column.value_bit = begin;
  if (array.null_count != 0) {
    column.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  }
  const std::size_t width = type.kind == ArrowKind::kBool ? 0
                            : type.kind == ArrowKind::kTextView
                                ? kArrowViewBytes
                                : static_cast<std::size_t>(type.byte_width);
  if (array.buffers[1] != nullptr) {
    column.values = static_cast<const char*>(array.buffers[1]) + begin * width;
  }
  if (HasOffsets(type)) {
    if (column.values == nullptr) column.values = kNoArrowOffsets.data();
    HS_RETURN_IF_ERROR(CheckArrowOffsets(place_, column));
  }
  if (type.kind == ArrowKind::kText) {
    column.text = static_cast<const char*>(array.buffers[2]);
    if (column.text == nullptr && column.Offset(rows_.count) > 0) {
      return Bad("its offsets point into a buffer that is not there");
    }
  } else if (type.kind == ArrowKind::kTextView) {
    column.view_buffers = array.buffers + 2;
    return CheckArrowViews(place_, array, column);
  }
  return absl::OkStatus();
}

absl::Status ColumnReader::ReadNested(const ArrowSchema& schema,
                                      const ArrowArray& array,
                                      ArrowColumn& column) const {
  if ((schema.dictionary != nullptr) != (array.dictionary != nullptr)) {
    return Bad("type and array disagree on whether there is a dictionary");
  }
  if (schema.dictionary != nullptr) {
    return ReadDictionary(*schema.dictionary, *array.dictionary, column);
  }
  if (column.type.kind == ArrowKind::kList) {
    return ReadList(schema, array, column);
  }
  return absl::OkStatus();
}

absl::Status ColumnReader::ReadDictionary(const ArrowSchema& schema,
                                          const ArrowArray& array,
                                          ArrowColumn& column) const {
  if (!IsIndex(column.type)) {
    return Bad("positions in its dictionary are not integers");
  }
  if (schema.dictionary != nullptr) {
    return Bad("the values of its dictionary are a dictionary themselves");
  }
  HS_ASSIGN_OR_RETURN(const std::size_t count, CheckArrowLength(place_, array));
  const ColumnReader reader("the dictionary of " + place_, {0, count});
  HS_ASSIGN_OR_RETURN(ArrowColumn values,
                      reader.Read(schema, array, /*can_nest=*/false));
  column.index = column.type;
  column.type = values.type;
  column.dictionary = std::make_unique<ArrowColumn>(std::move(values));
  return CheckArrowPositions(place_, column);
}

absl::Status ColumnReader::ReadList(const ArrowSchema& schema,
                                    const ArrowArray& array,
                                    ArrowColumn& column) const {
  if (schema.n_children != 1 || array.n_children != 1 ||
      schema.children == nullptr || array.children == nullptr ||
      schema.children[0] == nullptr || array.children[0] == nullptr) {
    return Bad("a list has not one child");
  }
  const std::uint64_t end = column.Offset(rows_.count);
  HS_ASSIGN_OR_RETURN(const std::size_t count,
                      CheckArrowLength(place_, *array.children[0]));
  if (end > count) return Bad("its lists end behind their elements");
  const ColumnReader reader("the elements of " + place_,
                            {0, static_cast<std::size_t>(end)});
  HS_ASSIGN_OR_RETURN(
      ArrowColumn elements,
      reader.Read(*schema.children[0], *array.children[0], false));
  column.elements = std::make_unique<ArrowColumn>(std::move(elements));
  return absl::OkStatus();
}

// Rows that are null as a whole have no fields.
void MergeValidity(const std::uint8_t* rows, std::size_t bit_offset,
                   ArrowColumn& column) {
  std::vector<std::uint8_t> merged((column.row_count + 7) / 8);
  for (std::size_t row = 0; row < column.row_count; ++row) {
    const std::size_t bit = row + bit_offset;
    const bool is_valid = (rows[bit / 8] >> (bit % 8) & 1) != 0;
    if (is_valid && !column.IsNull(row)) {
      merged[row / 8] =
          static_cast<std::uint8_t>(merged[row / 8] | (1U << (row % 8)));
    }
  }
  column.merged_validity = std::move(merged);
  column.validity = column.merged_validity.data();
  column.validity_bit = 0;
}

std::string NameOf(const ArrowSchema& schema) {
  return schema.name == nullptr ? std::string() : schema.name;
}

absl::Status CheckShape(const ArrowSchema& schema, const ArrowArray& array) {
  constexpr std::string_view kPlace = "the batch";
  if (schema.release == nullptr || array.release == nullptr) {
    return BadArrow(kPlace, "it was released");
  }
  if (schema.format == nullptr || std::string_view(schema.format) != "+s") {
    return BadArrow(kPlace,
                    "it is not a struct array, whose children are the "
                    "columns");
  }
  if (schema.n_children != array.n_children || schema.n_children < 0) {
    return BadArrow(kPlace, "type and array differ in their columns");
  }
  if (static_cast<std::uint64_t>(schema.n_children) > kMaxBatchColumns) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the batch has ", schema.n_children, " columns; ",
                     kMaxBatchColumns, " are allowed"));
  }
  if (schema.n_children > 0 &&
      (schema.children == nullptr || array.children == nullptr)) {
    return BadArrow(kPlace, "its columns are missing");
  }
  if (array.n_buffers != 1 || array.buffers == nullptr) {
    return BadArrow(kPlace, "a struct array has one buffer");
  }
  if (array.null_count > 0 && array.buffers[0] == nullptr) {
    return BadArrow(kPlace, "it has nulls and no bitmap of them");
  }
  return absl::OkStatus();
}

}  // namespace

Value ArrowColumn::ValueAt(std::size_t row, std::string& buffer) const {
  const auto number = [&buffer](auto value) {
    std::array<char, 32> digits;
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    buffer.assign(digits.data(), end);
    return Value::Number(buffer);
  };
  const auto real = [&number](auto value) {
    return std::isfinite(value) ? number(value) : Value::Null();
  };
  const std::uint64_t bits = type.byte_width > 0 ? NumberBits(row) : 0;
  switch (type.kind) {
    case ArrowKind::kBool:
      return Value::Bool(Bool(row));
    case ArrowKind::kUnsigned:
      return number(bits);
    case ArrowKind::kSigned: {
      // To eight bytes, with the sign.
      const int shift = 64 - 8 * type.byte_width;
      return number(static_cast<std::int64_t>(bits << shift) >> shift);
    }
    case ArrowKind::kFloat:
      return type.byte_width == 4
                 ? real(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))
                 : real(std::bit_cast<double>(bits));
    case ArrowKind::kText:
    case ArrowKind::kTextView:
      return Value::String(Text(row));
    case ArrowKind::kNull:
    case ArrowKind::kList:
      break;
  }
  return Value::Null();
}

absl::StatusOr<ArrowBatch> ReadArrowBatch(const ArrowSchema& schema,
                                          const ArrowArray& array,
                                          const ArrowReadOptions& options) {
  HS_RETURN_IF_ERROR(CheckShape(schema, array));
  ArrowBatch batch;
  HS_ASSIGN_OR_RETURN(batch.row_count, CheckArrowLength("the batch", array));
  const auto offset = static_cast<std::size_t>(array.offset);
  const auto count = static_cast<std::size_t>(schema.n_children);
  batch.columns.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (schema.children[i] == nullptr || array.children[i] == nullptr) {
      return BadArrow("the batch", absl::StrCat("column ", i, " is missing"));
    }
    const ArrowSchema& type = *schema.children[i];
    const ColumnReader reader(
        absl::StrCat("column '", EscapeForDisplay(NameOf(type)), "'"),
        {offset, batch.row_count});
    absl::StatusOr<ArrowColumn> column =
        reader.Read(type, *array.children[i], /*can_nest=*/true);
    if (!column.ok()) {
      if (options.leave_out_others && absl::IsUnimplemented(column.status()))
        continue;
      return std::move(column).status();
    }
    column->name = type.name == nullptr ? "" : type.name;
    if (array.null_count != 0 && array.buffers[0] != nullptr) {
      MergeValidity(static_cast<const std::uint8_t*>(array.buffers[0]), offset,
                    *column);
    }
    batch.columns.push_back(*std::move(column));
  }
  return batch;
}

}  // namespace hypersigma::internal
