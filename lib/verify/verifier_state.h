// What a Verifier holds: the engine and the same rules as the slow path loads
// them.

#ifndef HYPERSIGMA_LIB_VERIFY_VERIFIER_STATE_H_
#define HYPERSIGMA_LIB_VERIFY_VERIFIER_STATE_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/verifier.h"
#include "lib/reference/rule_set.h"
#include "lib/rule/rule_text.h"

namespace hypersigma {

// Immutable once made.
struct Verifier::State {
  explicit State(Engine from) : engine(std::move(from)) {}

  Engine engine;
  std::vector<reference::ReferenceDocument> documents;
  // By RuleId; null for a rule that the slow path does not have. Borrowed from
  // `documents`.
  std::vector<const reference::ReferenceRule*> rules;
  std::uint32_t rule_count = 0;  // of those that are not null
  std::vector<LoadDifference> load_differences;
};

namespace internal {

// Loads the rules once more. `texts` are those that the engine's rules were
// loaded from; a test may give others, and so an engine that is wrong.
std::shared_ptr<const Verifier::State> MakeVerifierState(
    const Engine& engine, std::span<const RuleText> texts);

// Compares without Difference::items.
Verification Compare(const Verifier::State& state, std::string_view json,
                     const absl::StatusOr<ScanResult>& result);

// Fills Difference::items. They stay empty where the engine fails now.
void Explain(const Verifier::State& state, std::string_view json,
             std::span<Difference> differences);

}  // namespace internal
}  // namespace hypersigma

#endif  // HYPERSIGMA_LIB_VERIFY_VERIFIER_STATE_H_
