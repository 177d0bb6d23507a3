// Runs every conformance case through the engine and through the reference
// evaluator. HYPERSIGMA_SOURCE_DIR is the project's root.

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/json_value.h"
#include "lib/reference/rule_set.h"
#include "tests/conformance/conformance_case.h"

namespace hypersigma::conformance {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

// What was done with cases, by name of the reason.
using Counts = std::map<std::string, int>;

std::string ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::set<fs::path> Files(const fs::path& folder, const std::string& ending) {
  std::set<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ending) files.insert(entry.path());
  }
  return files;
}

RuleSet Load(const Case& example, bool strict) {
  RuleSetOptions options;
  options.strict = strict;
  options.placeholders = example.placeholders;
  return RuleSet::FromYaml(example.rules, options, example.id);
}

// Returns the messages of a severity or above.
std::string Messages(const RuleSet& rules, Severity least) {
  std::string messages;
  for (const Document& document : rules.report().documents) {
    for (const Diagnostic& diagnostic : document.diagnostics) {
      if (diagnostic.severity >= least) messages += diagnostic.message + "\n";
    }
  }
  return messages;
}

// Returns the reasons of all refusals.
std::string Refusals(const RuleSet& rules) {
  return Messages(rules, Severity::kError);
}

// The engine's verdicts, one set of titles an event.
std::vector<std::set<std::string>> EngineVerdicts(const RuleSet& rules,
                                                  const Case& example) {
  std::vector<std::set<std::string>> verdicts;
  absl::StatusOr<Engine> engine = Engine::Build(rules);
  EXPECT_TRUE(engine.ok()) << engine.status();
  if (!engine.ok()) return verdicts;
  absl::StatusOr<Scanner> scanner =
      Scanner::Create(*engine, {.routing = Routing::kOff});
  EXPECT_TRUE(scanner.ok()) << scanner.status();
  if (!scanner.ok()) return verdicts;
  for (const std::string& event : example.events) {
    std::set<std::string>& titles = verdicts.emplace_back();
    const absl::StatusOr<ScanResult> result = scanner->ScanJson(event);
    EXPECT_TRUE(result.ok()) << event << ": " << result.status();
    if (!result.ok()) continue;
    for (const Match& match : result->matches) {
      const auto rule = static_cast<std::size_t>(match.rule);
      titles.insert(rules.rules()[rule].title);
    }
  }
  return verdicts;
}

// What must be refused is; what must load does, and only what `refuse: strict`
// marks needs leniency.
void RunOnEngine(const Case& example, Counts& counts) {
  const RuleSet lenient = Load(example, /*strict=*/false);
  ++counts["run"];
  const RuleSet strict = Load(example, /*strict=*/true);
  for (const std::string& text : example.says) {
    EXPECT_THAT(Messages(strict, Severity::kNote), HasSubstr(text));
  }
  if (example.loading == Case::Loading::kLoads) {
    EXPECT_EQ(Refusals(strict), "");
  } else {
    EXPECT_NE(strict.report().Count(DocumentStatus::kRefused), 0u);
  }
  if (example.loading == Case::Loading::kRefused) {
    EXPECT_NE(lenient.report().Count(DocumentStatus::kRefused), 0u);
    return;
  }
  EXPECT_EQ(Refusals(lenient), "");
  if (example.degraded.has_value() &&
      example.loading == Case::Loading::kLoads) {
    EXPECT_EQ(lenient.report().Count(DocumentStatus::kDegraded),
              *example.degraded);
  }
  EXPECT_EQ(EngineVerdicts(lenient, example), example.expect);
}

// The rules as the reference evaluator loads them. Errors: the first refusal;
// kUnimplemented for a correlation, which it does not check.
absl::StatusOr<std::vector<reference::ReferenceRule>> ReferenceRules(
    const Case& example) {
  std::vector<reference::ReferenceRule> rules;
  const reference::ReferenceStream stream{example.id, example.rules};
  for (reference::ReferenceDocument& document : reference::LoadReferenceRules(
           std::span(&stream, 1), example.placeholders)) {
    if (!document.status.ok()) return document.status;
    if (document.kind == reference::ReferenceDocument::Kind::kCorrelation) {
      // Nothing is said of what must be refused.
      if (example.loading == Case::Loading::kLoads) continue;
      return absl::UnimplementedError("correlation");
    }
    if (!document.rule.has_value()) continue;
    rules.push_back(*std::move(document.rule));
  }
  return rules;
}

std::vector<std::set<std::string>> ReferenceVerdicts(
    const std::vector<reference::ReferenceRule>& rules, const Case& example) {
  std::vector<std::set<std::string>> verdicts;
  for (const std::string& text : example.events) {
    std::set<std::string>& titles = verdicts.emplace_back();
    const auto json = reference::ParseJson(text);
    EXPECT_TRUE(json.ok()) << text << ": " << json.status();
    if (!json.ok()) continue;
    reference::ReferenceEvent event(*json);
    for (const reference::ReferenceRule& rule : rules) {
      if (RuleHolds(rule, event) == reference::Truth::kTrue) {
        titles.insert(rule.title);
      }
    }
  }
  return verdicts;
}

void RunOnReference(const Case& example, Counts& counts) {
  const auto rules = ReferenceRules(example);
  if (absl::IsUnimplemented(rules.status())) {
    ++counts["correlation, which the reference does not check"];
    return;
  }
  ++counts["run"];
  if (example.loading == Case::Loading::kRefused) {
    EXPECT_FALSE(rules.ok());
    return;
  }
  ASSERT_TRUE(rules.ok()) << rules.status();
  EXPECT_EQ(ReferenceVerdicts(*rules, example), example.expect);
}

void RunAll(const std::vector<Case>& cases, void (*run)(const Case&, Counts&)) {
  Counts counts;
  std::set<std::string> ids;
  for (const Case& example : cases) {
    EXPECT_TRUE(ids.insert(example.id).second) << "id twice: " << example.id;
    if (example.is_correlation) {
      ++counts["correlation over time"];
      continue;
    }
    SCOPED_TRACE(example.id + "\n" + example.rules);
    run(example, counts);
  }
  for (const auto& [what, count] : counts) {
    std::printf("%s: %d cases\n", what.c_str(), count);
  }
  EXPECT_GT(counts["run"], 0);
}

std::vector<Case> OwnCases() {
  const fs::path folder =
      fs::path(HYPERSIGMA_SOURCE_DIR) / "tests/conformance/cases";
  std::vector<Case> all;
  for (const fs::path& file : Files(folder, ".yml")) {
    auto cases = ParseYamlCases(file.stem().string(), ReadFile(file));
    EXPECT_TRUE(cases.ok()) << file << ": " << cases.status();
    if (cases.ok()) all.insert(all.end(), cases->begin(), cases->end());
  }
  return all;
}

fs::path SharedFolder() {
  return fs::path(HYPERSIGMA_SOURCE_DIR) / "../shared/corpus/cases";
}

std::vector<Case> SharedCases() {
  std::vector<Case> all;
  for (const fs::path& file : Files(SharedFolder(), ".json")) {
    auto cases = ParseJsonCases(ReadFile(file));
    EXPECT_TRUE(cases.ok()) << file << ": " << cases.status();
    if (cases.ok()) all.insert(all.end(), cases->begin(), cases->end());
  }
  return all;
}

TEST(Conformance, EngineJudgesOwnCasesAsExpected) {
  RunAll(OwnCases(), RunOnEngine);
}

TEST(Conformance, ReferenceJudgesOwnCasesAsExpected) {
  RunAll(OwnCases(), RunOnReference);
}

TEST(Conformance, EngineJudgesSharedCasesAsExpected) {
  if (!fs::exists(SharedFolder())) GTEST_SKIP() << "no shared cases";
  RunAll(SharedCases(), RunOnEngine);
}

TEST(Conformance, ReferenceJudgesSharedCasesAsExpected) {
  if (!fs::exists(SharedFolder())) GTEST_SKIP() << "no shared cases";
  RunAll(SharedCases(), RunOnReference);
}

}  // namespace
}  // namespace hypersigma::conformance
