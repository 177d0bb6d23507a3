// Sigma evaluation, slow and obvious, to check the engine against. It shares
// no matching code with the engine: from lib/ it takes raw YAML nodes only.
//
// Every function follows one section of the design document "semantics"; a
// reader can compare them line by line. Rules are made in loader.h.
// Thread safety: rules are immutable; an event belongs to one thread.

#ifndef HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_
#define HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lib/reference/condition.h"
#include "lib/reference/event.h"
#include "lib/reference/truth.h"
#include "lib/reference/value.h"

namespace hypersigma::reference {

// `field|modifiers: values`; without field a keyword item.
struct ReferenceItem {
  std::optional<std::string> field;
  std::vector<std::string> modifiers;  // all, as written
  bool all = false;
  bool cased = false;
  bool neq = false;
  std::vector<RuleValue> values;
  // No value can hold for a field without elements: most items of most events
  // are about a field that the event lacks, and are then told at once.
  bool needs_element = false;
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

// Selections and what is asked of them: of a rule, or of a filter.
struct ReferenceBody {
  std::vector<ReferenceSelection> selections;  // as written
  std::vector<ConditionNode> conditions;       // linked by OR
  std::set<std::string> named;  // selections that a condition names
};

// Attributes that are not set are empty.
struct ReferenceLogsource {
  std::string category;
  std::string product;
  std::string service;
};

struct ReferenceRule : ReferenceBody {
  std::string title;
  std::string id;
  std::string name;
  ReferenceLogsource logsource;
  // Filters that apply to it: the rule holds only where all of them do.
  std::vector<std::shared_ptr<const ReferenceBody>> filters;
};

// What one of the item's values says, `neq` left out.
Truth ItemValueHolds(const ReferenceItem& item, const RuleValue& value,
                     ReferenceEvent& event);

Truth ItemHolds(const ReferenceItem& item, ReferenceEvent& event);

Truth DetectionHolds(const ReferenceDetection& detection,
                     ReferenceEvent& event);

Truth BodyHolds(const ReferenceBody& body, ReferenceEvent& event);

Truth RuleHolds(const ReferenceRule& rule, ReferenceEvent& event);

// Returns the names of the true selections that a condition names, as written.
std::vector<std::string> TrueSelections(const ReferenceBody& body,
                                        ReferenceEvent& event);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_EVALUATOR_H_
