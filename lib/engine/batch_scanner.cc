#include <utility>

#include "hypersigma/columns.h"
#include "lib/base/status_macros.h"
#include "lib/engine/batch_evaluator.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/rule_selection.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma {

struct BatchScanner::State {
  Engine engine;
  ColumnOptions columns;
  internal::BatchEvaluator evaluator;
};

BatchScanner::BatchScanner(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
BatchScanner::BatchScanner(BatchScanner&&) noexcept = default;
BatchScanner& BatchScanner::operator=(BatchScanner&&) noexcept = default;
BatchScanner::~BatchScanner() = default;

absl::StatusOr<BatchScanner> BatchScanner::Create(
    Engine engine, const ScannerOptions& options,
    const ColumnOptions& columns) {
  HS_RETURN_IF_ERROR(
      internal::CheckMask(options.rules.get(), engine.rules().size()));
  HS_ASSIGN_OR_RETURN(
      internal::BatchEvaluator evaluator,
      internal::BatchEvaluator::Create(engine.state(), options));
  return BatchScanner(std::make_unique<State>(
      State{std::move(engine), columns, std::move(evaluator)}));
}

absl::Status BatchScanner::Select(std::shared_ptr<const RuleMask> rules) {
  HS_RETURN_IF_ERROR(
      internal::CheckMask(rules.get(), state_->engine.rules().size()));
  state_->evaluator.Select(std::move(rules));
  return absl::OkStatus();
}

absl::StatusOr<BatchResult> BatchScanner::ScanBatch(const ArrowSchema& schema,
                                                    const ArrowArray& array) {
  HS_ASSIGN_OR_RETURN(const internal::ArrowBatch batch,
                      internal::ReadArrowBatch(
                          schema, array,
                          {.leave_out_others = state_->columns.other_columns ==
                                               OtherColumns::kLeaveOut}));
  return state_->evaluator.Evaluate(batch);
}

}  // namespace hypersigma
