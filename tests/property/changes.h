// Ways to change rules and events that leave verdicts as they are.

#ifndef HYPERSIGMA_TESTS_PROPERTY_CHANGES_H_
#define HYPERSIGMA_TESTS_PROPERTY_CHANGES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "lib/reference/json_value.h"
#include "tests/support/random.h"

namespace hypersigma::property {

template <typename List>
void Shuffle(List& list, generator::Random& random) {
  for (std::size_t i = list.size(); i > 1; --i) {
    std::swap(list[i - 1], list[random.Below(i)]);
  }
}

// Changes the order of members in every object. REQUIRES: no object has two
// members of one name.
void ShuffleMembers(reference::JsonValue& value, generator::Random& random);

// Leaves one member of each name in every object.
void DropDuplicates(reference::JsonValue& value);

// Changes the case of letters in every string value.
void SwapCases(reference::JsonValue& value, generator::Random& random);

// Returns the rule with each condition C as `not (not (C))`.
std::string NegateTwice(std::string_view document);

// Returns the rule written anew, letters of its items' values in another case
// where case does not count: not under cased, re, encodings, expand, fieldref.
std::string SwapCasesOfValues(std::string_view document,
                              generator::Random& random);

// Whether an item of the rule looks at the case of event values: by `cased`, a
// regular expression, or a part of a time, whose `T` and `Z` are upper case.
bool DependsOnCase(std::string_view document);

// Whether a rule has keywords, which look at every value of the event.
bool HasKeywords(std::string_view document);

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_CHANGES_H_
