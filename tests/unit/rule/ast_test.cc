#include "lib/rule/ast.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

TEST(DetectionItem, KnowsItsModifiers) {
  DetectionItem item;
  item.modifiers = {Modifier::kRe, Modifier::kContains};
  EXPECT_TRUE(item.Has(Modifier::kContains));
  EXPECT_FALSE(item.Has(Modifier::kCidr));
}

TEST(DetectionItem, IsAKeywordWithoutAField) {
  DetectionItem item;
  EXPECT_TRUE(item.is_keyword());
  item.field = "";
  EXPECT_FALSE(item.is_keyword());
}

}  // namespace
}  // namespace hypersigma::internal
