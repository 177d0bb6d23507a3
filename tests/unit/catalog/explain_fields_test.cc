#include "lib/catalog/explain_fields.h"

#include <cstddef>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

class FieldListTest : public testing::Test {
 protected:
  FieldListTest() : image_(names_.Intern("Image")), user_(names_.Intern("U")) {}

  FieldTable names_;
  FieldId image_;
  FieldId user_;
  FieldList::Aliases aliases_;
};

TEST_F(FieldListTest, ListsAFieldOnce) {
  EventValues values(names_.size());
  const std::vector<FieldValue> event = {{image_, Value::String("a")},
                                         {image_, Value::Null()}};
  values.Assign(event);
  FieldList list(names_, values, aliases_);
  EXPECT_EQ(list.PositionOf(user_), 0u);
  EXPECT_EQ(list.PositionOf(image_), 1u);
  EXPECT_EQ(list.PositionOf(user_), 0u);
  ASSERT_EQ(list.fields().size(), 2u);
  EXPECT_TRUE(list.fields()[0].is_missing);
  EXPECT_FALSE(list.fields()[1].is_missing);
  EXPECT_EQ(list.fields()[1].name, "Image");
  EXPECT_EQ(list.fields()[1].value_count, 2u);
  EXPECT_EQ(list.PlaceOf(image_, 1), (ValuePlace{1, 1}));
}

TEST_F(FieldListTest, NamesTheAlias) {
  EventValues values(names_.size());
  const std::vector<FieldValue> event = {{user_, Value::String("a")}};
  values.Assign(event);
  values.Redirect(image_, values.First(user_));
  aliases_[image_] = user_;
  FieldList list(names_, values, aliases_);
  list.PositionOf(image_);
  EXPECT_EQ(list.fields()[0].alias, "U");
  EXPECT_EQ(list.fields()[0].values[0].text, "a");
}

TEST_F(FieldListTest, ListsTheFirstValuesAndThoseThatHit) {
  constexpr std::size_t kCount = kMaxSeenValues + 50;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < kCount; ++i) texts.push_back(std::to_string(i));
  std::vector<FieldValue> event;
  for (const std::string& text : texts) {
    event.push_back({image_, Value::String(text)});
  }
  EventValues values(names_.size());
  values.Assign(event);
  FieldList list(names_, values, aliases_);
  const ValuePlace last = list.PlaceOf(image_, kCount - 1);
  EXPECT_EQ(last, (ValuePlace{0, kMaxSeenValues}));
  EXPECT_EQ(list.PlaceOf(image_, kCount - 1), last);
  EXPECT_EQ(list.fields()[0].values.size(), kMaxSeenValues + 1);
  EXPECT_EQ(list.fields()[0].values.back().text, texts.back());
  EXPECT_EQ(list.fields()[0].value_count, kCount);
}

TEST_F(FieldListTest, ListsOfKeywordsWhatHits) {
  EventValues values(names_.size());
  const std::vector<FieldValue> event = {{kUnnamedField, Value::String("a")},
                                         {image_, Value::String("b")}};
  values.Assign(event);
  FieldList list(names_, values, aliases_);
  EXPECT_EQ(list.PlaceOf(kUnnamedField, 1), (ValuePlace{0, 0}));
  EXPECT_EQ(list.fields()[0].name, "");
  EXPECT_EQ(list.fields()[0].values[0].text, "b");
  EXPECT_EQ(list.fields()[0].value_count, 1u);
}

}  // namespace
}  // namespace hypersigma::internal
