// Finds where in an event's JSON text the values of an explanation stand.
//
// The event reader tells values without their way there, which nothing but an
// explanation needs; so the text is walked once more.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_MEMBERS_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_MEMBERS_H_

#include <string_view>
#include <vector>

#include "hypersigma/explanation.h"
#include "lib/input/layout.h"

namespace hypersigma::internal {

// Fills SeenValue::member of all values that stand in `json` where the layout,
// or none if it is null, has a place for the field; of keywords anywhere.
// REQUIRES: the event reader accepts `json`. Cost: linear in it, and a
// comparison for each of the fields that have an equal text, up to
// kMaxFlipSteps of those.
void NameMembers(std::string_view json, const EventLayout* layout,
                 std::vector<SeenField>& fields);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_MEMBERS_H_
