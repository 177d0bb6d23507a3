#include "lib/engine/column_classes.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string_view>

#include "lib/base/status_macros.h"
#include "lib/engine/dictionary_classes.h"

namespace hypersigma::internal {
namespace {

// Stands for the class of the row before, which is not known yet.
constexpr ClassId kSameClass = 0xFFFFFFFEu;

// Fetches from memory what comes behind `text`, as far as it is long.
void FetchBehind(std::string_view text) {
  constexpr std::size_t kAhead = std::size_t{4} << 10;
  for (std::size_t i = 0; i < text.size(); i += 64) {
    __builtin_prefetch(text.data() + kAhead + i);
  }
}

// A value that is looked at by itself costs so many times what it does in a
// pass over all values.
constexpr std::size_t kPassCost = 8;

bool IsText(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kText ||
         column.type.kind == ArrowKind::kTextView;
}

bool IsNumber(const ArrowColumn& column) {
  return column.type.kind == ArrowKind::kSigned ||
         column.type.kind == ArrowKind::kUnsigned ||
         column.type.kind == ArrowKind::kFloat;
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

ColumnClasses::ColumnClasses(const BatchColumn& column, std::size_t position,
                             const Context& context)
    : batch_(column),
      position_(position),
      needs_(&context.needs),
      classes_(&context.classes),
      keywords_(&context.keywords),
      expected_rows_(context.expected_rows) {
  const FieldId member = column.member;
  keywords_alone_ = needs_->FieldsOf(member).empty() &&
                    !needs_->PresenceMatters(member) &&
                    !needs_->IsCompared(member);
  const bool has_keywords =
      !needs_->keyword_matchers().empty() &&
      (needs_->numbers_may_fire() || !IsNumber(*column.column));
  is_idle_ = keywords_alone_ && !has_keywords;
}

absl::StatusOr<std::optional<ClassId>> ColumnClasses::Fill(
    const RowList& rows, std::vector<ClassId>& classes,
    ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  const std::optional<ClassId> none = kNoClass;
  if (rows.empty()) return none;
  seen_rows_ += rows.size();
  classes.resize(rows.size());
  if (column.dictionary != nullptr) {
    HS_RETURN_IF_ERROR(SearchDictionary(scratch));
    const KeywordMarks* const marks = keywords_->Known(position_);
    if (keywords_alone_ && marks != nullptr && !marks->any()) return none;
    HS_RETURN_IF_ERROR(FillDictionary(rows, classes, scratch));
  } else if (column.type.kind == ArrowKind::kNull) {
    return none;
  } else if (column.type.kind == ArrowKind::kList) {
    HS_RETURN_IF_ERROR(FillLists(rows, classes, scratch));
  } else if (keywords_alone_ && IsText(column)) {
    KeywordMarks own;
    HS_ASSIGN_OR_RETURN(const KeywordMarks* const marks,
                        SearchTexts(rows, own, scratch));
    if (marks == nullptr) return none;
    HS_RETURN_IF_ERROR(FillMarked(rows, *marks, classes, scratch));
  } else {
    HS_RETURN_IF_ERROR(FillValues(rows, classes, scratch));
  }
  return AreAllOne(classes) ? std::optional(classes.front()) : std::nullopt;
}

absl::Status ColumnClasses::SearchDictionary(ClassifyScratch& scratch) {
  const ArrowColumn& values = *batch_.column->dictionary;
  const std::size_t rows = std::max(expected_rows_, seen_rows_);
  const KeywordMarks* marks = keywords_->Known(position_);
  if (marks == nullptr && IsText(values) &&
      !needs_->keyword_matchers().empty() &&
      values.row_count <= rows * kPassCost) {
    HS_ASSIGN_OR_RETURN(
        marks, keywords_->Find(position_, *batch_.column, *classes_, scratch));
  }
  const bool can_know = keywords_alone_ && marks != nullptr;
  if (can_know && !marks->any()) return absl::OkStatus();
  if (!of_positions_.empty() || values.row_count > rows * 2) {
    return absl::OkStatus();
  }
  of_positions_.assign(values.row_count,
                       can_know ? kNoClass : ValueTable::kUnknown);
  for (std::size_t i = 0; can_know && i < values.row_count; ++i) {
    if (marks->MayHold(i)) of_positions_[i] = ValueTable::kUnknown;
  }
  return absl::OkStatus();
}

absl::StatusOr<const KeywordMarks*> ColumnClasses::SearchTexts(
    const RowList& rows, KeywordMarks& marks, ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  const KeywordMarks* found = keywords_->Known(position_);
  if (found == nullptr && rows.size() * kPassCost >= keywords_->chunk_rows()) {
    HS_ASSIGN_OR_RETURN(found,
                        keywords_->Find(position_, column, *classes_, scratch));
  }
  if (found != nullptr) return found->any() ? found : nullptr;
  HS_ASSIGN_OR_RETURN(const std::vector<char> of_rows,
                      MarkKeywords(column, rows, *classes_, block_, scratch));
  if (of_rows.empty()) return nullptr;
  marks.first = rows.front();
  marks.marks.assign(rows.back() - rows.front() + 1, 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    marks.marks[rows[i] - marks.first] = of_rows[i];
  }
  return &marks;
}

absl::Status ColumnClasses::FillDictionary(const RowList& rows,
                                           std::vector<ClassId>& classes,
                                           ClassifyScratch& scratch) {
  if (of_positions_.empty()) return FillByTable(rows, classes, scratch);
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
  if (IsText(*batch_.column) && table_.pays()) {
    return FillTexts(rows, classes, scratch);
  }
  const ArrowColumn& column = *batch_.column;
  // Neighbours often have the same value.
  TableValue last;
  ClassId of_last = ValueTable::kUnknown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    const TableValue value = TableValueOf(column, rows[i]);
    if (of_last == ValueTable::kUnknown || value != last) {
      const ValueTable::Place place = ValueTable::PlaceOf(value);
      last = value;
      of_last = table_.pays() ? table_.Find(place) : ValueTable::kUnknown;
      if (of_last == ValueTable::kUnknown) {
        HS_ASSIGN_OR_RETURN(of_last, StoreClass(place, rows[i], scratch));
      }
    }
    classes[i] = of_last;
  }
  return absl::OkStatus();
}

// Some rows at a time, in steps: what the next needs of each is fetched from
// memory while the others have theirs.
absl::Status ColumnClasses::FillTexts(const RowList& rows,
                                      std::vector<ClassId>& classes,
                                      ClassifyScratch& scratch) {
  Together some;
  for (std::size_t begin = 0; begin < rows.size(); begin = some.end) {
    some.end = std::min(begin + kTogether, rows.size());
    FindPlaces(rows, begin, some, classes);
    for (std::size_t k = 0; k < some.count; ++k) {
      table_.PrefetchText(some.places[k]);
    }
    for (std::size_t k = 0; k < some.count; ++k) {
      const std::size_t at = some.begins[k];
      const std::size_t next =
          k + 1 < some.count ? some.begins[k + 1] : some.end;
      ClassId found = table_.Find(some.places[k]);
      if (found == ValueTable::kUnknown) {
        HS_ASSIGN_OR_RETURN(found,
                            StoreClass(some.places[k], rows[at], scratch));
      }
      classes[at] = found;
      for (std::size_t i = at + 1; i < next; ++i) {
        if (classes[i] == kSameClass) classes[i] = found;
      }
    }
  }
  return absl::OkStatus();
}

void ColumnClasses::FindPlaces(const RowList& rows, std::size_t begin,
                               Together& some,
                               std::vector<ClassId>& classes) const {
  const ArrowColumn& column = *batch_.column;
  some.count = 0;
  for (std::size_t i = begin; i < some.end; ++i) {
    classes[i] = kNoClass;
    if (column.IsNull(rows[i])) continue;
    const std::string_view text = column.Text(rows[i]);
    FetchBehind(text);
    // Neighbours often have the same value.
    if (some.count > 0 && text == some.places[some.count - 1].text) {
      classes[i] = kSameClass;
      continue;
    }
    some.places[some.count] = ValueTable::OfText(text);
    table_.Prefetch(some.places[some.count]);
    some.begins[some.count++] = i;
  }
}

absl::StatusOr<ClassId> ColumnClasses::StoreClass(
    const ValueTable::Place& place, std::size_t row, ClassifyScratch& scratch) {
  HS_ASSIGN_OR_RETURN(const ClassId found,
                      ClassOf(*batch_.column, row, false, scratch));
  table_.Store(place, found);
  return found;
}

absl::Status ColumnClasses::FillMarked(const RowList& rows,
                                       const KeywordMarks& marks,
                                       std::vector<ClassId>& classes,
                                       ClassifyScratch& scratch) {
  const ArrowColumn& column = *batch_.column;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    classes[i] = kNoClass;
    if (!marks.MayHold(rows[i]) || column.IsNull(rows[i])) continue;
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
  HS_ASSIGN_OR_RETURN(const std::vector<char> marks,
                      MarkKeywords(elements, RowList::Run(begin, end - begin),
                                   *classes_, block_, scratch));
  return marks.empty();
}

absl::StatusOr<ClassId> ColumnClasses::ClassOfPosition(
    std::size_t position, ClassifyScratch& scratch) {
  const KeywordMarks* const marks = keywords_->Known(position_);
  return ClassOf(*batch_.column->dictionary, position,
                 marks != nullptr && !marks->MayHold(position), scratch);
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
