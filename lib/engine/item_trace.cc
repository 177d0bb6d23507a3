#include "lib/engine/item_trace.h"

#include <cstddef>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

Verdict Or(Verdict a, Verdict b) {
  if (a == Verdict::kTrue || b == Verdict::kTrue) return Verdict::kTrue;
  return a == Verdict::kFalse ? b : a;
}

Verdict Not(Verdict verdict) {
  if (verdict == Verdict::kUndecided) return verdict;
  return verdict == Verdict::kTrue ? Verdict::kFalse : Verdict::kTrue;
}

ItemTrace TraceItem(const DetectionPlan& item, Evaluator& evaluator) {
  ItemTrace trace;
  // ALL is NOT(ANY of NOT).
  Verdict any = Verdict::kFalse;
  for (const ValuePlan& value : item.values) {
    Verdict verdict = Verdict::kFalse;
    for (const PredicateId predicate : value.any_of) {
      verdict = Or(verdict, evaluator.Holds(predicate));
    }
    trace.values.push_back(verdict);
    any = Or(any, item.all ? Not(verdict) : verdict);
  }
  trace.verdict = item.all != item.neq ? Not(any) : any;
  return trace;
}

void AddItems(const DetectionPlan& detection, Evaluator& evaluator,
              std::vector<ItemTrace>& items) {
  if (detection.kind == DetectionPlan::Kind::kItem) {
    items.push_back(TraceItem(detection, evaluator));
  }
  for (const DetectionPlan& child : detection.children) {
    AddItems(child, evaluator, items);
  }
}

}  // namespace

ItemTracer::ItemTracer(const EngineState& engine, Evaluator evaluator)
    : engine_(&engine),
      evaluator_(std::move(evaluator)),
      reader_(engine.plan().fields, {},
              {.unnamed_values = engine.plan().has_keywords}) {}

absl::StatusOr<ItemTracer> ItemTracer::Create(const EngineState& engine) {
  HS_ASSIGN_OR_RETURN(Evaluator evaluator, Evaluator::Create(engine));
  return ItemTracer(engine, std::move(evaluator));
}

absl::Status ItemTracer::Read(std::string_view json) {
  HS_ASSIGN_OR_RETURN(const JsonEvent event, reader_.Read(json));
  return evaluator_.Evaluate(event.values);
}

std::vector<SelectionTrace> ItemTracer::Trace(RuleId rule) {
  std::vector<SelectionTrace> traces;
  for (const SelectionPlan& selection :
       engine_->plan().rules[static_cast<std::size_t>(rule)].selections) {
    SelectionTrace& trace = traces.emplace_back();
    trace.name = selection.name;
    AddItems(selection.detection, evaluator_, trace.items);
  }
  return traces;
}

}  // namespace hypersigma::internal
