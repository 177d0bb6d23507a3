// Where in a text a predicate finds what it looks for.
//
// Read by explain_predicates. Patterns are compared as the engine compares
// them, folded on both sides; places are then told in the text as it was.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_SPANS_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_SPANS_H_

#include <cstddef>
#include <optional>
#include <string_view>

#include "hypersigma/explanation.h"
#include "hypersigma/truth.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

struct TextFinding {
  Truth truth = Truth::kFalse;
  ByteSpan span;  // of kTrue
};

// Returns where `text`, folded unless the predicate is cased, has what the
// predicate looks for: of kContains the first place; of kGlob the place that
// ends first, without what outer `*` take. kUndecided past kMaxGlobSteps.
// REQUIRES: an operator from kEquals to kAnyText. Cost: linear for all but
// kGlob.
TextFinding FindInText(const Predicate& predicate, std::string_view text);

// Returns where `other` stands in `text` by `relation`, or nullopt.
std::optional<ByteSpan> FindRelated(FieldRelation relation,
                                    std::string_view text,
                                    std::string_view other);

// Returns the place in `text` of what is at `span` of its folded copy. Folding
// changes how many bytes a character takes, not how many there are. Cost:
// linear.
ByteSpan UnfoldSpan(std::string_view text, ByteSpan span);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_SPANS_H_
