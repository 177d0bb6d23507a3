// The modifier table, as the public interface shows it.

#include "hypersigma/modifiers.h"

#include <span>
#include <vector>

#include "lib/rule/modifier.h"

namespace hypersigma {

std::vector<ModifierInfo> Modifiers() {
  const std::span<const internal::ModifierEntry> table =
      internal::ModifierTable();
  std::vector<ModifierInfo> modifiers;
  modifiers.reserve(table.size());
  for (const internal::ModifierEntry& entry : table) {
    modifiers.push_back({entry.name, entry.takes, entry.summary});
  }
  return modifiers;
}

}  // namespace hypersigma
