#include "lib/engine/column_classes.h"

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "lib/base/status_macros.h"
#include "lib/engine/text_blocks.h"

namespace hypersigma::internal {
namespace {

// Rows whose validity is in one word.
constexpr std::size_t kWordRows = 64;

bool IsText(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kText ||
         column.type.kind == ArrowKind::kTextView;
}

bool IsNumber(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kSigned ||
         column.type.kind == ArrowKind::kUnsigned ||
         column.type.kind == ArrowKind::kFloat;
}

template <typename Index>
std::size_t PositionAt(const ArrowColumn& column, std::size_t row) {
  Index index;
  std::memcpy(&index,
              static_cast<const char*>(column.values) + row * sizeof index,
              sizeof index);
  return static_cast<std::size_t>(index);
}

// Fills `classes` by the positions of `rows`. Returns whether one of them is
// kUnknown.
template <typename Index>
bool TakeClasses(const ArrowColumn& column, const RowList& rows,
                 std::span<const ClassId> of_positions,
                 std::span<ClassId> classes) {
  bool any_unknown = false;
  const auto take = [&](std::size_t i) {
    const ClassId known = of_positions[PositionAt<Index>(column, rows[i])];
    any_unknown |= known == ValueTable::kUnknown;
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

bool TakeClasses(const ArrowColumn& column, const RowList& rows,
                 std::span<const ClassId> of_positions,
                 std::span<ClassId> classes) {
  switch (column.index.byte_width) {
    case 1:
      return TakeClasses<std::uint8_t>(column, rows, of_positions, classes);
    case 2:
      return TakeClasses<std::uint16_t>(column, rows, of_positions, classes);
    case 4:
      return TakeClasses<std::uint32_t>(column, rows, of_positions, classes);
    default:
      return TakeClasses<std::uint64_t>(column, rows, of_positions, classes);
  }
}

// In steps without a way out, which compilers put side by side.
bool AreAllOne(std::span<const ClassId> classes) {
  constexpr std::size_t kStep = 64;
  ClassId differ = 0;
  std::size_t i = 0;
  for (; i + kStep <= classes.size(); i += kStep) {
    for (std::size_t k = 0; k < kStep; ++k) {
      differ |= classes[i + k] ^ classes[0];
    }
    if (differ != 0) return false;
  }
  for (; i < classes.size(); ++i) differ |= classes[i] ^ classes[0];
  return differ == 0;
}

}  // namespace

ColumnClasses::ColumnClasses(const BatchColumn& column, const RouteNeeds& needs,
                             std::size_t expected_rows, ValueClasses& classes)
    : batch_(column),
      needs_(&needs),
      classes_(&classes),
      expected_rows_(expected_rows) {
  const FieldId member = column.member;
  keywords_alone_ = needs.FieldsOf(member).empty() &&
                    !needs.PresenceMatters(member) && !needs.IsCompared(member);
  const bool has_keywords =
      !needs.keyword_matchers().empty() &&
      (needs.numbers_may_fire() || !IsNumber(*column.column));
  is_idle_ = keywords_alone_ && !has_keywords;
}

absl::StatusOr<std::optional<ClassId>> ColumnClasses::Fill(
    const RowList& rows, std::vector<ClassId>& classes,
    ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  if (rows.empty()) return std::optional<ClassId>(kNoClass);
  seen_rows_ += rows.size();
  classes.resize(rows.size());
  if (column.dictionary != nullptr) {
    const bool is_small = column.dictionary->row_count <=
                          std::max(expected_rows_, seen_rows_) * 2;
    if (is_small && !is_searched_) {
      HS_RETURN_IF_ERROR(SearchDictionary(scratch));
    }
    if (of_dictionary_.has_value()) return of_dictionary_;
    HS_RETURN_IF_ERROR(FillDictionary(rows, classes, scratch));
  } else if (column.type.kind == ArrowKind::kNull) {
    return std::optional<ClassId>(kNoClass);
  } else if (column.type.kind == ArrowKind::kList) {
    HS_RETURN_IF_ERROR(FillLists(rows, classes, scratch));
  } else if (keywords_alone_ && IsText(column)) {
    HS_ASSIGN_OR_RETURN(const bool any,
                        MarkKeywords(column, rows, marks_, scratch));
    if (!any) return std::optional<ClassId>(kNoClass);
    HS_RETURN_IF_ERROR(FillMarked(rows, classes, scratch));
  } else {
    HS_RETURN_IF_ERROR(FillValues(rows, classes, scratch));
  }
  return AreAllOne(classes) ? std::optional(classes.front()) : std::nullopt;
}

absl::Status ColumnClasses::SearchDictionary(ClassifyScratch& scratch) {
  const ArrowColumn& values = *batch_.column->dictionary;
  is_searched_ = true;
  if (values.row_count == 0) {
    of_dictionary_ = kNoClass;
    return absl::OkStatus();
  }
  if (IsText(values) && !needs_->keyword_matchers().empty()) {
    HS_ASSIGN_OR_RETURN(const bool any,
                        MarkKeywords(values, RowList::Run(0, values.row_count),
                                     may_hold_keywords_, scratch));
    none_holds_keywords_ = !any;
    if (!any && keywords_alone_) {
      of_dictionary_ = kNoClass;
      return absl::OkStatus();
    }
  }
  of_positions_.assign(values.row_count, ValueTable::kUnknown);
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillDictionary(const RowList& rows,
                                           std::vector<ClassId>& classes,
                                           ClassifyScratch& scratch) {
  if (!is_searched_) return FillByTable(rows, classes, scratch);
  const bool any_unknown =
      TakeClasses(*batch_.column, rows, of_positions_, classes);
  return any_unknown ? FillUnknown(rows, classes, scratch) : absl::OkStatus();
}

absl::Status ColumnClasses::FillUnknown(const RowList& rows,
                                        std::vector<ClassId>& classes,
                                        ClassifyScratch& scratch) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (classes[i] != ValueTable::kUnknown) continue;
    const std::size_t position = batch_.column->Position(rows[i]);
    ClassId& known = of_positions_[position];
    if (known == ValueTable::kUnknown) {
      HS_ASSIGN_OR_RETURN(known, ClassOfPosition(position, scratch));
    }
    classes[i] = known;
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillByTable(const RowList& rows,
                                        std::vector<ClassId>& classes,
                                        ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    const std::size_t position = column.Position(rows[i]);
    ClassId known = table_.Find(ValueTable::OfBits(position));
    if (known == ValueTable::kUnknown) {
      HS_ASSIGN_OR_RETURN(known, ClassOfPosition(position, scratch));
      table_.Store(ValueTable::OfBits(position), known);
    }
    classes[i] = known;
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillValues(const RowList& rows,
                                       std::vector<ClassId>& classes,
                                       ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  // Neighbours often have the same value.
  TableValue last;
  ClassId of_last = ValueTable::kUnknown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    const TableValue value = TableValueOf(column, rows[i]);
    if (of_last == ValueTable::kUnknown || value != last) {
      HS_ASSIGN_OR_RETURN(of_last, ClassOfValue(value, rows[i], scratch));
      last = value;
    }
    classes[i] = of_last;
  }
  return absl::OkStatus();
}

absl::StatusOr<ClassId> ColumnClasses::ClassOfValue(const TableValue& value,
                                                    std::size_t row,
                                                    ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  if (!table_.pays()) return ClassOf(column, row, false, scratch);
  const ValueTable::Place place = ValueTable::PlaceOf(value);
  ClassId known = table_.Find(place);
  if (known != ValueTable::kUnknown) return known;
  HS_ASSIGN_OR_RETURN(known, ClassOf(column, row, false, scratch));
  table_.Store(place, known);
  return known;
}

absl::Status ColumnClasses::FillMarked(const RowList& rows,
                                       std::vector<ClassId>& classes,
                                       ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (marks_[i] == 0 || column.IsNull(rows[i])) continue;
    HS_ASSIGN_OR_RETURN(classes[i], ClassOf(column, rows[i], false, scratch));
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillLists(const RowList& rows,
                                      std::vector<ClassId>& classes,
                                      ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  if (keywords_alone_) {
    HS_ASSIGN_OR_RETURN(const bool none, ListsHoldNoKeywords(rows, scratch));
    if (none) {
      std::fill(classes.begin(), classes.end(), kNoClass);
      return absl::OkStatus();
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    HS_ASSIGN_OR_RETURN(
        classes[i],
        classes_->Classify(batch_.member, lists_.ReadColumn(column, rows[i]),
                           {.is_all = batch_.is_only}, scratch));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ColumnClasses::ListsHoldNoKeywords(
    const RowList& rows, ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  const ArrowColumn& elements = *column.elements;
  if (elements.dictionary != nullptr || !IsText(elements)) return false;
  // Those of rows between, which are of other routes, do no harm.
  const auto begin = static_cast<std::size_t>(column.Offset(rows.front()));
  const auto end = static_cast<std::size_t>(column.Offset(rows.back() + 1));
  HS_ASSIGN_OR_RETURN(
      const bool any, MarkKeywords(elements, RowList::Run(begin, end - begin),
                                   marks_, scratch));
  return !any;
}

absl::StatusOr<bool> ColumnClasses::MarkKeywords(const ArrowColumn& column,
                                                 const RowList& rows,
                                                 std::vector<char>& marks,
                                                 ClassifyScratch& scratch) {
  marks.clear();
  TextBlocks blocks(column, rows, block_);
  while (blocks.Advance()) {
    const TextBlock& block = blocks.block();
    bool may = false;
    for (const std::string_view texts : {block.texts, block.copies}) {
      if (may || texts.empty()) continue;
      HS_ASSIGN_OR_RETURN(may, classes_->MayHoldKeywords(texts, scratch));
    }
    if (!may) continue;
    marks.resize(rows.size());
    std::fill(marks.begin() + static_cast<std::ptrdiff_t>(block.begin),
              marks.begin() + static_cast<std::ptrdiff_t>(block.end), 1);
  }
  return !marks.empty();
}

absl::StatusOr<ClassId> ColumnClasses::ClassOfPosition(
    std::size_t position, ClassifyScratch& scratch) {
  const bool has_no_keywords =
      none_holds_keywords_ ||
      (!may_hold_keywords_.empty() && may_hold_keywords_[position] == 0);
  return ClassOf(*batch_.column->dictionary, position, has_no_keywords,
                 scratch);
}

absl::StatusOr<ClassId> ColumnClasses::ClassOf(const ArrowColumn& column,
                                               std::size_t row,
                                               bool has_no_keywords,
                                               ClassifyScratch& scratch) {
  if (column.IsNull(row)) return kNoClass;
  const Value value = column.ValueAt(row, number_);
  // A number that JSON cannot write is no value.
  if (value.kind == ValueKind::kNull) return kNoClass;
  return classes_->Classify(
      batch_.member, {&value, 1},
      {.has_no_keywords = has_no_keywords, .is_all = batch_.is_only}, scratch);
}

}  // namespace hypersigma::internal
