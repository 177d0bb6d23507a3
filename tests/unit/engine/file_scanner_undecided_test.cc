// What file scans tell of rules that a limit leaves open.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "tests/unit/engine/temporary_file.h"

namespace hypersigma {
namespace {

using ::testing::SizeIs;

TEST(ScanFiles, ListsWhatIsUndecided) {
  const auto engine = Engine::Build(
      RuleSet::FromYaml("title: slow\nlogsource: {category: c}\ndetection:\n"
                        "  s: {f|re: '(a+)+$'}\n  condition: s\n"));
  ASSERT_TRUE(engine.ok()) << engine.status();
  const std::string line = "{\"f\":\"" + std::string(60, 'a') + "b\"}\n";
  const TemporaryFile file("{}\n" + line + line + line);
  FileScanOptions options;
  options.max_undecided = 2;
  const ScanSummary summary =
      ScanFiles(*engine, std::vector{file.path()}, options,
                [](const auto&, const auto&) { return absl::OkStatus(); });
  EXPECT_EQ(summary.undecided, 3u);
  ASSERT_THAT(summary.undecided_records, SizeIs(2));
  const UndecidedRecord& record = summary.undecided_records[0];
  EXPECT_EQ(record.file, file.path());
  EXPECT_EQ(record.index, 1u);
  EXPECT_EQ(record.rule, RuleId{0});
  EXPECT_EQ(record.field, "f");
  EXPECT_EQ(UndecidedReasonText(record.reason),
            "a regular expression reached its limit");
}

}  // namespace
}  // namespace hypersigma
