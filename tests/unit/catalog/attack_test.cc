#include "lib/catalog/attack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

TEST(AttackTags, AreToldApart) {
  const std::vector<std::string> tags{
      "attack.execution", "attack.T1059.001", "attack.t1059",
      "attack.g0016",     "attack.s0029",     "cve.2021-44228",
      "attack.C0028",     "attack.made-up",   "attack.t1059x",
      "attack.",          "attack.execution", "Attack.Discovery",
      "attack.ds0005",    "attack.det0001",   "attack.abcd0001"};
  const AttackTags read = ReadAttackTags(tags);
  EXPECT_THAT(read.tactics, ElementsAre("execution", "made-up", "t1059x",
                                        "discovery", "abcd0001"));
  EXPECT_THAT(read.techniques, ElementsAre("T1059.001", "T1059"));
  EXPECT_THAT(read.other,
              ElementsAre("attack.g0016", "attack.s0029", "attack.C0028",
                          "attack.", "attack.ds0005", "attack.det0001"));
}

TEST(AttackTags, KnowTacticsByTheirIds) {
  const std::vector<std::string> tags{"attack.TA0002", "attack.ta0005",
                                      "attack.execution", "attack.ta9999"};
  const AttackTags read = ReadAttackTags(tags);
  EXPECT_THAT(read.tactics, ElementsAre("execution", "stealth"));
  EXPECT_THAT(read.other, ElementsAre("attack.ta9999"));
}

TEST(AttackTags, TakeUnderscoresForDashes) {
  const std::vector<std::string> tags{"attack.command_and_control"};
  EXPECT_THAT(ReadAttackTags(tags).tactics, ElementsAre("command-and-control"));
}

TEST(Tactics, AreFoundByTheirSlug) {
  ASSERT_NE(FindTactic("exfiltration"), nullptr);
  EXPECT_EQ(FindTactic("exfiltration")->id, "TA0010");
  EXPECT_EQ(FindTactic("exfiltration")->name, "Exfiltration");
  EXPECT_EQ(FindTactic("made-up"), nullptr);
}

}  // namespace
}  // namespace hypersigma::internal
