// The modifiers of Sigma that the library knows, for documentation, editors and
// tests.

#ifndef HYPERSIGMA_MODIFIERS_H_
#define HYPERSIGMA_MODIFIERS_H_

#include <string_view>
#include <vector>

#include "hypersigma/export.h"

namespace hypersigma {

// One modifier. The texts live as long as the program.
struct ModifierInfo {
  // As in rules, e.g. "startswith".
  std::string_view name;
  // What the values of an item must be, e.g. "a number".
  std::string_view takes;
  // One line: what it asks of a field.
  std::string_view summary;
};

// Returns every modifier of Sigma 2.1, sorted by name. Synonyms have an entry
// each. Thread-safe; costs a copy of some forty entries.
HYPERSIGMA_EXPORT std::vector<ModifierInfo> Modifiers();

}  // namespace hypersigma

#endif  // HYPERSIGMA_MODIFIERS_H_
