#include "lib/input/json_reader.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;

FieldTable Table(std::initializer_list<std::string_view> names) {
  FieldTable table;
  for (const std::string_view name : names) table.Intern(name);
  return table;
}

std::string Show(const Value& value) {
  switch (value.kind) {
    case ValueKind::kString:
      return "'" + std::string(value.text) + "'";
    case ValueKind::kNumber:
    case ValueKind::kBool:
      return std::string(value.text);
    case ValueKind::kNull:
      return "null";
    case ValueKind::kObject:
      return "object";
    case ValueKind::kEmptyArray:
      return "empty";
  }
  return "?";
}

// Returns "field=value" for each value of a well-formed event, "-=value" for
// the unnamed, in the order of the text.
std::vector<std::string> Read(const FieldTable& table, std::string_view json,
                              bool unnamed_values = false) {
  JsonReader reader(table, {}, {.unnamed_values = unnamed_values});
  const absl::StatusOr<JsonEvent> event = reader.Read(json);
  if (!event.ok()) return {std::string(event.status().message())};
  std::vector<std::string> shown;
  for (const FieldValue& pair : event->values) {
    const std::string field =
        pair.field == kUnnamedField
            ? "-"
            : table.names()[static_cast<std::size_t>(pair.field)];
    shown.push_back(field + "=" + Show(pair.value));
  }
  return shown;
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  const FieldTable table = Table({"s", "n", "t", "f", "z", "o", "e", "a"});
  EXPECT_THAT(
      Read(table, R"( {"s":"x","n":-1.50e3,"t":true,"f":false,"z":null,)"
                  "\t\r\n"
                  R"("o":{"s":"hidden"},"e":[],"a":[1,["2",[]],{"s":3}]} )"),
      ElementsAre("s='x'", "n=-1.50e3", "t=true", "f=false", "z=null",
                  "o=object", "e=empty", "a=1", "a='2'", "a=empty",
                  "a=object"));
}

TEST(JsonReader, ReportsOtherScalarsOnceWhenAsked) {
  const FieldTable table = Table({"a", "o.x"});
  EXPECT_THAT(
      Read(table, R"({"a":"1","b":"2","o":{"x":3,"y":[true,null,{}]}})", true),
      ElementsAre("a='1'", "-='2'", "o.x=3", "-=true"));
}

TEST(JsonReader, KeepsTheDigitsOfLongNumbers) {
  EXPECT_THAT(Read(Table({"n"}), R"({"n":123456789012345678901234567890})"),
              ElementsAre("n=123456789012345678901234567890"));
}

TEST(JsonReader, ComparesKeysUnescaped) {
  EXPECT_THAT(Read(Table({"Image", "a.b"}),
                   R"({"Im\u0061ge":1,"a\u002eb":2,"image":3,"Image ":4})"),
              ElementsAre("Image=1", "a.b=2"));
}

TEST(JsonReader, CountsADuplicateKeyAsAnArray) {
  EXPECT_THAT(Read(Table({"a", "o.x"}),
                   R"({"a":1,"o":{"x":3},"a":2,"o":{"x":[4]},"o":5})"),
              ElementsAre("a=1", "o.x=3", "a=2", "o.x=4"));
}

TEST(JsonReader, LooksThroughArrays) {
  EXPECT_THAT(Read(Table({"a.b.c"}),
                   R"({"a":[{"b":{"c":1}},[{"b":[{"c":[2,3]}]}],{"b":4},5]})"),
              ElementsAre("a.b.c=1", "a.b.c=2", "a.b.c=3"));
}

TEST(JsonReader, PrefersTheLiteralKey) {
  const FieldTable table = Table({"a.b"});
  EXPECT_THAT(Read(table, R"({"a.b":1,"a":{"b":2}})"), ElementsAre("a.b=1"));
  EXPECT_THAT(Read(table, R"({"a":{"b":2},"a.b":1})"), ElementsAre("a.b=1"));
  EXPECT_THAT(Read(table, R"({"a":{"b":2},"a.b":null})"),
              ElementsAre("a.b=null"));
  EXPECT_THAT(Read(table, R"({"a":{"b":2},"a.b":1})", true),
              ElementsAre("-=2", "a.b=1"));
  EXPECT_THAT(Read(table, R"({"a":{"b":[null,{}]},"a.b":1})", true),
              ElementsAre("a.b=1"));
}

TEST(JsonReader, PrefersTheShortestFirstPartThatFindsAnything) {
  const FieldTable table = Table({"a.b.c"});
  EXPECT_THAT(Read(table, R"({"a.b":{"c":1},"a":{"b.c":2}})"),
              ElementsAre("a.b.c=2"));
  EXPECT_THAT(Read(table, R"({"a.b":{"c":1},"a":{"b":{"d":2}}})"),
              ElementsAre("a.b.c=1"));
  EXPECT_THAT(Read(table, R"({"a":{"b":{"c":1},"b.c":2}})"),
              ElementsAre("a.b.c=2"));
  EXPECT_THAT(Read(table, R"({"a.b":{"c":1},"a":[]})"), ElementsAre("a.b.c=1"));
}

TEST(JsonReader, ChoosesTheWayInEachElementAnew) {
  EXPECT_THAT(
      Read(Table({"a.b.c"}),
           R"({"a":[{"b":{"c":1},"b.c":2},{"b":{"c":3}},{"b.c":4,"b":5}]})"),
      ElementsAre("a.b.c=2", "a.b.c=3", "a.b.c=4"));
}

TEST(JsonReader, KeepsEventsApart) {
  const FieldTable table = Table({"a.b"});
  JsonReader reader(table, {}, {});
  ASSERT_EQ(reader.Read(R"({"a.b":1})")->values.size(), 1u);
  ASSERT_EQ(reader.Read(R"({"a":{"b":2)").ok(), false);
  const absl::StatusOr<JsonEvent> event = reader.Read(R"({"a":{"b":3}})");
  ASSERT_TRUE(event.ok());
  ASSERT_EQ(event->values.size(), 1u);
  EXPECT_EQ(Show(event->values[0].value), "3");
}

struct Malformed {
  std::string json;
  std::string message;
};

TEST(JsonReader, RefusesWhatIsNotOneObject) {
  const std::vector<Malformed> cases = {
      {"", "byte 1: expected an object"},
      {"  ", "byte 1: expected an object"},
      {"[1]", "byte 1: expected an object"},
      {"7", "byte 1: expected an object"},
      {"plain text", "byte 1: expected an object"},
      {R"({"a":1}{"a":2})", "byte 8: expected nothing after the object"},
      {R"({"a":1} {"a":2})", "byte 9: expected nothing after the object"},
      {R"({"a":1}})", "byte 8: expected nothing after the object"},
      {R"({"a":1} x)", "byte 9: expected nothing after the object"},
      {R"({"a":{"x":1]},"b":"cmd"})", "byte 12: expected ',' or '}'"},
      {R"({"a":[1}})", "byte 8: expected ',' or ']'"},
      {R"({"a":[1 2]})", "byte 9: expected ',' or ']'"},
      {R"({"a":1 "b":2})", "byte 8: expected ',' or '}'"},
      {R"({"a":1,})", "byte 8: expected a member name"},
      {R"({,"a":1})", "byte 2: expected a member name"},
      {R"({"a":[1,]})", "byte 9: expected a value"},
      {R"({"a":[,1]})", "byte 7: expected a value"},
      {R"({"a" 1})", "byte 6: expected ':'"},
      {R"({"a"})", "byte 5: expected ':'"},
      {R"({"a":})", "byte 6: expected a value"},
      {R"({a:1})", "byte 2: expected a member name"},
      {R"({1:1})", "byte 2: expected a member name"},
      {R"({"a":1)", "byte 7: expected ',' or '}'"},
      {R"({"a":)", "byte 6: unexpected end"},
      {R"({"a)", "byte 3: a string is not closed"},
      {R"({)", "byte 2: expected a member name"},
      {R"({"a":[[)", "byte 8: unexpected end"},
      {R"({"a":tru})", "byte 6: expected a value"},
      {R"({"a":True})", "byte 6: expected a value"},
      {R"({"a":nulll})", "byte 6: expected a value"},
      {R"({"a":01})", "byte 6: expected a value"},
      {R"({"a":+1})", "byte 6: expected a value"},
      {R"({"a":1.})", "byte 6: expected a value"},
      {R"({"a":NaN})", "byte 6: expected a value"},
      {R"({"a":1"b"})", "byte 6: expected a value"},
      {R"({"a":'b'})", "byte 6: expected a value"},
      {R"({"a":"b"c})", "byte 9: expected ',' or '}'"},
      {R"({"a":"\x"})", "byte 6: malformed string"},
      {R"({"a":"\u12"})", "byte 6: malformed string"},
      {R"({"\x":1})", "byte 2: malformed member name"},
      {R"({"a":1}//)", "byte 8: expected nothing after the object"},
      {R"({"a":\"b"})", "byte 10: a string is not closed"},
      {std::string("{\"a\":1\0}", 8), "byte 6: expected a value"},
      {std::string("{\"a\":1}\0", 8),
       "byte 8: expected nothing after the object"},
      {std::string("{\"a\":\0}", 7), "byte 6: expected a value"},
      {"{\"a\":1\f}", "byte 7: expected ',' or '}'"},
      {"{\"a\":\xFF}", "byte 6: expected a value"},
      {"{\"a\":1}\xFF", "byte 8: expected nothing after the object"},
      {"{\"a\":1}\x01", "byte 8: expected nothing after the object"},
      {"\xEF\xBB\xBF{\"a\":1}", "byte 1: expected an object"},
  };
  const FieldTable table = Table({"b"});
  for (const bool unnamed_values : {false, true}) {
    JsonReader reader(table, {}, {.unnamed_values = unnamed_values});
    for (const Malformed& malformed : cases) {
      const absl::StatusOr<JsonEvent> event = reader.Read(malformed.json);
      EXPECT_EQ(event.status().code(), absl::StatusCode::kInvalidArgument);
      EXPECT_EQ(event.status().message(), malformed.message) << malformed.json;
    }
  }
}

TEST(JsonReader, RefusesTheValuesOfAnEventThatEndsBadly) {
  EXPECT_THAT(Read(Table({"a"}), R"({"a":1,"b":)"),
              ElementsAre("byte 12: unexpected end"));
}

TEST(JsonReader, LimitsTheDepth) {
  const auto nested = [](int depth) {
    const auto inner = static_cast<std::size_t>(depth - 1);
    return R"({"a":)" + std::string(inner, '[') + std::string(inner, ']') + "}";
  };
  JsonReader reader(Table({}), {}, {});
  EXPECT_TRUE(reader.Read(nested(kMaxJsonDepth)).ok());
  const absl::Status status = reader.Read(nested(kMaxJsonDepth + 1)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(status.message(), "byte 69: nested deeper than 64");
}

struct Repair {
  std::string json;
  std::string expected;
};

TEST(JsonReader, RepairsBytesWithoutChangingThem) {
  const std::vector<Repair> cases = {
      {"{\"a\":\"x\xFFy\"}", "a='x\xFFy'"},
      {"{\"a\":\"x\xE2\x82\"}", "a='x\xE2\x82'"},
      {"{\"a\":\"\xED\xA0\x80\"}", "a='\xED\xA0\x80'"},
      {"{\"b\":\"\xFF\",\"a\":\"\\n\xFF\\\\\"}", "a='\n\xFF\\'"},
      {"{\"a\":\"x\ty\"}", "a='x\ty'"},
      {std::string("{\"a\":\"x\0y\"}", 11), std::string("a='x\0y'", 7)},
      {R"({"a":"x\uD800y"})", "a='x\xEF\xBF\xBDy'"},
      {R"({"\uDC00":1,"a":2})", "a=2"},
      {"{\"\xFF\":1,\"a\":2}", "a=2"},
      {R"({"b":"\uD800","a":2})", "a=2"},
  };
  const FieldTable table = Table({"a"});
  JsonReader reader(table, {}, {});
  for (const Repair& repair : cases) {
    EXPECT_THAT(Read(table, repair.json), ElementsAre(repair.expected));
    EXPECT_TRUE(reader.Read(repair.json)->repaired) << repair.json;
    EXPECT_FALSE(reader.Read(R"({"a":"\u0000\uD83D\uDE00"})")->repaired);
  }
}

TEST(JsonReader, ReadsLargeEventsAndSmallOnesAfter) {
  const FieldTable table = Table({"a", "b"});
  JsonReader reader(table, {}, {});
  const std::string text(std::size_t{65} << 20, 'x');
  {
    const std::string large = R"({"a":")" + text + R"(\n","b":1})";
    const absl::StatusOr<JsonEvent> event = reader.Read(large);
    ASSERT_TRUE(event.ok());
    EXPECT_EQ(event->values[0].value.text.size(), text.size() + 1);
    EXPECT_EQ(event->values[1].value.text, "1");
  }
  EXPECT_EQ(reader.Read(R"({"a":"\\"})")->values[0].value.text, "\\");
}

TEST(JsonReader, CanBeMoved) {
  const FieldTable table = Table({"a"});
  JsonReader first(table, {}, {});
  ASSERT_TRUE(first.Read(R"({"a":1})").ok());
  JsonReader second = std::move(first);
  EXPECT_EQ(second.Read(R"({"a":"\t"})")->values[0].value.text, "\t");
}

}  // namespace
}  // namespace hypersigma::internal
