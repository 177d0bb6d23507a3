#include "lib/engine/value_cache.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

EventValue Text(std::uint32_t field, std::string_view text) {
  return {FieldId{field}, ValueKind::kString, text, kNoValue};
}

std::optional<ValueCache::Key> KeyOf(ValueCache& cache,
                                     const EventValue& value) {
  ValueCache::Key key;
  if (!cache.FindKey(value.field, value, key)) return std::nullopt;
  return key;
}

// Stores what `value` fired; false if it is not to be cached.
bool Store(ValueCache& cache, const EventValue& value,
           const std::vector<std::uint32_t>& fired) {
  const auto key = KeyOf(cache, value);
  if (key.has_value()) cache.Store(*key, fired);
  return key.has_value();
}

bool Knows(ValueCache& cache, const EventValue& value) {
  const auto key = KeyOf(cache, value);
  if (!key.has_value()) return false;
  cache.Prefetch(*key);
  return cache.Find(*key).has_value();
}

TEST(ValueCache, RemembersWhatAValueFired) {
  ValueCache cache(2);
  ASSERT_TRUE(Store(cache, Text(0, "a"), {3, 1}));
  ASSERT_TRUE(Store(cache, Text(0, "b"), {}));
  const auto key = KeyOf(cache, Text(0, "a"));
  ASSERT_TRUE(key.has_value());
  EXPECT_THAT(*cache.Find(*key), ElementsAre(3, 1));
  const auto other = KeyOf(cache, Text(0, "b"));
  EXPECT_THAT(*cache.Find(*other), IsEmpty());
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
  ASSERT_TRUE(Store(cache, Text(0, "many"), std::vector<std::uint32_t>(60)));
  EXPECT_FALSE(Knows(cache, Text(0, "many")));
}

TEST(ValueCache, KeepsTextsAndPredicatesOfEveryLength) {
  ValueCache cache(1);
  for (std::size_t size = 0; size <= 1'020; ++size) {
    const std::string text(size, 'x');
    const std::vector<std::uint32_t> fired(size % 10,
                                           static_cast<std::uint32_t>(size));
    ASSERT_TRUE(Store(cache, Text(0, text), fired));
    const auto known = cache.Find(*KeyOf(cache, Text(0, text)));
    ASSERT_TRUE(known.has_value()) << size;
    EXPECT_THAT(*known, ElementsAreArray(fired));
  }
}

TEST(ValueCache, TakesNoMoreMemoryThanItMay) {
  ValueCache none(1, 0);
  EXPECT_FALSE(KeyOf(none, Text(0, "a")).has_value());
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
