#include "tests/fuzz/compare.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/explanation.h"
#include "hypersigma/truth.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/item_generator.h"

namespace hypersigma::fuzz {
namespace {

std::string Show(const Difference& difference) {
  std::string text =
      difference.rule.has_value()
          ? "a rule, which the engine calls "
          : "the event (" + difference.reason + "), which the engine calls ";
  text += TruthName(difference.engine);
  text += ", the slow path ";
  text += TruthName(difference.slow_path);
  for (const ItemDifference& item : difference.items) {
    text += "\n  " + item.selection + ": " + item.item;
  }
  return text;
}

// Whether the engine refuses the document because it is past a limit, or
// because another one of its collection cannot be read; the slow path then
// makes do with the rest.
bool IsExpected(const LoadDifference& difference) {
  if (difference.loaded_by_engine) return false;
  for (const char* reason : {"too many", "the template before this rule",
                             "follows a rule that could not be put together"}) {
    if (difference.reason.find(reason) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

RuleSetOptions LenientOptions() {
  RuleSetOptions options;
  for (const auto& [name, values] : generator::GeneratedPlaceholders()) {
    options.placeholders.emplace(name, values);
  }
  return options;
}

std::optional<Comparison> Comparison::Load(std::string_view yaml) {
  auto engine = Engine::Build(RuleSet::FromYaml(yaml, LenientOptions()),
                              {.compile_threads = 1});
  if (absl::IsResourceExhausted(engine.status())) return std::nullopt;
  if (!engine.ok()) Fail("building: " + engine.status().ToString());
  auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
  if (!scanner.ok()) Fail("creating: " + scanner.status().ToString());
  Comparison comparison(*std::move(engine), *std::move(scanner));
  for (const LoadDifference& difference :
       comparison.verifier_.load_differences()) {
    if (IsExpected(difference)) continue;
    Fail("document " + std::to_string(difference.index) + " is loaded by the " +
         (difference.loaded_by_engine ? "engine" : "slow path") +
         " alone; the other says: " + difference.reason);
  }
  return comparison;
}

void Comparison::CheckEvent(std::string_view json) {
  const absl::StatusOr<ScanResult> result = scanner_.ScanJson(json);
  if (absl::IsInternal(result.status())) {
    Fail("scanning: " + result.status().ToString());
  }
  const Verification verification = verifier_.Verify(json, result);
  for (const Difference& difference : verification.differences) {
    Fail(Show(difference) + "\nevent: " + std::string(json));
  }
  if (result.ok()) CheckExplanations(json, *result);
}

void Comparison::CheckExplanations(std::string_view json,
                                   const ScanResult& result) {
  std::vector<Truth> truths(engine_.rules().size(), Truth::kFalse);
  for (const Match& match : result.matches) {
    truths[static_cast<std::size_t>(match.rule)] = Truth::kTrue;
  }
  for (const Undecided& open : result.undecided) {
    truths[static_cast<std::size_t>(open.rule)] = Truth::kUndecided;
  }
  std::vector<RuleId> rules;
  for (std::uint32_t i = 0; i < truths.size(); ++i) rules.push_back(RuleId{i});
  const auto explanation = explainer_.ExplainJson(json, rules);
  if (absl::IsResourceExhausted(explanation.status())) return;
  if (!explanation.ok()) Fail(explanation.status().ToString());
  for (const RuleExplanation& rule : explanation->rules) {
    const auto position = static_cast<std::size_t>(rule.rule);
    if (rule.truth == truths[position] || !rule.refused.empty()) continue;
    Fail("an explanation says " + std::string(TruthName(rule.truth)) +
         ", the engine " + std::string(TruthName(truths[position])) +
         "\nevent: " + std::string(json));
  }
}

}  // namespace hypersigma::fuzz
