#include "lib/rule/reporter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

TEST(Reporter, KeepsOrderPlacesAndParts) {
  const Source source("a.yml", "ab\ncd\n");
  Reporter reporter(source);
  reporter.Note({1, 2}, "odd");
  reporter.Mismatch({3, 5}, "x", "1", "2");
  EXPECT_EQ(reporter.error_count(), 1u);
  const std::vector<Diagnostic> diagnostics = reporter.TakeDiagnostics();
  EXPECT_THAT(Problems(diagnostics),
              ElementsAre("1:2 note: odd", "2:1 error: x is 1, expected 2"));
  EXPECT_EQ(diagnostics[1].found, "1");
  EXPECT_EQ(diagnostics[1].expected, "2");
  EXPECT_EQ(diagnostics[1].caret, "cd\n^~");
  EXPECT_TRUE(reporter.TakeDiagnostics().empty());
}

TEST(Reporter, CountsWhatIsOverTheLimitAndKeepsTheWorst) {
  const Source source("a.yml", "ab\ncd\n");
  Reporter reporter(source);
  for (int i = 0; i < 100; ++i) reporter.Note({0, 1}, "odd");
  EXPECT_TRUE(reporter.is_full());
  reporter.Warning({4, 5}, "lost");
  reporter.Error({0, 1}, "lost");
  reporter.Note({0, 1}, "lost");
  EXPECT_EQ(reporter.error_count(), 1u);
  const std::vector<Diagnostic> diagnostics = reporter.TakeDiagnostics();
  ASSERT_EQ(diagnostics.size(), 101u);
  EXPECT_EQ(Problems(diagnostics).back(),
            "2:2 error: 3 more problems from here on");
}

}  // namespace
}  // namespace hypersigma::internal
