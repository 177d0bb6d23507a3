// The field names of a plan and their ids.

#ifndef HYPERSIGMA_LIB_BASE_FIELD_TABLE_H_
#define HYPERSIGMA_LIB_BASE_FIELD_TABLE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/event.h"

namespace hypersigma::internal {

// Ids count from 0 in order of insertion. Names are compared exactly.
class FieldTable {
 public:
  // Returns the id of `name`, new or not.
  FieldId Intern(std::string_view name);

  // Returns kUnnamedField when `name` is not in the table.
  FieldId Find(std::string_view name) const;

  std::span<const std::string> names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const {
      return a == b;
    }
  };

  std::vector<std::string> names_;
  absl::flat_hash_map<std::string, FieldId, Hash, Equal> ids_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_FIELD_TABLE_H_
