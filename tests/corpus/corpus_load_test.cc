// Loads the rules of SigmaHQ: every document is accounted for, and what is not
// loaded waits for a later version or for the caller's placeholders.

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <set>
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
  return Contains(diagnostic.message, "placeholder");
}

const std::vector<std::string> kFolders = {"rules", "rules-emerging-threats",
                                           "rules-threat-hunting"};

class CorpusLoad : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(Corpus())) {
      GTEST_SKIP() << "no corpus at " << Corpus();
    }
  }

  static RuleSet Load(const std::string& folder,
                      const RuleSetOptions& options) {
    const std::vector<std::string> paths{
        (Corpus() / "sigma" / folder).string()};
    const auto start = std::chrono::steady_clock::now();
    const absl::StatusOr<RuleSet> rules = RuleSet::FromPaths(paths, options);
    const std::chrono::duration<double> seconds =
        std::chrono::steady_clock::now() - start;
    EXPECT_TRUE(rules.ok()) << rules.status();
    std::cout << folder << ": " << rules->report().documents.size()
              << " documents in " << seconds.count() << " s\n";
    return *rules;
  }

  // Names of the placeholders that have no values.
  static std::set<std::string> Placeholders(const std::string& folder) {
    std::set<std::string> names;
    const RuleSet rules = Load(folder, {});
    for (const Document& document : rules.report().documents) {
      for (const Diagnostic& diagnostic : document.diagnostics) {
        const std::string& found = diagnostic.found;
        if (IsExpectedReason(diagnostic) && found.size() > 4) {
          names.insert(found.substr(2, found.size() - 4));  // without '% %'
        }
      }
    }
    return names;
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

TEST_F(CorpusLoad, RefusesPlaceholdersWithoutValuesOnly) {
  std::size_t documents = 0;
  std::size_t refused = 0;
  for (const std::string& folder : kFolders) {
    const RuleSet rules = Load(folder, {});
    documents += rules.report().documents.size();
    refused += CheckAccounts(rules);
  }
  EXPECT_EQ(documents, 3'754u);
  EXPECT_GT(refused, 0u);
  EXPECT_LT(refused, 20u);
}

TEST_F(CorpusLoad, RefusesNothingWhenPlaceholdersHaveValues) {
  RuleSetOptions options;
  for (const std::string& folder : kFolders) {
    for (const std::string& name : Placeholders(folder)) {
      options.placeholders[name] = {"a value"};
    }
  }
  for (const std::string& folder : kFolders) {
    const RuleSet rules = Load(folder, options);
    EXPECT_EQ(CheckAccounts(rules), 0u);
  }
}

TEST_F(CorpusLoad, IsTheSameUnderStrictLoading) {
  const RuleSet lenient = Load("rules", {});
  RuleSetOptions options;
  options.strict = true;
  const RuleSet strict = Load("rules", options);
  EXPECT_EQ(strict.rules().size(), lenient.rules().size());
}

}  // namespace
}  // namespace hypersigma
