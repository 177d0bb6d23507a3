#include "lib/engine/value_cache.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

EventValue Text(std::uint32_t field, std::string_view text) {
  return {FieldId{field}, ValueKind::kString, text, kNoValue};
}

// Stores what `value` fired; false if it is not to be cached.
bool Store(ValueCache& cache, const EventValue& value,
           const std::vector<std::uint32_t>& fired) {
  const auto key = cache.KeyOf(value);
  if (key.has_value()) cache.Store(*key, value, fired);
  return key.has_value();
}

bool Knows(ValueCache& cache, const EventValue& value) {
  const auto key = cache.KeyOf(value);
  return key.has_value() && cache.Find(*key, value).has_value();
}

TEST(ValueCache, RemembersWhatAValueFired) {
  ValueCache cache(2);
  ASSERT_TRUE(Store(cache, Text(0, "a"), {3, 1}));
  ASSERT_TRUE(Store(cache, Text(0, "b"), {}));
  const auto key = cache.KeyOf(Text(0, "a"));
  ASSERT_TRUE(key.has_value());
  EXPECT_THAT(*cache.Find(*key, Text(0, "a")), ElementsAre(3, 1));
  const auto other = cache.KeyOf(Text(0, "b"));
  EXPECT_THAT(*cache.Find(*other, Text(0, "b")), IsEmpty());
}

TEST(ValueCache, TellsFieldsKindsAndCaseApart) {
  ValueCache cache(2);
  ASSERT_TRUE(Store(cache, Text(0, "1"), {3}));
  EXPECT_FALSE(Knows(cache, Text(1, "1")));
  EXPECT_FALSE(Knows(cache, {FieldId{0}, ValueKind::kNumber, "1", kNoValue}));
  ASSERT_TRUE(Store(cache, Text(0, "x"), {3}));
  EXPECT_FALSE(Knows(cache, Text(0, "X")));
}

TEST(ValueCache, LeavesOutWhatIsTooMuch) {
  ValueCache cache(1);
  EXPECT_FALSE(Store(cache, Text(0, std::string(1'021, 'x')), {}));
  EXPECT_FALSE(Store(cache, {FieldId{0}, ValueKind::kNull, "", kNoValue}, {}));
  ASSERT_TRUE(Store(cache, Text(0, "many"), std::vector<std::uint32_t>(31)));
  EXPECT_FALSE(Knows(cache, Text(0, "many")));
}

TEST(ValueCache, TakesNoMoreMemoryThanItMay) {
  ValueCache none(1, 0);
  EXPECT_FALSE(none.KeyOf(Text(0, "a")).has_value());
  // Room for a few short texts and one long one.
  ValueCache little(1, 5'000);
  int known = 0;
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back(std::to_string(i));
  for (const std::string& text : texts) Store(little, Text(0, text), {1});
  for (const std::string& text : texts) known += Knows(little, Text(0, text));
  EXPECT_GT(known, 0);
  EXPECT_LE(known, 5'000 / 188);
}

TEST(ValueCache, RestsWhereValuesDoNotRepeat) {
  ValueCache cache(2);
  int cached = 0;
  for (int i = 0; i < 10'000; ++i) {
    cached += Store(cache, Text(0, std::to_string(i)), {});
  }
  EXPECT_LT(cached, 3'000);
  EXPECT_TRUE(Store(cache, Text(1, "another field"), {}));
}

TEST(ValueCache, GoesOnWhereTheyDo) {
  ValueCache cache(1);
  Store(cache, Text(0, "a"), {7});
  for (int i = 0; i < 10'000; ++i) ASSERT_TRUE(Knows(cache, Text(0, "a")));
}

}  // namespace
}  // namespace hypersigma::internal
