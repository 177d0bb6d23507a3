#include "lib/catalog/explain_members.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

SeenField Field(std::string name, ValueKind kind, std::string text) {
  SeenField field;
  field.name = std::move(name);
  field.values.push_back({kind, std::move(text), {}});
  return field;
}

// Returns the member of the one value of a field.
std::string MemberOf(std::string_view json, SeenField field,
                     const EventLayout* layout = nullptr) {
  std::vector<SeenField> fields = {std::move(field)};
  NameMembers(json, layout, fields);
  return fields[0].values[0].member;
}

TEST(NameMembers, JoinsNamesAndLeavesArraysOut) {
  const std::string_view json =
      R"({"x": [1, {"a\u002e": {"b": ["no", "yes"]}}], "e": 1e3})";
  EXPECT_EQ(MemberOf(json, Field("x.a..b", ValueKind::kString, "yes")),
            "x.a..b");
  EXPECT_EQ(MemberOf(json, Field("e", ValueKind::kNumber, "1000")), "e");
  EXPECT_EQ(MemberOf(json, Field("e", ValueKind::kNumber, "1001")), "");
  EXPECT_EQ(MemberOf(json, Field("other", ValueKind::kString, "yes")), "");
}

TEST(NameMembers, TellsValuesOfOtherKindsApart) {
  const std::string_view json =
      R"({"s": "", "n": null, "a": [], "o": {}, "t": true, "u": "true"})";
  EXPECT_EQ(MemberOf(json, Field("n", ValueKind::kNull, "")), "n");
  EXPECT_EQ(MemberOf(json, Field("a", ValueKind::kEmptyArray, "")), "a");
  EXPECT_EQ(MemberOf(json, Field("o", ValueKind::kObject, "")), "o");
  EXPECT_EQ(MemberOf(json, Field("t", ValueKind::kBool, "true")), "t");
  EXPECT_EQ(MemberOf(json, Field("u", ValueKind::kBool, "true")), "");
}

TEST(NameMembers, TakesTheBestPlaceOfALayout) {
  EventLayout layout;
  layout.places = {"data.*", "user.*.*"};
  layout.text_member = "#text";
  layout.names.push_back({"Id", {"system.id"}});
  const std::string_view json =
      R"({"Id": "4", "F": "v", "user": {"any": {"F": "v"}},
          "data": {"Id": "4", "F": {"#text": "v"}}, "system": {"id": "4"}})";
  EXPECT_EQ(MemberOf(json, Field("F", ValueKind::kString, "v"), &layout),
            "data.F.#text");
  EXPECT_EQ(MemberOf(json, Field("Id", ValueKind::kString, "4"), &layout),
            "system.id");
}

TEST(NameMembers, LooksUnderTheNameThatTheEventHas) {
  SeenField field = Field("Image", ValueKind::kString, "a");
  field.alias = "NewProcessName";
  EXPECT_EQ(MemberOf(R"({"Image": "a", "NewProcessName": "a"})", field),
            "NewProcessName");
}

TEST(NameMembers, FindsKeywordsAnywhere) {
  EXPECT_EQ(MemberOf(R"({"a": {"b": "\ud83d\ude00 x"}})",
                     Field("", ValueKind::kString, "\U0001F600 x")),
            "a.b");
}

TEST(NameMembers, SurvivesWhatIsNoJson) {
  for (const std::string_view json :
       {"", "{", "{\"a", "{\"a\":", "{\"a\":[", "{\"a\":}", "[", "{\"\\"}) {
    EXPECT_EQ(MemberOf(json, Field("a", ValueKind::kString, "x")), "") << json;
  }
}

TEST(NameMembers, KeepsNoEndlessName) {
  const std::string name(2'000, 'n');
  EXPECT_EQ(MemberOf("{\"" + name + "\": \"x\"}",
                     Field(name, ValueKind::kString, "x")),
            "");
}

}  // namespace
}  // namespace hypersigma::internal
