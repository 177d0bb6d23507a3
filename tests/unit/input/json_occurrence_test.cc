#include "lib/input/json_occurrence.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/field_table.h"
#include "lib/input/json_reader.h"

namespace hypersigma::internal {
namespace {

Occurrence Find(std::string_view json, std::string_view part,
                bool cased = false, std::size_t end = 0) {
  const FieldTable fields;
  JsonReader reader(fields, {}, {});
  const auto event = reader.ReadFields(json);
  EXPECT_TRUE(event.ok() && event->is_plain) << json;
  return FindInValues(reader.text(), part, cased, end);
}

TEST(FindInValues, LooksInStringsOnly) {
  EXPECT_EQ(Find(R"({"a":"a word"})", "word"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"word"})", "word"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":["x",{"b":"word"}]})", "word"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"word":"a"})", "word"), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"word" : "a"})", "word"), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"word":"a","b":"words"})", "word"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"wor","b":"d"})", "word"), Occurrence::kNone);
  EXPECT_EQ(Find("{}", "word"), Occurrence::kNone);
}

TEST(FindInValues, NothingGoesAcrossTokens) {
  EXPECT_EQ(Find(R"({"a":"x" , "b":"y"})", " , "), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"x","b":"y"})", ","), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"x" })", " "), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"x,","b":"y"})", ","), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":["x"]})", "]"), Occurrence::kNone);
}

TEST(FindInValues, NothingBeginsWithinAnEscape) {
  EXPECT_EQ(Find(R"({"a":"\nab"})", "nab"), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"\\nab"})", "nab"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"\\\nab"})", "nab"), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"\nab nab"})", "nab"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"x\\"})", R"(\\)"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"x\\","b":1})", R"(\",)"), Occurrence::kNone);
}

TEST(FindInValues, FindsWhatIsAnywhere) {
  for (const std::string_view part : {"k", "zk", "z-k", "zqx-vjk"}) {
    for (std::size_t before = 0; before < 150; ++before) {
      for (const std::size_t behind : {0u, 1u, 62u, 63u, 64u, 65u, 200u}) {
        const std::string head = "{\"a\":\"" + std::string(before, 'z');
        const std::string tail = std::string(behind, '-') + "\"}";
        ASSERT_EQ(Find(head + std::string(part) + tail, part),
                  Occurrence::kValue)
            << part << before << behind;
        ASSERT_EQ(Find(head + tail, part), Occurrence::kNone);
      }
    }
  }
}

TEST(FindInValues, FoldsUnlessCased) {
  EXPECT_EQ(Find(R"({"a":"A WoRd"})", "word"), Occurrence::kValue);
  EXPECT_EQ(Find(R"({"a":"A WoRd"})", "word", true), Occurrence::kNone);
  EXPECT_EQ(Find(R"({"a":"A WoRd"})", "WoRd", true), Occurrence::kValue);
}

TEST(FindInValues, NumbersAndWordsAreLeftOpen) {
  EXPECT_EQ(Find(R"({"a":4624})", "624"), Occurrence::kOpen);
  EXPECT_EQ(Find(R"({"a":true})", "true"), Occurrence::kOpen);
  EXPECT_EQ(Find(R"({"a":null})", "null"), Occurrence::kOpen);
}

TEST(FindInValues, AWrongEndDoesNoHarm) {
  const std::string_view json = R"({"word":"a","b":"words"})";
  for (std::size_t end = 0; end < json.size() + 3; ++end) {
    EXPECT_EQ(Find(json, "word", false, end), Occurrence::kValue) << end;
    EXPECT_EQ(Find(json, "sword", false, end), Occurrence::kNone) << end;
  }
}

TEST(FindInValues, TextsThatWouldTakeTooLongAreLeftOpen) {
  const std::string many(100'000, 'a');
  const std::string half(500, 'a');
  EXPECT_EQ(Find("{\"a\":\"" + many + "\"}", half + "b" + half),
            Occurrence::kOpen);
  const std::string slashes(100'000, '\\');
  EXPECT_EQ(Find("{\"a\":\"" + slashes + "\"}", std::string(1'001, '\\')),
            Occurrence::kValue);
}

}  // namespace
}  // namespace hypersigma::internal
