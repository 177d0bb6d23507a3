#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

#include "hypersigma/verifier.h"
#include "lib/rule/rule_text.h"
#include "lib/verify/verifier_state.h"

namespace hypersigma {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::SizeIs;

std::string Rule(const std::string& item) {
  return "title: T\nlogsource: {product: p}\ndetection:\n  s: {" + item +
         "}\n  condition: s\n";
}

class FileVerifierTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            ("hypersigma_file_verifier_" + std::to_string(getpid()));
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  // Writes `count` events with n = 0, 1, ..., and a malformed line at the end.
  std::string Write(const std::string& name, int count) {
    std::ofstream stream(root_ / name);
    for (int n = 0; n < count; ++n) stream << "{\"n\": " << n << "}\n";
    stream << "{\n";
    return (root_ / name).string();
  }

  // Scans with `engine_rule` and verifies by `other_rule`.
  VerifySummary Verify(const std::vector<std::string>& paths,
                       const std::string& engine_rule,
                       const std::string& other_rule,
                       const FileVerifierOptions& options, int threads) {
    const auto engine = Engine::Build(RuleSet::FromYaml(engine_rule));
    EXPECT_TRUE(engine.ok()) << engine.status();
    const std::vector<internal::RuleText> texts = {{"<yaml>", other_rule, 0}};
    FileVerifier verifier(Verifier(internal::MakeVerifierState(*engine, texts)),
                          options);
    FileScanOptions scan;
    scan.threads = threads;
    scan.observer = [&](const ScannedEvent& event) { verifier.Observe(event); };
    const ScanSummary summary = ScanFiles(
        *engine, paths, scan,
        [](const MatchPlace&, const Match&) { return absl::OkStatus(); });
    EXPECT_TRUE(summary.status.ok()) << summary.status;
    return verifier.Summary();
  }

  fs::path root_;
};

TEST_F(FileVerifierTest, CountsWhatItCompares) {
  const std::vector<std::string> paths = {Write("a", 10), Write("b", 5)};
  const std::string rule = Rule("n|gt: 3");
  const VerifySummary summary = Verify(paths, rule, rule, {}, 2);
  EXPECT_EQ(summary.events, 17u);
  EXPECT_EQ(summary.rules, 1u);
  EXPECT_EQ(summary.differences, 0u);
  EXPECT_EQ(summary.not_compared, 0u);
}

TEST_F(FileVerifierTest, TakesEveryNthEventOfAFile) {
  const std::vector<std::string> paths = {Write("a", 10), Write("b", 1)};
  const std::string rule = Rule("n|gt: 3");
  EXPECT_EQ(Verify(paths, rule, rule, {.every = 4}, 1).events, 4u);
  EXPECT_EQ(Verify(paths, rule, rule, {.every = 0}, 1).events, 13u);
}

TEST_F(FileVerifierTest, ListsTheFirstDifferencesForAnyNumberOfThreads) {
  const std::vector<std::string> paths = {Write("a", 40'000), Write("b", 9)};
  for (const int threads : {1, 3}) {
    const VerifySummary summary =
        Verify(paths, Rule("n|gt: 5"), Rule("n|gt: 3"),
               {.every = 1, .max_differences = 3}, threads);
    EXPECT_EQ(summary.differences, 4u);
    ASSERT_THAT(summary.listed, SizeIs(3));
    EXPECT_EQ(summary.listed[0].file, paths[0]);
    EXPECT_EQ(summary.listed[0].index, 4u);
    EXPECT_EQ(summary.listed[1].index, 5u);
    EXPECT_EQ(summary.listed[2].file, paths[1]);
    ASSERT_THAT(summary.listed[2].difference.items, SizeIs(1));
    EXPECT_EQ(summary.listed[2].difference.items[0].item, "n|gt: 3");
  }
}

}  // namespace
}  // namespace hypersigma
