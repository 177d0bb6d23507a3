#include "lib/input/layout_paths.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

FieldTable Table(std::initializer_list<std::string_view> names) {
  FieldTable table;
  for (const std::string_view name : names) table.Intern(name);
  return table;
}

EventLayout Layout() {
  EventLayout layout;
  layout.markers = {"a.m"};
  layout.places = {"a.*", "b.*.*", "*"};
  layout.text_member = "#";
  layout.names = {{"x", {"a.n", "x"}}, {"unknown", {"u.v"}}};
  return layout;
}

TEST(LayoutPaths, AddsPlacesBesideTheNames) {
  const FieldTable table = Table({"x", "y", "a.y"});
  FieldPaths paths(table);
  const std::vector<EventLayout> layouts = {Layout()};
  const LayoutPaths added(layouts, std::nullopt, table, paths);
  const Path& a = paths[paths.Member(kRootPath, "a")];
  EXPECT_TRUE(a.leads);
  ASSERT_NE(added.Find(a), nullptr);
  ASSERT_EQ(added.Find(a)->scopes.size(), 1u);
  EXPECT_EQ(added.scope(added.Find(a)->scopes[0]).rank, 0u);
  const Path& n = paths[paths.Member(kRootPath, "a.n")];
  ASSERT_EQ(added.Find(n)->targets.size(), 1u);
  EXPECT_EQ(added.Find(n)->targets[0].field, FieldId{0});
  const Path& text = paths[paths.Member(kRootPath, "a.n.#")];
  EXPECT_EQ(added.Find(text)->targets[0].field, FieldId{0});
  const Path& b = paths[paths.Member(kRootPath, "b")];
  ASSERT_NE(added.Find(b)->any, kNoPath);
  EXPECT_EQ(added.Find(paths[added.Find(b)->any])->scopes.size(), 1u);
  EXPECT_EQ(paths.Member(kRootPath, "u"), kNoPath);
}

TEST(LayoutPaths, RanksTheOwnName) {
  const FieldTable table = Table({"x", "y"});
  FieldPaths paths(table);
  const std::vector<EventLayout> layouts = {Layout(), EventLayout()};
  const LayoutPaths added(layouts, std::nullopt, table, paths);
  EXPECT_EQ(added.own_rank(0, FieldId{0}), 1u);
  EXPECT_EQ(added.own_rank(0, FieldId{1}), 2u);
  EXPECT_EQ(added.own_rank(1, FieldId{1}), kOwnRank);
  EXPECT_TRUE(added.is_restricted(0, FieldId{0}));
  EXPECT_FALSE(added.is_restricted(0, FieldId{1}));
  EXPECT_FALSE(added.is_restricted(1, FieldId{0}));
}

// Only ways that lead through places have to be followed part by part.
TEST(LayoutPaths, LeavesOtherPathsAlone) {
  const FieldTable table = Table({"a.y.z", "c.y", "x"});
  FieldPaths paths(table);
  const std::vector<EventLayout> layouts = {Layout()};
  const LayoutPaths added(layouts, std::nullopt, table, paths);
  EXPECT_TRUE(paths[paths.Member(kRootPath, "a.y.z")].in_layout);
  EXPECT_TRUE(paths[paths.Member(kRootPath, "a.m")].in_layout);
  EXPECT_FALSE(paths[paths.Member(kRootPath, "a")].in_layout);
  EXPECT_FALSE(paths[paths.Member(kRootPath, "c.y")].in_layout);
  EXPECT_FALSE(paths[paths.Member(kRootPath, "x")].in_layout);
  EXPECT_FALSE(paths[kRootPath].leads);
  EXPECT_EQ(paths.Member(kRootPath, "a.q"), kNoNamedPath);
  EXPECT_EQ(paths.Member(kRootPath, "c.q"), kNoPath);
}

TEST(LayoutPaths, LeavesOthersOutWhenOneIsForced) {
  const FieldTable table = Table({"x", "y"});
  FieldPaths paths(table);
  const std::vector<EventLayout> layouts = {Layout(), EventLayout()};
  const LayoutPaths added(layouts, 1, table, paths);
  EXPECT_EQ(added.forced(), 1u);
  EXPECT_EQ(added.layout_count(), 2u);
  EXPECT_EQ(paths.Member(kRootPath, "a"), kNoPath);
}

}  // namespace
}  // namespace hypersigma::internal
