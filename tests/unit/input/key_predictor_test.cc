#include "lib/input/key_predictor.h"

#include <gtest/gtest.h>

#include <string>

namespace hypersigma::internal {
namespace {

TEST(KeyPredictor, KnowsWhatCameLastTime) {
  KeyPredictor predictor;
  EXPECT_EQ(predictor.Predict(kRootPath, "a"), nullptr);
  predictor.Learn(kRootPath, "a", PathId{1});
  EXPECT_EQ(predictor.Predict(kRootPath, "b"), nullptr);
  predictor.Learn(kRootPath, "b", kNoPath);
  predictor.Restart();
  ASSERT_NE(predictor.Predict(kRootPath, "a"), nullptr);
  // Nothing has happened yet.
  EXPECT_EQ(predictor.Predict(kRootPath, "b"), nullptr);
  ASSERT_NE(predictor.Predict(kRootPath, "a"), nullptr);
  predictor.Take();
  const PathId* const second = predictor.Predict(kRootPath, "b");
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(*second, kNoPath);
  predictor.Take();
  EXPECT_EQ(predictor.Predict(kRootPath, "c"), nullptr);
}

TEST(KeyPredictor, TellsObjectsAndNamesApart) {
  KeyPredictor predictor;
  predictor.Learn(kRootPath, "a", PathId{1});
  predictor.Restart();
  EXPECT_EQ(predictor.Predict(PathId{1}, "a"), nullptr);
  EXPECT_EQ(predictor.Predict(kRootPath, "b"), nullptr);
  EXPECT_EQ(predictor.Predict(kRootPath, "ab"), nullptr);
  EXPECT_EQ(predictor.Predict(kRootPath, ""), nullptr);
}

TEST(KeyPredictor, LearnsAnotherOrder) {
  KeyPredictor predictor;
  for (const char* name : {"a", "b"}) {
    predictor.Learn(kRootPath, name, PathId{1});
  }
  predictor.Restart();
  EXPECT_EQ(predictor.Predict(kRootPath, "b"), nullptr);
  predictor.Learn(kRootPath, "b", PathId{1});
  predictor.Restart();
  EXPECT_NE(predictor.Predict(kRootPath, "b"), nullptr);
}

TEST(KeyPredictor, KnowsSeveralThatFollow) {
  KeyPredictor predictor;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    predictor.Restart();
    predictor.Learn(kRootPath, name, PathId{1});
  }
  predictor.Restart();
  for (const char* name : {"b", "c", "d", "e"}) {
    EXPECT_NE(predictor.Predict(kRootPath, name), nullptr) << name;
  }
  // It came longest ago.
  EXPECT_EQ(predictor.Predict(kRootPath, "a"), nullptr);
}

TEST(KeyPredictor, NamesWithoutEndAreForgotten) {
  KeyPredictor predictor;
  for (int i = 0; i < 10'000; ++i) {
    const std::string name = "n" + std::to_string(i);
    const PathId* const path = predictor.Predict(kRootPath, name);
    ASSERT_EQ(path, nullptr);
    predictor.Learn(kRootPath, name, PathId{static_cast<std::uint32_t>(i)});
  }
  predictor.Learn(kRootPath, std::string(1'000, 'x'), PathId{1});
}

}  // namespace
}  // namespace hypersigma::internal
