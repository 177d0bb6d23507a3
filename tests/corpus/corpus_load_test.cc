// Loads the rules of SigmaHQ: every document is accounted for, and what is not
// loaded waits for a later version or for the caller's placeholders.

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

std::filesystem::path Corpus() {
  return std::filesystem::path(HYPERSIGMA_SOURCE_DIR) / "../shared/corpus";
}

bool Contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

bool IsExpectedReason(const Diagnostic& diagnostic) {
  return Contains(diagnostic.message, "is not supported yet") ||
         Contains(diagnostic.message, "placeholder");
}

class CorpusLoad : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(Corpus())) {
      GTEST_SKIP() << "no corpus at " << Corpus();
    }
  }

  static RuleSet Load(const std::string& folder, bool strict) {
    const std::vector<std::string> paths{
        (Corpus() / "sigma" / folder).string()};
    RuleSetOptions options;
    options.strict = strict;
    const auto start = std::chrono::steady_clock::now();
    const absl::StatusOr<RuleSet> rules = RuleSet::FromPaths(paths, options);
    const std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - start;
    EXPECT_TRUE(rules.ok()) << rules.status();
    std::cout << folder << ": " << rules->report().documents.size()
              << " documents in " << seconds.count() << " s\n";
    return *rules;
  }

  // Checks that rules and refusals add up and that every refusal has one of the
  // reasons that may be; returns how many there are.
  static std::size_t CheckAccounts(const RuleSet& rules) {
    std::size_t refused = 0;
    for (const Document& document : rules.report().documents) {
      EXPECT_FALSE(document.title.empty()) << document.file;
      EXPECT_FALSE(document.id.empty()) << document.file;
      EXPECT_EQ(document.rule.has_value(),
                document.status != DocumentStatus::kRefused);
      if (document.status == DocumentStatus::kLoaded) continue;
      ++refused;
      std::size_t errors = 0;
      for (const Diagnostic& diagnostic : document.diagnostics) {
        if (diagnostic.severity != Severity::kError) continue;
        ++errors;
        EXPECT_TRUE(IsExpectedReason(diagnostic)) << Format(diagnostic);
      }
      EXPECT_GT(errors, 0u) << document.file;
    }
    EXPECT_EQ(rules.rules().size() + refused, rules.report().documents.size());
    EXPECT_EQ(rules.rules().size(), rules.detection_rules().size());
    return refused;
  }
};

TEST_F(CorpusLoad, AccountsForEveryRule) {
  const RuleSet rules = Load("rules", /*strict=*/false);
  EXPECT_EQ(rules.report().documents.size(), 3'141u);
  EXPECT_LE(CheckAccounts(rules), 60u);
}

TEST_F(CorpusLoad, IsTheSameUnderStrictLoading) {
  const RuleSet lenient = Load("rules", /*strict=*/false);
  const RuleSet strict = Load("rules", /*strict=*/true);
  EXPECT_EQ(strict.rules().size(), lenient.rules().size());
}

TEST_F(CorpusLoad, AccountsForTheOtherFolders) {
  for (const std::string folder :
       {"rules-emerging-threats", "rules-threat-hunting"}) {
    const RuleSet rules = Load(folder, /*strict=*/false);
    EXPECT_GT(rules.rules().size(), 100u);
    EXPECT_LE(CheckAccounts(rules), 10u);
  }
}

}  // namespace
}  // namespace hypersigma
