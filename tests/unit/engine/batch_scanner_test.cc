#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"
#include "tests/support/arrow_table.h"

namespace hypersigma {
namespace {

using internal::ArrowTable;
using internal::TextCells;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

std::string Rule(const std::string& selection,
                 const std::string& condition = "s") {
  return "title: R\nlogsource: {product: windows}\ndetection:\n  s:\n    " +
         selection + "\n  condition: " + condition + "\n---\n";
}

Engine Build(const std::string& yaml) {
  return Engine::Build(RuleSet::FromYaml(yaml)).value();
}

using Found = std::vector<std::pair<std::size_t, int>>;

Found Scan(BatchScanner& scanner, ArrowTable& table) {
  table.Finish();
  const auto result = scanner.ScanBatch(table.schema(), table.array());
  EXPECT_TRUE(result.ok()) << result.status();
  Found found;
  if (!result.ok()) return found;
  for (const RowMatch& match : result->matches) {
    found.emplace_back(match.row, static_cast<int>(match.match.rule));
  }
  return found;
}

Found ScanTexts(const std::string& yaml, const TextCells& cells) {
  BatchScanner scanner =
      BatchScanner::Create(Build(yaml), {.routing = Routing::kOff}).value();
  ArrowTable table(cells.size());
  table.AddText("f", "u", cells);
  return Scan(scanner, table);
}

TEST(BatchScanner, ListsMatchesByRowThenRule) {
  EXPECT_THAT(
      ScanTexts(Rule("f: a") + Rule("f|startswith: a"), {"x", "a", "ab", "a"}),
      ElementsAre(Pair(1, 0), Pair(1, 1), Pair(2, 1), Pair(3, 0), Pair(3, 1)));
}

TEST(BatchScanner, NullsAreMissing) {
  const TextCells cells = {std::nullopt, "", "null"};
  EXPECT_THAT(ScanTexts(Rule("f: null"), cells), ElementsAre(Pair(0, 0)));
  EXPECT_THAT(ScanTexts(Rule("f|exists: true"), cells),
              ElementsAre(Pair(1, 0), Pair(2, 0)));
  EXPECT_THAT(ScanTexts(Rule("f|exists: false"), cells),
              ElementsAre(Pair(0, 0)));
  EXPECT_THAT(ScanTexts(Rule("f: x", "not s"), cells),
              ElementsAre(Pair(0, 0), Pair(1, 0), Pair(2, 0)));
}

TEST(BatchScanner, ComparesTwoColumns) {
  BatchScanner scanner =
      BatchScanner::Create(Build(Rule("f|fieldref: g"))).value();
  ArrowTable table(3);
  table.AddText("f", "u", {"a", "b", "b"});
  table.AddDictionary("g", "c", "vu", {"A", "c", "B"});
  EXPECT_THAT(Scan(scanner, table), ElementsAre(Pair(0, 0), Pair(2, 0)));
}

TEST(BatchScanner, ReadsNumbersAsNumbers) {
  BatchScanner scanner =
      BatchScanner::Create(Build(Rule("f: 10") + Rule("f|gt: 9.5"))).value();
  ArrowTable table(4);
  table.AddReals("f", "g", {10.0, 9.75, std::nan(""), -HUGE_VAL});
  EXPECT_THAT(Scan(scanner, table),
              ElementsAre(Pair(0, 0), Pair(0, 1), Pair(1, 1)));
}

TEST(BatchScanner, FindsKeywordsInAnyColumn) {
  const std::string keyword =
      "title: R\nlogsource: {product: windows}\ndetection:\n"
      "  k: [mimikatz]\n  condition: k\n";
  BatchScanner scanner = BatchScanner::Create(Build(keyword)).value();
  ArrowTable table(4);
  table.AddText("x", "u", {"a", "say MimiKatz", "mimi", std::nullopt});
  // Across two values there is none.
  table.AddText("y", "vu", {"mimi", "katz", "katz", "b"});
  table.AddLists(
      "z", "+l", "u",
      {TextCells{"c"}, std::nullopt, TextCells{}, TextCells{"d", "mimikatz"}});
  EXPECT_THAT(Scan(scanner, table), ElementsAre(Pair(1, 0), Pair(3, 0)));
}

TEST(BatchScanner, ColumnsMayChangeFromBatchToBatch) {
  BatchScanner scanner =
      BatchScanner::Create(Build(Rule("f: a\n    g: b"))).value();
  ArrowTable both(2);
  both.AddText("f", "u", {"a", "a"});
  both.AddText("g", "u", {"b", "c"});
  EXPECT_THAT(Scan(scanner, both), ElementsAre(Pair(0, 0)));
  ArrowTable one(2);
  one.AddText("f", "u", {"a", "a"});
  EXPECT_THAT(Scan(scanner, one), IsEmpty());
  ArrowTable turned(2);
  turned.AddText("g", "u", {"c", "b"});
  turned.AddText("f", "u", {"a", "a"});
  EXPECT_THAT(Scan(scanner, turned), ElementsAre(Pair(1, 0)));
}

TEST(BatchScanner, Selects) {
  const Engine engine = Build(Rule("f: a") + Rule("f|contains: a"));
  BatchScanner scanner = BatchScanner::Create(engine).value();
  ArrowTable table(1);
  table.AddText("f", "u", {"a"});
  EXPECT_THAT(Scan(scanner, table), ElementsAre(Pair(0, 0), Pair(0, 1)));
  RuleMask second(2);
  second.Add(RuleId{1});
  ASSERT_TRUE(scanner.Select(std::make_shared<RuleMask>(second)).ok());
  EXPECT_THAT(Scan(scanner, table), ElementsAre(Pair(0, 1)));
  EXPECT_EQ(scanner.Select(std::make_shared<RuleMask>(3)).code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(BatchScanner, RoutesRowByRow) {
  const std::string yaml =
      "title: R\nlogsource: {product: windows, category: process_access}\n"
      "detection:\n  s: {User: a}\n  condition: not s\n";
  BatchScanner scanner = BatchScanner::Create(Build(yaml)).value();
  ArrowTable table(4);
  const std::string sysmon = "Microsoft-Windows-Sysmon/Operational";
  table.AddText("Channel", "u", {sysmon, sysmon, std::nullopt, sysmon});
  table.AddNumbers("EventID", "l", {10, 11, std::nullopt, 10});
  table.AddText("User", "u", {"b", "b", "b", "a"});
  table.Finish();
  const auto result = scanner.ScanBatch(table.schema(), table.array());
  ASSERT_TRUE(result.ok()) << result.status();
  // What is of no known log source is tested against all.
  ASSERT_EQ(result->matches.size(), 2);
  EXPECT_EQ(result->matches[0].row, 0);
  EXPECT_EQ(result->matches[1].row, 2);
  EXPECT_EQ(result->unclassified_count, 1);
}

TEST(BatchScanner, LeavesOutOtherColumnsIfAsked) {
  const Engine engine = Build(Rule("f: a"));
  ArrowTable table(1);
  table.AddText("f", "u", {"a"});
  table.AddNumbers("t", "l", {1});
  table.column(1).schema.format = "tsu:";
  BatchScanner lenient =
      BatchScanner::Create(engine, {}, {OtherColumns::kLeaveOut}).value();
  EXPECT_THAT(Scan(lenient, table), ElementsAre(Pair(0, 0)));
  BatchScanner strict = BatchScanner::Create(engine).value();
  EXPECT_EQ(strict.ScanBatch(table.schema(), table.array()).status().code(),
            absl::StatusCode::kUnimplemented);
}

}  // namespace
}  // namespace hypersigma
