// Finds rules and correlations by id or name, over a whole rule set.
// Source: design document "semantics", 8.2 and 9.1.

#ifndef HYPERSIGMA_LIB_RULE_RULE_INDEX_H_
#define HYPERSIGMA_LIB_RULE_RULE_INDEX_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "hypersigma/rule_set.h"
#include "lib/rule/reporter.h"
#include "lib/rule/rule_reference.h"

namespace hypersigma::internal {

// Borrows the attributes of rules and correlations.
//
// Decided where the specification is silent: ids are compared ASCII caseless,
// as UUIDs are, names exactly; an id or name that several have means all of
// them. Cost: building is linear, a look-up constant.
class RuleIndex {
 public:
  struct Names {
    std::string id;
    std::string name;
  };

  // `refused`: documents that were refused, to tell them from unknown ones.
  RuleIndex(std::span<const Rule> rules,
            std::span<const Rule* const> correlations,
            std::span<const Names> refused);

  RuleIndex(const RuleIndex&) = delete;
  RuleIndex& operator=(const RuleIndex&) = delete;

  // Fills the targets of `reference`, and warns when they are several that
  // have its id or name. Returns false when there is none.
  bool Resolve(RuleReference& reference, Reporter& reporter) const;

  // Returns why Resolve() found nothing, with a suggestion as long as there
  // were not too many.
  std::string DescribeMissing(std::string_view text);

 private:
  using Targets = absl::flat_hash_map<std::string, std::vector<RuleTarget>>;

  void Add(const Rule& rule, RuleTarget target);
  const Rule& AttributesOf(RuleTarget target) const;

  std::span<const Rule> rules_;
  std::vector<const Rule*> correlations_;
  Targets ids_;  // folded
  Targets names_;
  absl::flat_hash_set<std::string> refused_;  // ids folded, names as they are
  std::vector<std::string_view> candidates_;
  int suggestions_left_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_INDEX_H_
