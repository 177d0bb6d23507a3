#include "lib/engine/row_groups.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

// A state stands for the steps that led to it: two rows must be in one state if
// and only if they took the same steps, of no class and in their order apart.
TEST(RowGroups, RowsOfOneStateTookTheSameSteps) {
  constexpr std::size_t kRows = 300;
  std::mt19937 random(11);
  // Few classes stay in the table, many do not.
  for (const std::uint32_t class_count : {2u, 5u, 400u}) {
    RowStates states;
    RowGroups groups;
    groups.Begin(kRows, kFirstState);
    std::vector<std::vector<ClassId>> steps(kRows);
    for (std::uint32_t column = 0; column < 6; ++column) {
      std::vector<ClassId> classes(kRows);
      for (std::size_t i = 0; i < kRows; ++i) {
        classes[i] = random() % class_count;
        steps[i].push_back(classes[i]);
      }
      groups.Step(states, column, classes, class_count);
    }
    groups.StepAll(states, 6, 1);
    const std::span<const StateId> found = groups.Finish();
    for (std::size_t i = 0; i < kRows; ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        ASSERT_EQ(found[i] == found[k], steps[i] == steps[k]);
      }
    }
  }
}

TEST(RowGroups, ValuesOfTheirOwnMakeRowsSingle) {
  for (const std::size_t class_count : {3u, 5'000u}) {
    RowStates states;
    RowGroups groups;
    groups.Begin(3, kFirstState);
    groups.Step(states, 0, std::vector<ClassId>{1, kOwnClass, 2}, class_count);
    groups.Step(states, 1, std::vector<ClassId>{1, 1, kNoClass}, class_count);
    const std::span<const StateId> found = groups.Finish();
    EXPECT_NE(found[0], kOwnState);
    EXPECT_EQ(found[1], kOwnState);
    EXPECT_NE(found[2], kOwnState);
  }
}

TEST(RowGroups, NoClassIsNoStep) {
  RowStates states;
  RowGroups groups;
  groups.Begin(2, kFirstState);
  groups.Step(states, 0, std::vector<ClassId>{1, kNoClass}, 2);
  EXPECT_EQ(groups.Finish()[1], kFirstState);
}

}  // namespace
}  // namespace hypersigma::internal
