#include "lib/catalog/address.h"

#include <gtest/gtest.h>

#include <string>

namespace hypersigma::internal {
namespace {

// A value that must never change: addresses are kept by those who link to them.
TEST(Address, IsTheSameInEveryVersion) {
  EXPECT_EQ(AddressOf({"CommandLine", "match", "x"}),
            AddressOf({"CommandLine", "match", "x"}));
  EXPECT_EQ(AddressOf({""}), "af64724c8602eb6e");
}

TEST(Address, DependsOnWhereAPartEnds) {
  EXPECT_NE(AddressOf({"ab", "c"}), AddressOf({"a", "bc"}));
  EXPECT_NE(AddressOf({"a"}), AddressOf({"a", ""}));
}

TEST(Address, TakesAnIdInLowerCase) {
  EXPECT_EQ(AddressOfId("480E7E51-e797-47e3-8d72-ebfce65b6d8d"),
            "480e7e51-e797-47e3-8d72-ebfce65b6d8d");
}

TEST(Address, TakesNoIdThatIsNoFileName) {
  EXPECT_EQ(AddressOfId(""), "");
  EXPECT_EQ(AddressOfId("nul"), "");
  EXPECT_EQ(AddressOfId("../../etc/passwd"), "");
  EXPECT_EQ(AddressOfId("a.b.c.d.e"), "");
  EXPECT_EQ(AddressOfId(std::string(65, 'a')), "");
}

}  // namespace
}  // namespace hypersigma::internal
