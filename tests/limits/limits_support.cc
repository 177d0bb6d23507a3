#include "tests/limits/limits_support.h"

#include <gtest/gtest.h>

#include <utility>

#include "hypersigma/scanner.h"

namespace hypersigma {

std::string Repeat(std::string_view text, std::size_t count) {
  std::string repeated;
  repeated.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) repeated.append(text);
  return repeated;
}

std::string RuleText(std::string_view detection) {
  return "title: T\nlogsource: {product: x}\ndetection:\n" +
         std::string(detection);
}

std::string ItemRule(std::string_view item) {
  return RuleText("  s:\n    " + std::string(item) + "\n  condition: s\n");
}

std::vector<std::string> Outcomes(const LoadReport& report) {
  std::vector<std::string> outcomes;
  for (const Document& document : report.documents) {
    const std::string status(DocumentStatusName(document.status));
    if (document.diagnostics.empty()) outcomes.push_back(status);
    for (const Diagnostic& diagnostic : document.diagnostics) {
      outcomes.push_back(status + ": " + diagnostic.message);
    }
  }
  return outcomes;
}

std::vector<std::string> LoadOutcomes(std::string_view yaml,
                                      const RuleSetOptions& options) {
  return Outcomes(RuleSet::FromYaml(yaml, options).report());
}

Engine BuildEngine(std::string_view yaml) {
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_EQ(rules.report().Count(DocumentStatus::kLoaded),
            rules.report().documents.size())
      << testing::PrintToString(Outcomes(rules.report()));
  auto engine = Engine::Build(rules);
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

Verdict ScanOne(const Engine& engine, std::string_view json) {
  auto scanner = Scanner::Create(engine);
  if (!scanner.ok()) return Verdict::kError;
  const auto result = scanner->ScanJson(json);
  if (!result.ok()) return Verdict::kError;
  if (!result->undecided.empty()) return Verdict::kUndecided;
  return result->matches.empty() ? Verdict::kNoMatch : Verdict::kMatch;
}

}  // namespace hypersigma
