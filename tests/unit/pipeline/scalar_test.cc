#include "lib/pipeline/scalar.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

TEST(Scalar, ComparesWhatIsOfOneKind) {
  EXPECT_TRUE(Compare({Kind::kInteger, "5"}, {Kind::kFloat, "5.0"}) == 0);
  EXPECT_TRUE(Compare({Kind::kInteger, "10"}, {Kind::kInteger, "9"}) > 0);
  EXPECT_TRUE(Compare({Kind::kString, "10"}, {Kind::kString, "9"}) < 0);
  EXPECT_TRUE(Compare({Kind::kBool, "true"}, {Kind::kBool, "true"}) == 0);
  EXPECT_TRUE(Compare({Kind::kNull, ""}, {Kind::kNull, ""}) == 0);
}

TEST(Scalar, DoesNotOrderTheRest) {
  const auto unordered = std::partial_ordering::unordered;
  EXPECT_EQ(Compare({Kind::kInteger, "5"}, {Kind::kString, "5"}), unordered);
  EXPECT_EQ(Compare({Kind::kBool, "true"}, {Kind::kBool, "false"}), unordered);
  EXPECT_EQ(Compare({Kind::kNull, ""}, {Kind::kString, ""}), unordered);
}

TEST(Relation, HoldsForOrderings) {
  const auto less = std::partial_ordering::less;
  const auto equal = std::partial_ordering::equivalent;
  const auto none = std::partial_ordering::unordered;
  EXPECT_TRUE(Holds(Relation::kLt, less));
  EXPECT_TRUE(Holds(Relation::kLte, equal));
  EXPECT_FALSE(Holds(Relation::kGt, equal));
  EXPECT_TRUE(Holds(Relation::kGte, equal));
  EXPECT_TRUE(Holds(Relation::kNe, none));
  EXPECT_FALSE(Holds(Relation::kEq, none));
  EXPECT_FALSE(Holds(Relation::kLte, none));
}

}  // namespace
}  // namespace hypersigma::internal
