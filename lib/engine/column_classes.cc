#include "lib/engine/column_classes.h"

#include <algorithm>
#include <numeric>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Texts that are searched at once: enough that a call costs little, and few
// enough that not much is searched again when something is found.
constexpr std::size_t kBlockBytes = std::size_t{8} << 10;

bool IsText(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kText ||
         column.type.kind == ArrowKind::kTextView;
}

bool IsNumber(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kSigned ||
         column.type.kind == ArrowKind::kUnsigned ||
         column.type.kind == ArrowKind::kFloat;
}

}  // namespace

ColumnClasses::ColumnClasses(const BatchColumn& column, const RouteNeeds& needs,
                             ValueClasses& classes)
    : batch_(column), needs_(&needs), classes_(&classes) {
  const FieldId member = column.member;
  keywords_alone_ = needs.FieldsOf(member).empty() &&
                    !needs.PresenceMatters(member) && !needs.IsCompared(member);
  const bool has_keywords =
      !needs.keyword_matchers().empty() &&
      (needs.numbers_may_fire() || !IsNumber(*column.column));
  is_idle_ = keywords_alone_ && !has_keywords;
}

absl::StatusOr<std::optional<ClassId>> ColumnClasses::Fill(
    std::span<const std::uint32_t> rows, std::vector<ClassId>& classes,
    ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  classes.resize(rows.size());
  if (column.dictionary != nullptr) {
    const bool is_small = column.dictionary->row_count <= rows.size() * 2;
    if (is_small && of_positions_.empty()) {
      HS_RETURN_IF_ERROR(SearchDictionary(scratch));
    }
    if (of_dictionary_.has_value()) return of_dictionary_;
    HS_RETURN_IF_ERROR(FillDictionary(rows, classes, scratch));
  } else if (column.type.kind == ArrowKind::kNull) {
    return std::optional<ClassId>(kNoClass);
  } else if (column.type.kind == ArrowKind::kList) {
    HS_RETURN_IF_ERROR(FillLists(rows, classes, scratch));
  } else if (keywords_alone_ && IsText(column)) {
    HS_RETURN_IF_ERROR(FillKeywords(rows, classes, scratch));
  } else {
    HS_RETURN_IF_ERROR(FillValues(rows, classes, scratch));
  }
  const bool is_one =
      std::all_of(classes.begin(), classes.end(),
                  [&classes](ClassId each) { return each == classes.front(); });
  return is_one && !classes.empty() ? std::optional(classes.front())
                                    : std::nullopt;
}

absl::Status ColumnClasses::SearchDictionary(ClassifyScratch& scratch) {
  const ArrowColumn& values = *batch_.column->dictionary;
  of_positions_.assign(values.row_count, ValueTable::kUnknown);
  if (!IsText(values) || needs_->keyword_matchers().empty()) {
    return absl::OkStatus();
  }
  std::vector<std::uint32_t> positions(values.row_count);
  std::iota(positions.begin(), positions.end(), 0);
  HS_RETURN_IF_ERROR(
      MarkKeywords(values, positions, may_hold_keywords_, scratch));
  if (!keywords_alone_) return absl::OkStatus();
  bool any = false;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (may_hold_keywords_[i] == 0) of_positions_[i] = kNoClass;
    any = any || may_hold_keywords_[i] != 0;
  }
  if (!any) of_dictionary_ = kNoClass;
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillDictionary(std::span<const std::uint32_t> rows,
                                           std::vector<ClassId>& classes,
                                           ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  const ArrowColumn& values = *column.dictionary;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    const std::size_t position = column.Position(rows[i]);
    ClassId known = ValueTable::kUnknown;
    if (of_positions_.empty()) {
      known = table_.Find(ValueTable::OfBits(position));
    } else {
      known = of_positions_[position];
    }
    if (known == ValueTable::kUnknown) {
      const bool has_no_keywords =
          !may_hold_keywords_.empty() && may_hold_keywords_[position] == 0;
      HS_ASSIGN_OR_RETURN(known,
                          ClassOf(values, position, has_no_keywords, scratch));
      if (of_positions_.empty()) {
        table_.Store(ValueTable::OfBits(position), known);
      } else {
        of_positions_[position] = known;
      }
    }
    classes[i] = known;
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillValues(std::span<const std::uint32_t> rows,
                                       std::vector<ClassId>& classes,
                                       ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    if (!table_.pays()) {
      HS_ASSIGN_OR_RETURN(classes[i], ClassOf(column, rows[i], false, scratch));
      continue;
    }
    const ValueTable::Place place = PlaceOf(column, rows[i]);
    ClassId known = table_.Find(place);
    if (known == ValueTable::kUnknown) {
      HS_ASSIGN_OR_RETURN(known, ClassOf(column, rows[i], false, scratch));
      table_.Store(place, known);
    }
    classes[i] = known;
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillKeywords(std::span<const std::uint32_t> rows,
                                         std::vector<ClassId>& classes,
                                         ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  HS_RETURN_IF_ERROR(MarkKeywords(column, rows, marks_, scratch));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (marks_[i] == 0 || column.IsNull(rows[i])) continue;
    HS_ASSIGN_OR_RETURN(classes[i], ClassOf(column, rows[i], false, scratch));
  }
  return absl::OkStatus();
}

absl::Status ColumnClasses::FillLists(std::span<const std::uint32_t> rows,
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
    std::span<const std::uint32_t> rows, ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  const ArrowColumn& elements = *column.elements;
  if (rows.empty() || elements.dictionary != nullptr || !IsText(elements)) {
    return false;
  }
  // Those of rows between, which are of other routes, do no harm.
  const auto begin = static_cast<std::uint32_t>(column.Offset(rows.front()));
  const std::uint64_t end = column.Offset(std::size_t{rows.back()} + 1);
  std::vector<std::uint32_t> positions(static_cast<std::size_t>(end) - begin);
  std::iota(positions.begin(), positions.end(), begin);
  HS_RETURN_IF_ERROR(MarkKeywords(elements, positions, marks_, scratch));
  return std::all_of(marks_.begin(), marks_.end(),
                     [](char mark) { return mark == 0; });
}

absl::Status ColumnClasses::MarkKeywords(const ArrowColumn& column,
                                         std::span<const std::uint32_t> rows,
                                         std::vector<char>& marks,
                                         ClassifyScratch& scratch) {
  marks.assign(rows.size(), 0);
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin;
    const std::string_view texts = TakeBlock(column, rows, end);
    HS_ASSIGN_OR_RETURN(const bool may,
                        classes_->MayHoldKeywords(texts, scratch));
    if (may)
      std::fill(marks.begin() + static_cast<std::ptrdiff_t>(begin),
                marks.begin() + static_cast<std::ptrdiff_t>(end), 1);
    begin = end;
  }
  return absl::OkStatus();
}

std::string_view ColumnClasses::TakeBlock(const ArrowColumn& column,
                                          std::span<const std::uint32_t> rows,
                                          std::size_t& begin) {
  const std::size_t first = begin;
  if (column.type.kind == ArrowKind::kText) {
    // Texts of neighbours are neighbours, too.
    const std::uint64_t from = column.Offset(rows[first]);
    do {
      ++begin;
    } while (begin < rows.size() && rows[begin] == rows[begin - 1] + 1 &&
             column.Offset(std::size_t{rows[begin]} + 1) - from <= kBlockBytes);
    const std::uint64_t to = column.Offset(std::size_t{rows[begin - 1]} + 1);
    if (begin - first > 1 || to - from > kBlockBytes / 2) {
      return {column.text + from, static_cast<std::size_t>(to - from)};
    }
    begin = first;
  }
  block_.clear();
  for (; begin < rows.size(); ++begin) {
    if (column.IsNull(rows[begin])) continue;
    const std::string_view text = column.Text(rows[begin]);
    if (!block_.empty() && block_.size() + text.size() > kBlockBytes) break;
    block_.append(text);
  }
  return block_;
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
