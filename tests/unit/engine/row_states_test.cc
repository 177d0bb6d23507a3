#include "lib/engine/row_states.h"

#include <cstdint>
#include <map>
#include <tuple>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(RowStates, AreOneForEachWay) {
  RowStates states;
  std::map<std::tuple<StateId, std::uint32_t, ClassId>, StateId> known;
  StateId last = kFirstState;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::uint32_t column = 0; column < 30; ++column) {
      for (ClassId value_class = 0; value_class < 40; ++value_class) {
        const StateId from = value_class % 3 == 0 ? kFirstState : column;
        const StateId to = states.Step(from, column, value_class);
        const auto [found, is_new] =
            known.try_emplace({from, column, value_class}, to);
        EXPECT_EQ(found->second, to);
        EXPECT_EQ(is_new, pass == 0);
        if (is_new) {
          EXPECT_EQ(to, ++last);
        }
      }
    }
  }
  EXPECT_EQ(states.size(), 1201);
}

TEST(RowStates, OwnStaysOwn) {
  RowStates states;
  EXPECT_EQ(states.Step(kFirstState, 0, kOwnClass), kOwnState);
  EXPECT_EQ(states.Step(kOwnState, 0, 1), kOwnState);
  EXPECT_EQ(states.size(), 1);
}

}  // namespace
}  // namespace hypersigma::internal
