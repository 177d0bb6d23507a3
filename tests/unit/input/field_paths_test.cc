#include "lib/input/field_paths.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

FieldTable Table(std::initializer_list<std::string_view> names) {
  FieldTable table;
  for (const std::string_view name : names) table.Intern(name);
  return table;
}

// Follows `keys` from the root; kUnnamedField also when they lead nowhere.
FieldId Follow(const FieldPaths& paths,
               std::initializer_list<std::string_view> keys) {
  PathId path = kRootPath;
  for (const std::string_view key : keys) {
    path = paths.Member(path, key);
    if (path == kNoPath) return kUnnamedField;
  }
  return paths[path].field;
}

TEST(FieldPaths, FindsPlainNames) {
  const FieldPaths paths(Table({"Image", "User", ""}));
  EXPECT_EQ(Follow(paths, {"Image"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"User"}), FieldId{1});
  EXPECT_EQ(Follow(paths, {""}), FieldId{2});
  EXPECT_EQ(Follow(paths, {"image"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"Imag"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"Image", "User"}), kUnnamedField);
}

TEST(FieldPaths, ReachesDottedNamesInEveryWay) {
  const FieldPaths paths(Table({"a.b.c"}));
  EXPECT_EQ(Follow(paths, {"a.b.c"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"a", "b.c"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"a.b", "c"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"a", "b", "c"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"a"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"a.b"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"b.c"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"a.c"}), kUnnamedField);
  EXPECT_EQ(Follow(paths, {"a.b.c.d"}), kUnnamedField);
}

TEST(FieldPaths, KeepsEmptyParts) {
  const FieldPaths paths(Table({".a", "a.", "a..b", "."}));
  EXPECT_EQ(Follow(paths, {"", "a"}), FieldId{0});
  EXPECT_EQ(Follow(paths, {"a", ""}), FieldId{1});
  EXPECT_EQ(Follow(paths, {"a", "", "b"}), FieldId{2});
  EXPECT_EQ(Follow(paths, {"a.", "b"}), FieldId{2});
  EXPECT_EQ(Follow(paths, {"a", ".b"}), FieldId{2});
  EXPECT_EQ(Follow(paths, {"", ""}), FieldId{3});
}

TEST(FieldPaths, KnowsWhichPathsLeadOn) {
  const FieldPaths paths(Table({"a", "a.b"}));
  const Path& a = paths[paths.Member(kRootPath, "a")];
  EXPECT_EQ(a.field, FieldId{0});
  EXPECT_TRUE(a.has_members);
  EXPECT_FALSE(a.has_splits);
  const Path& b = paths[paths.Member(kRootPath, "a.b")];
  EXPECT_FALSE(b.has_members);
  EXPECT_TRUE(b.has_splits);
  EXPECT_EQ(paths.split_count(), 2u);
}

TEST(FieldPaths, TellsThousandsOfNamesApart) {
  FieldTable table;
  for (int i = 0; i < 3000; ++i) {
    table.Intern(std::string(static_cast<std::size_t>(i % 30), 'x') +
                 std::to_string(i));
    table.Intern("p." + std::to_string(i) + ".q");
  }
  const FieldPaths paths(table);
  for (std::uint32_t id = 0; id < table.size(); ++id) {
    EXPECT_EQ(Follow(paths, {table.names()[id]}), FieldId{id});
  }
}

}  // namespace
}  // namespace hypersigma::internal
