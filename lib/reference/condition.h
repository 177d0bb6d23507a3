// Conditions, parsed and evaluated in one go from the grammar of the design
// document "semantics", 7.

#ifndef HYPERSIGMA_LIB_REFERENCE_CONDITION_H_
#define HYPERSIGMA_LIB_REFERENCE_CONDITION_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/reference/truth.h"

namespace hypersigma::reference {

struct ConditionNode {
  enum class Kind { kAnd, kOr, kNot, kSelection, kAtLeast };
  Kind kind = Kind::kSelection;
  std::vector<ConditionNode> children;  // kAnd, kOr, kNot
  // kSelection: one; kAtLeast: those that its pattern names.
  std::vector<std::string> selections;
  std::size_t at_least = 0;  // kAtLeast
};

// Parses `text` over the given selections. Errors: kInvalidArgument.
absl::StatusOr<ConditionNode> ParseCondition(
    std::string_view text, const std::vector<std::string>& selections);

// Tells whether the selection of this name holds.
using SelectionHolds = std::function<Truth(const std::string&)>;

Truth ConditionHolds(const ConditionNode& node,
                     const SelectionHolds& selection_holds);

// Adds the selections that the condition names, itself or by a quantifier.
void AddNamedSelections(const ConditionNode& node,
                        std::set<std::string>& named);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_CONDITION_H_
