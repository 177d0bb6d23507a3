// What a predicate is called outside of its plan: the same words for the same
// question in every rule set and version.

#ifndef HYPERSIGMA_LIB_COMPILE_PREDICATE_NAME_H_
#define HYPERSIGMA_LIB_COMPILE_PREDICATE_NAME_H_

#include <compare>
#include <string>

#include "lib/base/field_table.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Equal names mean equal predicates. Source: docs/profile.md, which says what
// stands in a file; a name that changes its meaning needs a new schema there.
struct PredicateName {
  // Empty for keywords, whose operation begins with "keyword ".
  std::string field;
  // "equals", "contains", "regex im", "hour lte", ...
  std::string operation;
  // As the plan has it; wildcards are `*`, `?` and `\-` for any dash, and a
  // backslash stands before these two and itself where they are plain.
  std::string operand;
  bool cased = false;

  friend auto operator<=>(const PredicateName&, const PredicateName&) = default;
};

// Returns the name of a predicate whose fields are those of `fields`.
PredicateName NameOf(const Predicate& predicate, const FieldTable& fields);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PREDICATE_NAME_H_
