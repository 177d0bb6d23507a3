#include "lib/input/event_path.h"

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(EventPath, LeadsFromMemberToMember) {
  EventPath path("result.events");
  EXPECT_EQ(path.end(), 13u);
  EXPECT_EQ(path.Member(0, "result"), 7u);
  EXPECT_EQ(path.Member(7, "events"), path.end());
  EXPECT_EQ(path.Member(0, "events"), EventPath::kNowhere);
  EXPECT_EQ(path.Member(0, "resul"), EventPath::kNowhere);
  EXPECT_EQ(path.Member(0, "results"), EventPath::kNowhere);
  EXPECT_EQ(path.Member(7, "result"), EventPath::kNowhere);
}

TEST(EventPath, TakesDottedNames) {
  EventPath path("a.b.c");
  EXPECT_EQ(path.Member(0, "a.b.c"), path.end());
  EXPECT_EQ(path.Member(0, "a.b"), 4u);
  EXPECT_EQ(path.Member(2, "b.c"), path.end());
  EXPECT_EQ(path.Member(0, "a.b.c.d"), EventPath::kNowhere);
}

TEST(EventPath, ComparesNamesUnescaped) {
  EventPath path("_source");
  EXPECT_EQ(path.Member(0, R"(_so\u0075rce)"), path.end());
  EXPECT_EQ(path.Member(0, R"(_so\u0076rce)"), EventPath::kNowhere);
  EXPECT_EQ(path.Member(0, R"(_so\qurce)"), EventPath::kNowhere);
  EXPECT_EQ(path.max_raw_bytes(), 42u);
}

}  // namespace
}  // namespace hypersigma::internal
