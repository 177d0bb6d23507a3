// Compares verdicts. How rules are loaded is in verifier_state.cc, what is said
// of items in item_differences.cc.

#include "hypersigma/verifier.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/item_trace.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/json_value.h"
#include "lib/verify/item_differences.h"
#include "lib/verify/verifier_state.h"

namespace hypersigma {
namespace internal {
namespace {

std::string MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// The slow path's reading of an event. Errors: kInvalidArgument when it is not
// one JSON object; kResourceExhausted past a limit.
absl::StatusOr<reference::JsonValue> ReadObject(std::string_view json) {
  absl::StatusOr<reference::JsonValue> value = reference::ParseJson(json);
  if (value.ok() && value->kind != reference::JsonValue::Kind::kObject) {
    return absl::InvalidArgumentError("not an object");
  }
  return value;
}

// One of both sides at least does not read the event.
Verification CompareRefusals(const absl::Status& engine,
                             const absl::Status& slow_path) {
  Verification verification;
  const auto is_verdict = [](const absl::Status& status) {
    return status.ok() || absl::IsInvalidArgument(status);
  };
  verification.compared = is_verdict(engine) && is_verdict(slow_path);
  if (!verification.compared || engine.ok() == slow_path.ok()) {
    return verification;
  }
  Difference& difference = verification.differences.emplace_back();
  difference.reason = MessageOf(engine.ok() ? slow_path : engine);
  difference.engine = engine.ok() ? Truth::kTrue : Truth::kFalse;
  difference.slow_path = slow_path.ok() ? Truth::kTrue : Truth::kFalse;
  return verification;
}

// The engine's verdicts, asked in RuleId order.
class EngineVerdicts {
 public:
  explicit EngineVerdicts(const ScanResult& result) : result_(result) {}

  Truth Of(RuleId rule) {
    while (match_ < result_.matches.size() &&
           result_.matches[match_].rule < rule) {
      ++match_;
    }
    if (match_ < result_.matches.size() &&
        result_.matches[match_].rule == rule) {
      return Truth::kTrue;
    }
    const auto& undecided = result_.undecided;
    return std::any_of(
               undecided.begin(), undecided.end(),
               [rule](const Undecided& open) { return open.rule == rule; })
               ? Truth::kUndecided
               : Truth::kFalse;
  }

 private:
  const ScanResult& result_;
  std::size_t match_ = 0;
};

}  // namespace

Verification Compare(const Verifier::State& state, std::string_view json,
                     const absl::StatusOr<ScanResult>& result) {
  const absl::StatusOr<reference::JsonValue> object = ReadObject(json);
  if (!result.ok() || !object.ok()) {
    return CompareRefusals(result.status(), object.status());
  }
  Verification verification;
  reference::ReferenceEvent event(*object);
  EngineVerdicts verdicts(*result);
  for (std::uint32_t i = 0; i < state.rules.size(); ++i) {
    if (state.rules[i] == nullptr) continue;
    const Truth engine = verdicts.Of(RuleId{i});
    const Truth slow_path = ToTruth(RuleHolds(*state.rules[i], event));
    if (engine == Truth::kUndecided || slow_path == Truth::kUndecided) {
      ++verification.undecided;
    } else if (engine != slow_path) {
      verification.differences.push_back(
          {RuleId{i}, "", engine, slow_path, {}});
    }
  }
  return verification;
}

void Explain(const Verifier::State& state, std::string_view json,
             std::span<Difference> differences) {
  if (differences.empty() || !differences.front().rule.has_value()) return;
  const absl::StatusOr<reference::JsonValue> object = ReadObject(json);
  absl::StatusOr<ItemTracer> tracer = ItemTracer::Create(state.engine.state());
  if (!object.ok() || !tracer.ok() || !tracer->Read(json).ok()) return;
  reference::ReferenceEvent event(*object);
  for (Difference& difference : differences) {
    const auto rule = static_cast<std::size_t>(*difference.rule);
    difference.items = ItemDifferences(*state.rules[rule], event,
                                       tracer->Trace(*difference.rule));
  }
}

}  // namespace internal

absl::StatusOr<Verifier> Verifier::Create(const Engine& engine) {
  const RuleSet& rules = engine.state().rules();
  if (!rules.pipelines().empty()) {
    return absl::FailedPreconditionError(
        "rules cannot be verified after the pipeline '" +
        rules.pipelines().front() +
        "': the slow path reads them as they are written");
  }
  if (rules.texts().empty() && !rules.rules().empty()) {
    return absl::FailedPreconditionError(
        "rules of an engine file cannot be verified: it does not have their "
        "texts; build the engine from the rules");
  }
  return Verifier(internal::MakeVerifierState(engine, rules.texts()));
}

Verifier::Verifier(std::shared_ptr<const State> state)
    : state_(std::move(state)) {}
Verifier::Verifier(const Verifier&) = default;
Verifier& Verifier::operator=(const Verifier&) = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;
Verifier::~Verifier() = default;

std::span<const LoadDifference> Verifier::load_differences() const {
  return state_->load_differences;
}

std::uint32_t Verifier::rule_count() const { return state_->rule_count; }

Verification Verifier::Verify(std::string_view json,
                              const absl::StatusOr<ScanResult>& result) const {
  Verification verification = internal::Compare(*state_, json, result);
  internal::Explain(*state_, json, verification.differences);
  return verification;
}

}  // namespace hypersigma
