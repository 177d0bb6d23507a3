#include "lib/pipeline/item_walk.h"

#include <gtest/gtest.h>

#include <string>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

WorkDetection ItemNamed(std::string name) {
  WorkDetection detection;
  detection.item.field = std::move(name);
  return detection;
}

WorkDetection GroupOf(Detection::Kind kind,
                      std::vector<WorkDetection> children) {
  WorkDetection group;
  group.kind = kind;
  group.children = std::move(children);
  return group;
}

// Returns names in brackets: `{}` for all of them, `[]` for any.
std::string Names(const WorkDetection& detection) {
  if (detection.kind == Detection::Kind::kItem) return *detection.item.field;
  std::string names;
  for (const WorkDetection& child : detection.children) {
    names += (names.empty() ? "" : " ") + Names(child);
  }
  return detection.kind == Detection::Kind::kAllOf ? "{" + names + "}"
                                                   : "[" + names + "]";
}

class ItemWalkTest : public testing::Test {
 protected:
  // Walks a map of `a` and a list of `b` and `c`.
  std::string Walk(const std::function<void(WorkDetection&)>& change) {
    rule_.selections.resize(1);
    rule_.selections[0].detection = GroupOf(
        Detection::Kind::kAllOf,
        {ItemNamed("a"),
         GroupOf(Detection::Kind::kAnyOf, {ItemNamed("b"), ItemNamed("c")})});
    ForEachItem(run_, change);
    return Names(rule_.selections[0].detection);
  }

  WorkRule rule_;
  ReferredRules referred_;
  RegexScratch scratch_ = *RegexScratch::Create();
  std::size_t nodes_left_ = kMaxPipelineNodes;
  RuleRun run_{rule_, referred_, scratch_, nodes_left_};
};

TEST_F(ItemWalkTest, VisitsEveryItemOnce) {
  EXPECT_EQ(Walk([](WorkDetection& item) { *item.item.field += "!"; }),
            "{a! [b! c!]}");
}

TEST_F(ItemWalkTest, MergesGroupsOfTheSameKind) {
  EXPECT_EQ(Walk([](WorkDetection& item) {
              item = GroupOf(Detection::Kind::kAnyOf, {item, ItemNamed("x")});
            }),
            "{[a x] [b x c x]}");
}

TEST_F(ItemWalkTest, StopsAfterAFailure) {
  int visited = 0;
  Walk([&](WorkDetection&) {
    ++visited;
    run_.Fail("no");
  });
  EXPECT_EQ(visited, 1);
}

}  // namespace
}  // namespace hypersigma::internal
