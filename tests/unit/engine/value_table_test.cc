#include "lib/engine/value_table.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

TEST(ValueTable, ComparesWholeTexts) {
  ValueTable table;
  EXPECT_EQ(table.Find(ValueTable::OfText("a")), ValueTable::kUnknown);
  table.Store({7, "a"}, 1);
  EXPECT_EQ(table.Find({7, "a"}), 1);
  EXPECT_EQ(table.Find({7, "b"}), ValueTable::kUnknown);
  table.Store({7, "b"}, 2);
  EXPECT_EQ(table.Find({7, "b"}), 2);
}

TEST(ValueTable, FindsLongTexts) {
  ValueTable table;
  const std::string text(300, 'x');
  const std::string same = text;
  const ValueTable::Place place = ValueTable::OfText(same);
  table.Prefetch(place);
  table.PrefetchText(place);
  table.Store(ValueTable::OfText(text), 5);
  table.Prefetch(place);
  table.PrefetchText(place);
  EXPECT_EQ(table.Find(place), 5u);
}

TEST(ValueTable, KeepsMostOfWhatFits) {
  ValueTable table;
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    table.Store(ValueTable::OfBits(i), static_cast<ClassId>(i));
  }
  int known = 0;
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    const ClassId found = table.Find(ValueTable::OfBits(i));
    if (found == ValueTable::kUnknown) continue;
    EXPECT_EQ(found, i);
    ++known;
  }
  EXPECT_GT(known, 600);
}

TEST(ValueTable, GivesUpWhereNothingRepeats) {
  ValueTable unique;
  ValueTable same;
  for (std::uint64_t i = 0; i < 5'000; ++i) {
    for (ValueTable* const table : {&unique, &same}) {
      const auto place = ValueTable::OfBits(table == &same ? i % 10 : i);
      if (table->Find(place) == ValueTable::kUnknown) table->Store(place, 1);
    }
  }
  EXPECT_FALSE(unique.pays());
  EXPECT_TRUE(same.pays());
}

}  // namespace
}  // namespace hypersigma::internal
