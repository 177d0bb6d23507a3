// Random detection items, each with values that probably satisfy it.

#ifndef HYPERSIGMA_TESTS_SUPPORT_ITEM_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_ITEM_GENERATOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "lib/reference/json_value.h"
#include "lib/reference/pattern.h"
#include "tests/support/random.h"

namespace hypersigma::generator {

// A value that a field should have for an item to hold.
struct Example {
  std::string field;  // empty: any
  bool missing = false;
  reference::JsonValue value;
};

struct GeneratedItem {
  std::string key;    // `field|modifiers`, or `|modifiers`
  std::string value;  // YAML flow text
  std::vector<Example> examples;
};

// What `expand` finds in generated rules.
const reference::Placeholders& GeneratedPlaceholders();

// Field names that generated rules use.
const std::vector<std::string>& GeneratedFields();

// Returns `text`, which is UTF-8, as a quoted YAML scalar.
std::string YamlQuoted(std::string_view text, Random& random);

GeneratedItem RandomItem(Random& random);

// An item without field.
GeneratedItem RandomKeywordItem(Random& random);

// A value of a YAML list that stands for a keyword.
GeneratedItem RandomPlainKeyword(Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_ITEM_GENERATOR_H_
