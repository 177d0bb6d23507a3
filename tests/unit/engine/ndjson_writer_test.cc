#include "lib/engine/ndjson_writer.h"

#include <cstddef>
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

TEST(AppendJsonString, EscapesAtEachPosition) {
  struct Case {
    std::string_view text;
    std::string_view escaped;
  };
  constexpr Case kCases[] = {
      {"\"", "\\\""},
      {"\\", "\\\\"},
      {"\n", "\\n"},
      {"\x1f", "\\u001f"},
      {"\x7f", "\\u007f"},
      {"\xff", "\xEF\xBF\xBD"},
      {"\xE2\x80\xAE", "\\u202e"},
      {"\xC2\x9B", "\\u009b"},
      {"\xC3\xA9", "\xC3\xA9"},
      {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
      {"\"\\\"", "\\\"\\\\\\\""},
  };
  for (const Case& each : kCases) {
    for (std::size_t before = 0; before < 36; ++before) {
      for (std::size_t behind = 0; behind < 36; behind += 5) {
        const std::string begin(before, 'a');
        const std::string end(behind, 'z');
        EXPECT_EQ(Escaped(begin + std::string(each.text) + end),
                  '"' + begin + std::string(each.escaped) + end + '"');
      }
    }
  }
}

void AppendOne(const MatchPlace& place, const Match& match,
               const EventText& event, NdjsonWriter& writer, std::string* out) {
  writer.Append(place, {&match, 1}, event, out);
}

// A line of a writer that has written nothing before.
std::string Anew(const MatchPlace& place, const Match& match,
                 const std::vector<Rule>& rules) {
  NdjsonWriter writer(rules);
  std::string out;
  AppendOne(place, match, {}, writer, &out);
  return out;
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
  NdjsonWriter writer(rules);
  const std::vector<std::string_view> selections = {"selection", "other"};
  const std::vector<Indicator> indicators = {
      {"Image", IndicatorKind::kEq, "C:\\x"}, {"", IndicatorKind::kEq, "y"}};
  std::string out;
  AppendOne({"log.json", 7},
            {RuleId{1}, selections, indicators, "10:00", "ws1"}, {}, writer,
            &out);
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
  NdjsonWriter writer(rules);
  std::string out = "before\n";
  AppendOne({"\xFF", 0}, {RuleId{0}, {}, {}}, {}, writer, &out);
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
  NdjsonWriter writer(rules);
  std::string out;
  AppendOne({"a", 0}, {}, {"{ \"b\" : 1.50 }", true}, writer, &out);
  EXPECT_THAT(out, HasSubstr(R"("computer":"","data":{"b":1.50}},)"));
  out.clear();
  AppendOne({"a", 0}, {}, {"a \"line\"", false}, writer, &out);
  EXPECT_THAT(out, HasSubstr(R"("data":"a \"line\""},)"));
  out.clear();
  AppendOne({"a", 0}, {}, {"", false}, writer, &out);
  EXPECT_THAT(out, HasSubstr(R"("data":""},)"));
}

TEST(NdjsonWriter, WritesAllMatchesOfAnEvent) {
  std::vector<Rule> rules(3);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rules[i].id = std::string(1, static_cast<char>('a' + i));
  }
  NdjsonWriter writer(rules);
  const Match matches[] = {{RuleId{0}, {}, {}, "t", "c"},
                           {RuleId{2}, {}, {}, "t", "c"},
                           {RuleId{1}, {}, {}, "t", "c"}};
  std::string out;
  writer.Append({"f", 5}, matches, {}, &out);
  std::string expected;
  for (const Match& match : matches) {
    expected += Anew({"f", 5}, match, rules);
  }
  EXPECT_EQ(out, expected);
  out.clear();
  writer.Append({"f", 6}, matches, {"{\"x\": 1}", true}, &out);
  EXPECT_THAT(out, HasSubstr(R"("id":"b",)"));
  std::size_t events = 0;
  for (std::size_t at = 0; (at = out.find(R"("index":6,)", at)) != out.npos;
       ++at) {
    EXPECT_EQ(out.substr(at).find(
                  R"("index":6,"time":"t","computer":"c","data":{"x":1}})"),
              0U);
    ++events;
  }
  EXPECT_EQ(events, 3U);
}

// What is kept of a rule must be that of the same match.
TEST(NdjsonWriter, DoesNotMixUpMatchesOfOneRule) {
  const std::vector<Rule> rules(2);
  const std::vector<std::string_view> names = {"first", "second"};
  const std::vector<Indicator> indicators = {
      {"Image", IndicatorKind::kEq, "a"},
      {"Image", IndicatorKind::kEq, "b"},
      {"Image", IndicatorKind::kMatch, "b"},
      {"User", IndicatorKind::kMatch, "b"}};
  std::vector<Match> matches;
  for (const RuleId rule : {RuleId{0}, RuleId{1}}) {
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      matches.push_back({rule, {&names[0], 1}, {&indicators[i], 1}});
      matches.push_back({rule, {&names[1], 1}, {&indicators[i], 1}});
      matches.push_back({rule, names, {&indicators[0], i}});
    }
    matches.push_back({rule, {}, {}});
  }
  NdjsonWriter writer(rules);
  for (const Match& one : matches) {
    for (const Match& other : matches) {
      std::string out;
      AppendOne({"f", 1}, one, {}, writer, &out);
      EXPECT_EQ(out, Anew({"f", 1}, one, rules));
      out.clear();
      AppendOne({"g", 23456}, other, {}, writer, &out);
      EXPECT_EQ(out, Anew({"g", 23456}, other, rules));
    }
  }
}

// What is kept is given back now and then; nobody can tell by the lines.
TEST(NdjsonWriter, WritesTheSameWhenMuchWasKept) {
  constexpr std::size_t kBytes = NdjsonWriter::kMostKeptBytes / 3;
  std::vector<Rule> rules(5);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rules[i].title = std::string(kBytes, static_cast<char>('a' + i));
  }
  NdjsonWriter writer(rules);
  for (const std::uint32_t rule : {0, 1, 2, 3, 4, 0, 4, 4, 2, 0}) {
    const Match match{RuleId{rule}, {}, {}};
    std::string out;
    AppendOne({"f", 1}, match, {}, writer, &out);
    EXPECT_TRUE(out == Anew({"f", 1}, match, rules)) << rule;
  }
}

TEST(NdjsonWriter, EscapesWhatAScreenWouldObey) {
  std::string out;
  AppendJsonString("\x1b[2J \x7f \xC2\x9B \xE2\x80\xAE \xC3\xA9", &out);
  EXPECT_EQ(out, "\"\\u001b[2J \\u007f \\u009b \\u202e \xC3\xA9\"");
}

}  // namespace
}  // namespace hypersigma::internal
