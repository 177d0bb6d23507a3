#include "lib/rule/log_source.h"

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(FoldLogSource, FoldsEachAttribute) {
  EXPECT_EQ(FoldLogSource({"Windows", "Process_Creation", "SYSMON"}),
            (LogSource{"windows", "process_creation", "sysmon"}));
}

TEST(Admits, WhatTheRuleSetsMustBeTheSame) {
  const LogSource event{"windows", "process_creation", ""};
  EXPECT_TRUE(Admits(event, {"windows", "", ""}));
  EXPECT_TRUE(Admits(event, {"", "process_creation", ""}));
  EXPECT_FALSE(Admits(event, {"linux", "process_creation", ""}));
  EXPECT_FALSE(Admits(event, {"windows", "", "sysmon"}));
}

TEST(Agrees, WhatOnlyOneSideSetsIsNoDifference) {
  const LogSource stated{"windows", "", ""};
  EXPECT_TRUE(Agrees(stated, {"windows", "", "sysmon"}));
  EXPECT_TRUE(Agrees(stated, {"", "process_creation", ""}));
  EXPECT_FALSE(Agrees(stated, {"linux", "", ""}));
}

}  // namespace
}  // namespace hypersigma::internal
