#include "lib/engine/value_cache.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
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

TEST(ValueCache, LearnsVerdicts) {
  ValueCache cache(2);
  ASSERT_TRUE(Store(cache, Text(0, "a"), {3, 1}));
  const auto key = KeyOf(cache, Text(0, "a"));
  const ValueFact fired(3, /*has_fired=*/true, /*verdict=*/false);
  const ValueFact other(7, /*has_fired=*/false, /*verdict=*/true);
  cache.Learn(*key, fired);
  cache.Learn(*key, other);
  cache.Learn(*key, other);
  EXPECT_THAT(*cache.Find(*key), ElementsAre(fired.bits(), 1, other.bits()));
  EXPECT_EQ(fired.predicate(), 3u);
  EXPECT_TRUE(fired.has_fired());
  EXPECT_TRUE(fired.is_known());
  EXPECT_FALSE(fired.verdict());
  EXPECT_EQ(other.predicate(), 7u);
  EXPECT_FALSE(other.has_fired());
  EXPECT_TRUE(other.verdict());
  EXPECT_FALSE(ValueFact(3).is_known());
  // What was forgotten stays so.
  cache.Learn(*KeyOf(cache, Text(0, "b")), other);
  EXPECT_FALSE(Knows(cache, Text(0, "b")));
}

// Also where the ring begins anew.
TEST(ValueCache, LearnsWhereverTheEntryIs) {
  ValueCache cache(1, 4'096);
  for (std::uint32_t i = 0; i < 500; ++i) {
    const std::string text = std::to_string(i) + std::string(i % 60, 'x');
    const std::vector<std::uint32_t> fired(i % 20, 5);
    ASSERT_TRUE(Store(cache, Text(0, text), fired));
    const auto key = KeyOf(cache, Text(0, text));
    const ValueFact fact(9, false, i % 2 == 0);
    cache.Learn(*key, fact);
    std::vector<std::uint32_t> expected = fired;
    expected.push_back(fact.bits());
    ASSERT_THAT(*cache.Find(*key), ElementsAreArray(expected)) << i;
  }
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
  ASSERT_TRUE(Store(cache, Text(0, "many"), std::vector<std::uint32_t>(256)));
  EXPECT_FALSE(Knows(cache, Text(0, "many")));
}

TEST(ValueCache, LongTextsHaveOneOfTheirOwn) {
  ValueCache cache(2, std::size_t{1} << 20, ValueCache::kLongTexts);
  const std::string text(48 * 1'024, 'x');
  ASSERT_TRUE(Store(cache, Text(0, text), {3}));
  EXPECT_TRUE(Knows(cache, Text(0, text)));
  EXPECT_FALSE(Store(cache, Text(0, text + 'x'), {3}));
  for (int i = 0; i < 200; ++i) {
    Store(cache, Text(1, std::to_string(i) + text.substr(100)), {});
  }
  EXPECT_FALSE(KeyOf(cache, Text(1, text)).has_value());
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
  // Room for some short texts, or for a long one.
  ValueCache little(1, 5'000);
  int known = 0;
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) texts.push_back(std::to_string(i));
  for (const std::string& text : texts) Store(little, Text(0, text), {1});
  for (const std::string& text : texts) known += Knows(little, Text(0, text));
  EXPECT_GT(known, 0);
  EXPECT_LE(known, 5'000 / 32);
}

// The newest are known, and nothing is taken for what was written over it.
TEST(ValueCache, OldEntriesMakeRoom) {
  ValueCache cache(1, 5'000);
  for (std::uint32_t i = 0; i < 2'000; ++i) {
    const std::string text = std::string(i * 7 % 300, 'x') + std::to_string(i);
    ASSERT_TRUE(Store(cache, Text(0, text), {i}));
    const auto known = cache.Find(*KeyOf(cache, Text(0, text)));
    ASSERT_TRUE(known.has_value()) << i;
    EXPECT_THAT(*known, ElementsAre(i));
    const std::uint32_t before = i / 2;
    const std::string old =
        std::string(before * 7 % 300, 'x') + std::to_string(before);
    const auto kept = cache.Find(*KeyOf(cache, Text(0, old)));
    if (kept.has_value()) {
      EXPECT_THAT(*kept, ElementsAre(before));
    }
  }
}

// Were positions not counted, an old one would lead into the forged text.
TEST(ValueCache, ATextThatLooksLikeAnEntryIsNone) {
  ValueCache cache(1, 5'000);
  const auto victim = KeyOf(cache, Text(0, "victim"));
  cache.Store(*victim, {});
  std::string forged(1'000, '\0');
  const std::uint64_t head[2] = {
      victim->hash, std::uint64_t{6} << 32 | std::uint64_t{victim->kind} << 48 |
                        std::uint64_t{1} << 56};
  for (std::size_t at = 0; at + 32 <= forged.size(); at += 32) {
    std::memcpy(forged.data() + at, head, sizeof(head));
    std::memcpy(forged.data() + at + 16, "victim\0\0\x07", 9);
  }
  for (int round = 0; round < 40; ++round) {
    forged.resize(1'000 - round);
    ASSERT_TRUE(Store(cache, Text(0, forged), {9}));
    const auto known = cache.Find(*victim);
    if (known.has_value()) {
      EXPECT_THAT(*known, IsEmpty());
    }
  }
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
