#include "lib/base/field_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hypersigma::internal {
namespace {

TEST(FieldTable, CountsIdsInOrderOfInsertion) {
  FieldTable table;
  EXPECT_EQ(table.Intern("Image"), FieldId{0});
  EXPECT_EQ(table.Intern("CommandLine"), FieldId{1});
  EXPECT_EQ(table.Intern("Image"), FieldId{0});
  EXPECT_EQ(table.size(), 2u);
  EXPECT_THAT(table.names(), testing::ElementsAre("Image", "CommandLine"));
}

TEST(FieldTable, ComparesNamesExactly) {
  FieldTable table;
  table.Intern("Image");
  EXPECT_EQ(table.Find("Image"), FieldId{0});
  EXPECT_EQ(table.Find("image"), kUnnamedField);
  EXPECT_EQ(table.Find("Image "), kUnnamedField);
  EXPECT_EQ(table.Find(""), kUnnamedField);
}

TEST(FieldTable, TakesAnyBytesAsName) {
  FieldTable table;
  const std::string with_nul("a\0b", 3);
  EXPECT_EQ(table.Intern(""), FieldId{0});
  EXPECT_EQ(table.Intern(with_nul), FieldId{1});
  EXPECT_EQ(table.Intern("a"), FieldId{2});
  EXPECT_EQ(table.Find(with_nul), FieldId{1});
}

}  // namespace
}  // namespace hypersigma::internal
