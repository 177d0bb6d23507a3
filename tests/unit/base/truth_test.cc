#include "hypersigma/truth.h"

#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma {
namespace {

TEST(TruthName, NamesEach) {
  const std::vector<std::string_view> names = {TruthName(Truth::kFalse),
                                               TruthName(Truth::kTrue),
                                               TruthName(Truth::kUndecided)};
  EXPECT_THAT(names, testing::ElementsAre("false", "true", "undecided"));
}

}  // namespace
}  // namespace hypersigma
