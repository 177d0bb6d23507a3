// The classes of rows by those of the positions in a dictionary.

#ifndef HYPERSIGMA_LIB_ENGINE_DICTIONARY_CLASSES_H_
#define HYPERSIGMA_LIB_ENGINE_DICTIONARY_CLASSES_H_

#include <span>

#include "lib/engine/row_list.h"
#include "lib/engine/value_classes.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Fills `classes` with those of `rows`, in their order: of a null kNoClass, of
// a position what `of_positions` says of it. Returns whether that is
// ValueTable::kUnknown for one. REQUIRES: a dictionary, a class for each of its
// positions, and room for one for each row.
bool TakeClasses(const ArrowColumn& column, const RowList& rows,
                 std::span<const ClassId> of_positions,
                 std::span<ClassId> classes);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_DICTIONARY_CLASSES_H_
