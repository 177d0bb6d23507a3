#include "lib/engine/keyword_columns.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_finder.h"
#include "lib/engine/route_needs.h"
#include "tests/support/arrow_table.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kRows = 1'000;

// One rule with a keyword, and a table with it in one row.
class KeywordColumnsTest : public testing::Test {
 protected:
  KeywordColumnsTest()
      : engine_(Engine::Build(
                    RuleSet::FromYaml("title: R\nlogsource: {product: p}\n"
                                      "detection:\n  keywords: [needle::kiwi]\n"
                                      "  condition: keywords\n"))
                    .value()),
        scratch_(ClassifyScratch::Create(engine_.state()).value()),
        finder_(engine_.state().router(), Routing::kOff, {}),
        needs_(
            engine_.state(),
            finder_.FindKept(EventValues(engine_.state().plan().fields.size())),
            nullptr),
        classes_(engine_.state(), needs_),
        columns_(needs_.keyword_matchers()),
        table_(kRows) {
    TextCells cells;
    for (std::size_t i = 0; i < kRows; ++i) {
      cells.emplace_back(std::string(40, 'x') + std::to_string(i % 500));
    }
    table_.AddText("none", "u", cells);
    cells[700] = "a Needle::Kiwi in it";
    table_.AddText("one", "u", cells);
    table_.AddText("view", "vu", cells);
    table_.AddDictionary("code", "i", "u", cells);
    table_.Finish();
    batch_ = ReadArrowBatch(table_.schema(), table_.array()).value();
    columns_.BeginBatch(batch_.columns.size());
  }

  const KeywordMarks& Find(std::size_t column) {
    return *columns_.Find(column, batch_.columns[column], classes_, scratch_)
                .value();
  }

  const Engine engine_;
  ClassifyScratch scratch_;
  RouteFinder finder_;
  RouteNeeds needs_;
  ValueClasses classes_;
  KeywordColumns columns_;
  ArrowTable table_;
  ArrowBatch batch_;
};

TEST_F(KeywordColumnsTest, MarkTheRowThatHoldsOne) {
  columns_.BeginChunk(600, 300);
  EXPECT_EQ(columns_.Known(0), nullptr);
  EXPECT_FALSE(Find(0).any());
  EXPECT_NE(columns_.Known(0), nullptr);
  EXPECT_FALSE(Find(0).MayHold(700));
  EXPECT_TRUE(Find(1).MayHold(700));
  EXPECT_TRUE(Find(2).MayHold(700));
}

TEST_F(KeywordColumnsTest, KnowTheChunkAlone) {
  columns_.BeginChunk(0, 600);
  EXPECT_FALSE(Find(1).any());
  columns_.BeginChunk(600, 400);
  EXPECT_EQ(columns_.Known(1), nullptr);
  EXPECT_TRUE(Find(1).any());
}

TEST_F(KeywordColumnsTest, KnowADictionaryForTheBatch) {
  columns_.BeginChunk(0, 10);
  const ArrowColumn& code = batch_.columns[3];
  EXPECT_TRUE(Find(3).MayHold(code.Position(700)));
  columns_.BeginChunk(10, 990);
  EXPECT_NE(columns_.Known(3), nullptr);
  columns_.BeginBatch(batch_.columns.size());
  EXPECT_EQ(columns_.Known(3), nullptr);
}

TEST_F(KeywordColumnsTest, AreOfTheirMatchers) {
  EXPECT_TRUE(columns_.IsOf(needs_.keyword_matchers()));
  EXPECT_FALSE(columns_.IsOf({}));
}

}  // namespace
}  // namespace hypersigma::internal
