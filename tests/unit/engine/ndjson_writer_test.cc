#include "lib/engine/ndjson_writer.h"

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::HasSubstr;

std::string Escaped(std::string_view text) {
  std::string out;
  AppendJsonString(text, &out);
  return out;
}

TEST(AppendJsonString, EscapesWhatJsonCannotHold) {
  EXPECT_EQ(Escaped(""), R"("")");
  EXPECT_EQ(Escaped("a\"b\\c/"), R"("a\"b\\c/")");
  EXPECT_EQ(Escaped(std::string_view("\b\f\n\r\t\0\x1F\x7F", 8)),
            "\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\"");
  EXPECT_EQ(Escaped("\xC3\xA9\xF0\x9F\x98\x80"),
            "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

TEST(AppendJsonString, ReplacesInvalidUtf8) {
  EXPECT_EQ(Escaped("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
  EXPECT_EQ(Escaped("\xE2\x82"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(NdjsonWriter, WritesOneLineAMatch) {
  std::vector<Rule> rules(2);
  rules[1].id = "5f1a";
  rules[1].title = "A \"quoted\" title";
  rules[1].level = "high";
  rules[1].status = "test";
  rules[1].author = "N. N.";
  rules[1].tags = {"attack.t1059", "attack.execution"};
  rules[1].file = "rules/x.yml";
  const NdjsonWriter writer(rules);
  const std::vector<std::string_view> selections = {"selection", "other"};
  const std::vector<Indicator> indicators = {
      {"Image", IndicatorKind::kEq, "C:\\x"}, {"", IndicatorKind::kEq, "y"}};
  std::string out;
  writer.Append({"log.json", 7},
                {RuleId{1}, selections, indicators, "10:00", "ws1"}, {}, &out);
  EXPECT_EQ(
      out,
      R"({"schema":1,)"
      R"("rule":{"id":"5f1a","title":"A \"quoted\" title","level":"high",)"
      R"("status":"test","author":"N. N.",)"
      R"("tags":["attack.t1059","attack.execution"],"file":"rules/x.yml"},)"
      R"("event":{"file":"log.json","index":7,"time":"10:00",)"
      R"("computer":"ws1"},)"
      R"("selections":["selection","other"],)"
      R"("indicators":[{"field":"Image","kind":"eq","value":"C:\\x"},)"
      R"({"field":"","kind":"eq","value":"y"}]})"
      "\n");
}

TEST(NdjsonWriter, WritesEmptyListsAndAppends) {
  const std::vector<Rule> rules(1);
  const NdjsonWriter writer(rules);
  std::string out = "before\n";
  writer.Append({"\xFF", 0}, {RuleId{0}, {}, {}}, {}, &out);
  EXPECT_EQ(out,
            "before\n"
            R"({"schema":1,"rule":{"id":"","title":"","level":"","status":"",)"
            R"("author":"","tags":[],"file":""},)"
            "\"event\":{\"file\":\"\xEF\xBF\xBD\",\"index\":0,"
            R"("time":"","computer":""},)"
            R"("selections":[],"indicators":[]})"
            "\n");
}

TEST(NdjsonWriter, WritesTheEventBesideItsPlace) {
  const std::vector<Rule> rules(1);
  const NdjsonWriter writer(rules);
  std::string out;
  writer.Append({"a", 0}, {}, {"{ \"b\" : 1.50 }", true}, &out);
  EXPECT_THAT(out, HasSubstr(R"("computer":"","data":{"b":1.50}},)"));
  out.clear();
  writer.Append({"a", 0}, {}, {"a \"line\"", false}, &out);
  EXPECT_THAT(out, HasSubstr(R"("data":"a \"line\""},)"));
  out.clear();
  writer.Append({"a", 0}, {}, {"", false}, &out);
  EXPECT_THAT(out, HasSubstr(R"("data":""},)"));
}

TEST(NdjsonWriter, EscapesWhatAScreenWouldObey) {
  std::string out;
  AppendJsonString("\x1b[2J \x7f \xC2\x9B \xE2\x80\xAE \xC3\xA9", &out);
  EXPECT_EQ(out, "\"\\u001b[2J \\u007f \\u009b \\u202e \xC3\xA9\"");
}

}  // namespace
}  // namespace hypersigma::internal
