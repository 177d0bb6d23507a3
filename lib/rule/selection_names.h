// The names that the conditions of one rule may use.
// Source: design document "semantics", 7.2 and 7.3.

#ifndef HYPERSIGMA_LIB_RULE_SELECTION_NAMES_H_
#define HYPERSIGMA_LIB_RULE_SELECTION_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace hypersigma::internal {

// Borrows the names.
class SelectionNames {
 public:
  explicit SelectionNames(std::vector<std::string_view> names);

  std::size_t size() const { return names_.size(); }
  std::span<const std::string_view> names() const { return names_; }

  // Returns the position of `name`.
  std::optional<std::uint32_t> Find(std::string_view name) const;

  // Returns the positions of the names that `pattern` stands for, ascending:
  // `*` is any number of any characters, `them` is `*`; names that begin with
  // an underscore only if the pattern does. Cost: linear in the names.
  std::vector<std::uint32_t> Match(std::string_view pattern) const;

 private:
  std::vector<std::string_view> names_;
  absl::flat_hash_map<std::string_view, std::uint32_t> positions_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_SELECTION_NAMES_H_
