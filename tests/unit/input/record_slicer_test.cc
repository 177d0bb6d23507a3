#include "lib/input/record_slicer.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Show(const Record& record) {
  const std::string place =
      std::to_string(record.line) + ":" + std::to_string(record.byte) + " ";
  switch (record.problem) {
    case RecordProblem::kNone:
      return place + std::string(record.text);
    case RecordProblem::kLineTooLong:
      return place + "line too long";
    case RecordProblem::kEventTooLong:
      return place + "event too long";
    case RecordProblem::kNotAnObject:
      return place + "no object";
    case RecordProblem::kNoEvent:
      return place + "no event";
    case RecordProblem::kNotClosed:
      return place + "not closed";
  }
  return place;
}

// Returns "line:byte text" of each record, read `piece` bytes at a time.
std::vector<std::string> Slice(std::string_view text,
                               const RecordSlicerOptions& options,
                               std::size_t piece) {
  RecordSlicer slicer(options);
  std::vector<std::string> shown;
  std::string window;
  for (std::size_t at = 0; at <= text.size(); at += piece) {
    window.erase(0, window.size() - slicer.kept_bytes());
    window += text.substr(at, piece);
    std::vector<Record> records;
    const bool is_last = at + piece > text.size();
    if (is_last) {
      slicer.Finish(window, records);
    } else {
      slicer.Read(window, records);
    }
    for (const Record& record : records) shown.push_back(Show(record));
  }
  return shown;
}

// The same, whatever the pieces are.
std::vector<std::string> Slice(std::string_view text,
                               std::string_view event_path = "",
                               std::uint64_t max_event_bytes = 1000) {
  const RecordSlicerOptions options{.event_path = std::string(event_path),
                                    .max_event_bytes = max_event_bytes};
  const std::vector<std::string> whole = Slice(text, options, 1'000'000);
  for (const std::size_t piece : {1u, 2u, 3u, 7u}) {
    EXPECT_EQ(Slice(text, options, piece), whole) << text;
  }
  return whole;
}

TEST(RecordSlicer, TakesObjectsOneAfterTheOther) {
  EXPECT_THAT(
      Slice(R"({"a":1}{"b":{}} {"c":[{}]})"),
      ElementsAre(R"(1:1 {"a":1})", R"(1:8 {"b":{}})", R"(1:17 {"c":[{}]})"));
  EXPECT_THAT(Slice("{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}\n"),
              ElementsAre("1:1 {\n  \"a\": 1\n}", "4:1 {\n  \"b\": 2\n}"));
  EXPECT_THAT(Slice("\xEF\xBB\xBF {\"a\":1}\n"), ElementsAre("1:2 {\"a\":1}"));
  EXPECT_THAT(Slice(""), IsEmpty());
  EXPECT_THAT(Slice(" \n\t\r\n"), IsEmpty());
}

TEST(RecordSlicer, TakesTheElementsOfArrays) {
  EXPECT_THAT(Slice(R"([{"a":1},{"b":2}])"),
              ElementsAre(R"(1:2 {"a":1})", R"(1:10 {"b":2})"));
  EXPECT_THAT(Slice(R"([[{"a":1}],[],[[{"b":2}]]] [{}])"),
              ElementsAre(R"(1:3 {"a":1})", R"(1:17 {"b":2})", "1:29 {}"));
  EXPECT_THAT(Slice("[]"), IsEmpty());
}

TEST(RecordSlicer, KnowsStringsFromStructure) {
  EXPECT_THAT(Slice(R"([{"a":"]}\"[{\\"},{"}{":"\\\""}])"),
              ElementsAre(R"(1:2 {"a":"]}\"[{\\"})", R"(1:19 {"}{":"\\\""})"));
}

TEST(RecordSlicer, NotesWhatIsNoObject) {
  EXPECT_THAT(Slice(R"([1, "x", {"a":1}, null])"),
              ElementsAre("1:2 no object", "1:5 no object", R"(1:10 {"a":1})",
                          "1:19 no object"));
  EXPECT_THAT(Slice("oh no \"{\" x\n{}\nno"),
              ElementsAre("1:1 no object", "2:1 {}", "3:1 no object"));
  EXPECT_THAT(Slice("{}]"), ElementsAre("1:1 {}", "1:3 no object"));
}

TEST(RecordSlicer, FollowsThePath) {
  EXPECT_THAT(
      Slice(R"({"_id":1,"_source":{"a":{}},"x":[{"_source":{}}]})", "_source"),
      ElementsAre(R"(1:20 {"a":{}})"));
  EXPECT_THAT(
      Slice(R"({"result":{"count":2,"events":[{"a":1},{"b":2}]},"n":{}})",
            "result.events"),
      ElementsAre(R"(1:32 {"a":1})", R"(1:40 {"b":2})"));
  EXPECT_THAT(Slice(R"({"result.events":{"a":1}})", "result.events"),
              ElementsAre(R"(1:18 {"a":1})"));
  EXPECT_THAT(Slice(R"({"resul\u0074":{"events":{"a":1}}})", "result.events"),
              ElementsAre(R"(1:26 {"a":1})"));
  EXPECT_THAT(
      Slice(R"({"hits":{"hits":[{"_source":{"a":1}},{"_source":[{"b":2}]}]}})",
            "hits.hits._source"),
      ElementsAre(R"(1:29 {"a":1})", R"(1:50 {"b":2})"));
  EXPECT_THAT(Slice(R"([{"e":{"a":1}},{"e":{"b":2}}])", "e"),
              ElementsAre(R"(1:7 {"a":1})", R"(1:21 {"b":2})"));
}

TEST(RecordSlicer, NotesObjectsWithoutAnEvent) {
  EXPECT_THAT(Slice(R"({"x":1})", "e"), ElementsAre("1:1 no event"));
  EXPECT_THAT(Slice(R"({"e":[]})", "e"), IsEmpty());
  EXPECT_THAT(Slice(R"({"e":5})", "e"), ElementsAre("1:6 no object"));
  EXPECT_THAT(Slice(R"({"e":{"x":{}}})", "e.f"), ElementsAre("1:6 no event"));
  EXPECT_THAT(Slice("\n[{},7]", "e"),
              ElementsAre("2:2 no event", "2:5 no object"));
}

TEST(RecordSlicer, GoesOnBehindADamagedElement) {
  EXPECT_THAT(
      Slice(R"([{"a":},{"b":[1},{"c":3}])"),
      ElementsAre(R"(1:2 {"a":})", R"(1:9 {"b":[1})", R"(1:18 {"c":3})"));
  EXPECT_THAT(Slice(R"([{"a":1,{"b":2}])"),
              ElementsAre(R"(1:2 {"a":1,{"b":2})"));
  EXPECT_THAT(
      Slice(R"([{"a":1},{"b":2)"),
      ElementsAre(R"(1:2 {"a":1})", R"(1:10 {"b":2)", "1:1 not closed"));
  EXPECT_THAT(Slice(R"([{"a":1})"),
              ElementsAre(R"(1:2 {"a":1})", "1:1 not closed"));
}

TEST(RecordSlicer, FindsTheNextLineWhenStructureIsLost) {
  EXPECT_THAT(Slice("{\"a\":\"x\n{\"b\":2}\n"),
              ElementsAre("1:1 {\"a\":\"x", "2:1 {\"b\":2}"));
  // What the damaged one seems to hold are events of their own.
  EXPECT_THAT(Slice("{\"a\":\n{\"b\":2}\n{\"c\":3}\n"),
              ElementsAre("1:1 {\"a\":", "2:1 {\"b\":2}", "3:1 {\"c\":3}"));
  EXPECT_THAT(Slice("{\"a\":\n{\"b\":2}\n"),
              ElementsAre("1:1 {\"a\":", "2:1 {\"b\":2}"));
  EXPECT_THAT(
      Slice("[\n  {\n    \"a\": {\n  },\n  {\n    \"b\": 2\n  },\n  {}\n]\n"),
      ElementsAre("2:3 {\n    \"a\": {\n  },", "5:3 {\n    \"b\": 2\n  }",
                  "8:3 {}"));
  EXPECT_THAT(Slice("[\n  {\"a\":[1,\n  {\"b\":2},\n  {\"c\":3}\n]\n"),
              ElementsAre("2:3 {\"a\":[1,", "3:3 {\"b\":2}", "4:3 {\"c\":3}"));
}

// Objects that begin their lines inside of a whole event are part of it.
TEST(RecordSlicer, LeavesWholeEventsAloneWhateverTheirLines) {
  EXPECT_THAT(Slice("{\"a\":\n{\"b\":[\n{},\n{}\n]}}\n{}"),
              ElementsAre("1:1 {\"a\":\n{\"b\":[\n{},\n{}\n]}}", "6:1 {}"));
}

TEST(RecordSlicer, FindsTheNextObjectWhenOneAroundEventsIsLost) {
  EXPECT_THAT(Slice("{\"x\":[1,\n{\"e\":{\"a\":1}}\n", "e"),
              ElementsAre("1:1 not closed"));
  EXPECT_THAT(Slice("{\"x\":{\n\n{\"e\":{\"a\":1}}\n", "e"),
              ElementsAre("1:1 not closed", "3:6 {\"a\":1}"));
}

TEST(RecordSlicer, SkipsWhatIsTooLong) {
  const std::string large = "{\"a\":\"" + std::string(30, 'x') + "\"}";
  EXPECT_THAT(Slice("[" + large + ",{\"b\":2}," + large + "]", "", 10),
              ElementsAre("1:2 event too long", "1:41 {\"b\":2}",
                          "1:49 event too long"));
  EXPECT_THAT(
      Slice("{\"" + std::string(5000, 'k') + "\":{},\"e\":{\"a\":1}}", "e", 10),
      ElementsAre("1:5012 {\"a\":1}"));
}

TEST(RecordSlicer, KeepsNothingItDoesNotNeed) {
  RecordSlicer slicer({.event_path = "e"});
  std::vector<Record> records;
  slicer.Read(R"({"x":"a long text)", records);
  EXPECT_EQ(slicer.kept_bytes(), 0u);
  slicer.Read(R"( and more","e)", records);
  EXPECT_EQ(slicer.kept_bytes(), 2u);
  slicer.Read(R"("e":{"a")", records);
  EXPECT_EQ(slicer.kept_bytes(), 4u);
  EXPECT_FALSE(slicer.is_between_records());
  slicer.Read(R"({"a":1}})", records);
  EXPECT_EQ(slicer.kept_bytes(), 0u);
  EXPECT_TRUE(slicer.is_between_records());
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].text, R"({"a":1})");
}

TEST(RecordSlicer, BoundsWhatIsNested) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":\n";
  EXPECT_EQ(Slice(deep, {.max_event_bytes = 1'000'000}, 4096).size(), 100'000u);
  const std::string arrays(100'000, '[');
  EXPECT_THAT(Slice(arrays, RecordSlicerOptions{}, 4096),
              ElementsAre("1:1 not closed"));
  const std::string closed =
      std::string(1000, '[') + "{}" + std::string(1000, ']') + "{}";
  EXPECT_THAT(Slice(closed), ElementsAre("1:2003 {}"));
}

}  // namespace
}  // namespace hypersigma::internal
