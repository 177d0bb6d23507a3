// Limits of batches of Arrow columns.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "hypersigma/columns.h"
#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"
#include "tests/support/arrow_table.h"

namespace hypersigma {
namespace {

using internal::ArrowTable;
using internal::kMaxBatchColumns;
using internal::kMaxBatchRows;
using ::testing::HasSubstr;

TEST(BatchRows, PastTheLimitIsAnError) {
  auto scanner = BatchScanner::Create(BuildEngine(ItemRule("f: v")));
  ASSERT_TRUE(scanner.ok());
  ArrowTable table(1);
  table.AddText("f", "u", {"v"});
  table.Finish();
  // Rows without columns take nothing.
  table.schema().n_children = 0;
  table.array().n_children = 0;
  table.array().length = 1'000'000;
  EXPECT_TRUE(scanner->ScanBatch(table.schema(), table.array()).ok());
  table.array().length = std::int64_t{kMaxBatchRows} + 1;
  const auto result = scanner->ScanBatch(table.schema(), table.array());
  EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(result.status().message()),
              HasSubstr("length 2147483648"));
}

TEST(BatchColumns, PastTheLimitIsAnError) {
  auto scanner = BatchScanner::Create(BuildEngine(ItemRule("f: v")));
  ASSERT_TRUE(scanner.ok());
  for (const std::size_t past : {0, 1}) {
    ArrowTable table(1);
    for (std::size_t i = 0; i < kMaxBatchColumns - 1 + past; ++i) {
      table.AddNulls("n");
    }
    table.AddText("f", "u", {"v"});
    table.Finish();
    const auto result = scanner->ScanBatch(table.schema(), table.array());
    if (past == 0) {
      ASSERT_TRUE(result.ok()) << result.status();
      EXPECT_EQ(result->matches.size(), 1);
    } else {
      EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
      EXPECT_THAT(std::string(result.status().message()),
                  HasSubstr("65537 columns"));
    }
  }
}

}  // namespace
}  // namespace hypersigma
