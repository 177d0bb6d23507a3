#include "lib/engine/item_trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "hypersigma/engine.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(ItemTracer, TellsOfEveryValueOfEveryItem) {
  const auto engine = Engine::Build(RuleSet::FromYaml(
      "title: T\nlogsource: {product: p}\ndetection:\n"
      "  s:\n    - a|contains|all: [x, y]\n      b: 1\n    - c: [2, 3]\n"
      "  t: [word]\n"
      "  condition: s\n"));
  ASSERT_TRUE(engine.ok()) << engine.status();
  ASSERT_THAT(engine->rules(), SizeIs(1));
  auto tracer = ItemTracer::Create(engine->state());
  ASSERT_TRUE(tracer.ok()) << tracer.status();
  const std::string_view json = R"({"a": "x", "b": 1, "c": 3})";
  ASSERT_TRUE(tracer->Read(json).ok());
  const auto traces = tracer->Trace(RuleId{0});
  ASSERT_THAT(traces, SizeIs(2));
  EXPECT_EQ(traces[0].name, "s");
  const std::vector<ItemTrace>& items = traces[0].items;
  ASSERT_THAT(items, SizeIs(3));
  EXPECT_EQ(items[0].verdict, Verdict::kFalse);
  EXPECT_THAT(items[0].values, ElementsAre(Verdict::kTrue, Verdict::kFalse));
  EXPECT_EQ(items[1].verdict, Verdict::kTrue);
  EXPECT_THAT(items[1].values, ElementsAre(Verdict::kTrue));
  EXPECT_EQ(items[2].verdict, Verdict::kTrue);
  EXPECT_THAT(items[2].values, ElementsAre(Verdict::kFalse, Verdict::kTrue));
  ASSERT_THAT(traces[1].items, SizeIs(1));
  EXPECT_EQ(traces[1].items[0].verdict, Verdict::kFalse);
}

TEST(ItemTracer, RefusesWhatTheScannerRefuses) {
  const auto engine = Engine::Build(RuleSet());
  ASSERT_TRUE(engine.ok());
  auto tracer = ItemTracer::Create(engine->state());
  ASSERT_TRUE(tracer.ok());
  EXPECT_EQ(tracer->Read("{").code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace hypersigma::internal
