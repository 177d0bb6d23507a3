// What the engine and the reference evaluator say about rules and events, in
// one form that can be compared.

#ifndef HYPERSIGMA_TESTS_PROPERTY_VERDICTS_H_
#define HYPERSIGMA_TESTS_PROPERTY_VERDICTS_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/event.h"

namespace hypersigma::property {

// Rules that hold, by position, each with its true selections.
struct Verdicts {
  std::map<std::size_t, std::vector<std::string>> matches;
  std::set<std::size_t> undecided;
};

// The same rules, as loaded by both sides.
struct Pair {
  RuleSet rule_set;
  std::vector<reference::ReferenceRule> references;  // by RuleId
  std::vector<std::string> documents;                // by RuleId
};

// Options with the values of placeholders that generated rules name.
RuleSetOptions GeneratedOptions();

// Loads the documents on both sides. Errors: kFailedPrecondition, with the
// document, when one side refuses what the other loads.
absl::StatusOr<Pair> LoadPair(const std::vector<std::string>& documents);

absl::StatusOr<Verdicts> ScanText(Scanner& scanner, std::string_view json);

// Returns the pairs of the event, from look-ups of the reference evaluator.
// Borrows from `event`.
std::vector<FieldValue> PairsOf(const Engine& engine,
                                const reference::JsonValue& event);

// Hands the event over as pairs.
absl::StatusOr<Verdicts> ScanPairs(const Engine& engine, Scanner& scanner,
                                   const reference::JsonValue& event);

Verdicts Expected(const std::vector<reference::ReferenceRule>& rules,
                  reference::ReferenceEvent& event);

// Returns the rules about which the two differ, those that one of them has not
// decided left out.
std::set<std::size_t> Differences(const Verdicts& expected,
                                  const Verdicts& actual);

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_VERDICTS_H_
