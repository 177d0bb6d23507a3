#include "lib/engine/route_memo.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lib/engine/router.h"

namespace hypersigma::internal {
namespace {

constexpr FieldId kChannel{0};
constexpr FieldId kMessage{1};

class RouteMemoTest : public testing::Test {
 protected:
  const Route* Find(const std::vector<FieldValue>& event, bool is_raw = false) {
    values_.Assign(event, is_raw);
    return memo_.Find(values_);
  }

  std::vector<RoutingMember> members_ = {{kChannel, 10}, {kMessage, 0}};
  EventValues values_{2};
  RouteMemo memo_{members_};
  Route route_;
};

TEST_F(RouteMemoTest, KnowsWhatWasStored) {
  const std::vector<FieldValue> system = {{kChannel, Value::String("System")}};
  EXPECT_EQ(Find(system), nullptr);
  memo_.Store(route_);
  EXPECT_EQ(Find(system), &route_);
  EXPECT_EQ(Find({{kChannel, Value::String("system")}}), nullptr);
  EXPECT_EQ(Find({{kChannel, Value::Number("7")}}), nullptr);
  EXPECT_EQ(Find({}), nullptr);
  EXPECT_EQ(Find(system, /*is_raw=*/true), nullptr);
  EXPECT_EQ(Find(system), &route_);
  memo_.Clear();
  EXPECT_EQ(Find(system), nullptr);
}

TEST_F(RouteMemoTest, TellsKindsAndOrdersApart) {
  EXPECT_EQ(Find({{kChannel, Value::Number("7")}}), nullptr);
  memo_.Store(route_);
  EXPECT_EQ(Find({{kChannel, Value::String("7")}}), nullptr);
  EXPECT_EQ(
      Find({{kChannel, Value::Number("7")}, {kChannel, Value::Number("8")}}),
      nullptr);
  EXPECT_EQ(Find({{kChannel, Value::Number("7")}}), &route_);
}

// Nothing is asked of the text of a message but whether there is one.
TEST_F(RouteMemoTest, TextsThatAreTooLongAreAlike) {
  EXPECT_EQ(Find({{kMessage, Value::String("one")}}), nullptr);
  memo_.Store(route_);
  EXPECT_EQ(Find({{kMessage, Value::String(std::string(5'000, 'x'))}}),
            &route_);
  EXPECT_EQ(Find({{kMessage, Value::String("")}}), nullptr);
}

TEST_F(RouteMemoTest, EventsThatSayTooMuchAreNotRemembered) {
  const std::vector<FieldValue> event(
      100, FieldValue{kChannel, Value::String("0123456789")});
  EXPECT_EQ(Find(event), nullptr);
  memo_.Store(route_);
  EXPECT_EQ(Find(event), nullptr);
}

}  // namespace
}  // namespace hypersigma::internal
