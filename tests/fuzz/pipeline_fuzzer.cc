// A pipeline and rules -> rules: what is no pipeline is refused with places,
// what is one leaves the report in order, and the rules that are left can be
// compiled and scanned with. Applied twice to the same rules it says the same.
//
// The pipeline stands before a line of `=====`, the rules after it.

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/engine.h"
#include "hypersigma/pipeline.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/rule/correlation.h"
#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

constexpr std::size_t kMaxCompiledRules = 20;

void CheckErrors(const absl::Status& status) {
  Require(absl::IsInvalidArgument(status), "a pipeline is wrong by its text");
  std::string_view lines(status.message().data(), status.message().size());
  Require(!lines.empty(), "a wrong pipeline says why");
  while (!lines.empty()) {
    Require(TakeUntil("\n", lines).starts_with("p.yml:"),
            "every problem has a place");
  }
}

void CheckReport(const RuleSet& before, const RuleSet& after) {
  const std::vector<Document>& old = before.report().documents;
  const std::vector<Document>& documents = after.report().documents;
  Require(old.size() == documents.size(), "no document is lost");
  std::uint32_t next_rule = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Document& document = documents[i];
    Require(document.kind == old[i].kind, "documents stay what they are");
    const bool is_refused = document.status == DocumentStatus::kRefused;
    const bool has_error = std::any_of(
        document.diagnostics.begin(), document.diagnostics.end(),
        [](const Diagnostic& d) { return d.severity == Severity::kError; });
    Require(is_refused == has_error, "a refused document says why");
    if (!document.rule.has_value()) continue;
    Require(!is_refused, "a refused document has no rule");
    Require(*document.rule == RuleId{next_rule++}, "rules are in order");
  }
  Require(after.rules().size() == next_rule, "every rule has a document");
  Require(after.detection_rules().size() == next_rule, "and a detection");
}

void CheckReferences(const RuleSet& rules) {
  for (const internal::CorrelationRule& correlation : rules.correlations()) {
    for (const internal::RuleReference& reference : correlation.rules) {
      Require(!reference.targets.empty(), "a reference leads somewhere");
      for (const internal::RuleTarget target : reference.targets) {
        const std::size_t count =
            target.kind == internal::RuleTarget::Kind::kRule
                ? rules.rules().size()
                : rules.correlations().size();
        Require(target.index < count, "a reference is within the set");
      }
    }
  }
}

void CheckScan(const RuleSet& rules) {
  if (rules.rules().size() > kMaxCompiledRules) return;
  const auto engine = Engine::Build(rules, {.compile_threads = 1});
  if (!engine.ok()) {
    Require(absl::IsResourceExhausted(engine.status()), "an engine is built");
    return;
  }
  auto scanner = Scanner::Create(*engine);
  Require(scanner.ok(), "a scanner is created");
  Require(scanner->ScanJson(R"({"Image":"C:\\a\\cmd.exe","n":[4624]})").ok(),
          "an event is scanned");
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace hypersigma;        // NOLINT: an entry of C
  using namespace hypersigma::fuzz;  // NOLINT
  std::string_view text = AsText(data, size);
  const std::string_view yaml = TakeUntil("=====\n", text);
  const auto pipeline = Pipeline::FromYaml(yaml, "p.yml");
  if (!pipeline.ok()) {
    CheckErrors(pipeline.status());
    return 0;
  }
  const RuleSet rules = RuleSet::FromYaml(text, LenientOptions());
  const auto changed = ApplyPipelines(rules, {&*pipeline, 1});
  Require(changed.ok(), "a pipeline can be applied");
  CheckReport(rules, *changed);
  CheckReferences(*changed);
  CheckScan(*changed);
  const auto again = ApplyPipelines(rules, {&*pipeline, 1});
  Require(again.ok() && ToJson(again->report()) == ToJson(changed->report()),
          "a pipeline does the same each time");
  return 0;
}
