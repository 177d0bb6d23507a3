// Sigma evaluation, slow and obvious, to check the engine against. It shares
// no matching code with the library: from lib/ it takes raw YAML nodes only.
//
// Every function follows one section of the design document "semantics"; a
// reader can compare them line by line. Rules are loaded as by the library
// without strictness.

#ifndef HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_
#define HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/reference/condition.h"
#include "lib/reference/event.h"
#include "lib/reference/pattern.h"
#include "lib/reference/value.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {

// `field|modifiers: values`; without field a keyword item.
struct ReferenceItem {
  std::optional<std::string> field;
  std::vector<std::string> modifiers;  // all, as written
  bool all = false;
  bool cased = false;
  bool neq = false;
  std::vector<RuleValue> values;
};

struct ReferenceDetection {
  enum class Kind { kItem, kAllOf, kAnyOf };
  Kind kind = Kind::kItem;
  ReferenceItem item;
  std::vector<ReferenceDetection> children;
};

struct ReferenceSelection {
  std::string name;
  ReferenceDetection detection;
};

struct ReferenceRule {
  std::string title;
  std::vector<ReferenceSelection> selections;  // as written
  std::vector<ConditionNode> conditions;       // linked by OR
  std::set<std::string> named;  // selections that a condition names
};

// Errors: kInvalidArgument when the rule must be refused; kNotFound for a
// placeholder without values; kUnimplemented for correlations, filters and
// legacy collections.
absl::StatusOr<ReferenceRule> MakeReferenceRule(
    const internal::YamlNode& document, const Placeholders& placeholders = {});

// The same for the only document of `yaml`.
absl::StatusOr<ReferenceRule> ParseReferenceRule(
    std::string_view yaml, const Placeholders& placeholders = {});

bool ItemHolds(const ReferenceItem& item, ReferenceEvent& event);

bool DetectionHolds(const ReferenceDetection& detection, ReferenceEvent& event);

bool RuleHolds(const ReferenceRule& rule, ReferenceEvent& event);

// Returns the names of the true selections that a condition names, as written.
std::vector<std::string> TrueSelections(const ReferenceRule& rule,
                                        ReferenceEvent& event);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_
