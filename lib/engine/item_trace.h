// What the engine says of each detection item of a rule, for whoever wants to
// know why it says what it says of the rule.

#ifndef HYPERSIGMA_LIB_ENGINE_ITEM_TRACE_H_
#define HYPERSIGMA_LIB_ENGINE_ITEM_TRACE_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/rule_set.h"
#include "lib/compile/plan.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/input/json_reader.h"

namespace hypersigma::internal {

struct ItemTrace {
  Verdict verdict = Verdict::kFalse;
  std::vector<Verdict> values;  // as the rule writes them, `neq` left out
};

struct SelectionTrace {
  std::string_view name;
  std::vector<ItemTrace> items;  // as the rule writes them, at any depth
};

// Scans an event with the engine's own databases and keeps its verdicts.
// Borrows the engine; not thread safe.
class ItemTracer {
 public:
  static absl::StatusOr<ItemTracer> Create(const EngineState& engine);

  // Evaluates the event. `json` must outlive the calls of Trace(). Errors:
  // those of Scanner::ScanJson().
  absl::Status Read(std::string_view json);

  // Returns every selection of the rule. REQUIRES: Read() was successful.
  std::vector<SelectionTrace> Trace(RuleId rule);

 private:
  ItemTracer(const EngineState& engine, Evaluator evaluator);

  const EngineState* engine_;
  Evaluator evaluator_;
  JsonReader reader_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ITEM_TRACE_H_
