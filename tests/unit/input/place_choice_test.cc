#include "lib/input/place_choice.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"
#include "lib/input/layout.h"

namespace hypersigma::internal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<EventLayout> Layouts() {
  EventLayout evtx;
  evtx.name = "evtx";
  evtx.markers = {"Event.System"};
  evtx.places = {"Event.EventData.*", "Event.UserData.*.*", "Event.System.*"};
  evtx.text_member = "#text";
  evtx.names = {{"Channel", {"Event.System.Channel"}},
                {"EventID", {"Event.System.EventID"}},
                {"Provider_Name", {"Event.System.Provider.#attributes.Name"}}};
  evtx.time = {"Event.System.TimeCreated.#attributes.SystemTime"};
  EventLayout ecs;
  ecs.name = "ecs";
  ecs.markers = {"@timestamp", "winlog.channel"};
  ecs.places = {"winlog.event_data.*", "*"};
  ecs.names = {{"Channel", {"winlog.channel"}},
               {"EventID", {"winlog.event_id", "event.code"}},
               {"Image", {"winlog.event_data.Image", "process.executable"}}};
  ecs.time = {"event.created", "@timestamp"};
  EventLayout flat;
  flat.name = "flat";
  flat.time = {"UtcTime", "@timestamp"};
  flat.computer = {"Computer", "host"};
  return {evtx, ecs, flat};
}

FieldTable Table() {
  FieldTable table;
  for (const char* name :
       {"Channel", "EventID", "Provider_Name", "Image", "User", "Data", "Level",
        "process.executable", "UtcTime"}) {
    table.Intern(name);
  }
  return table;
}

struct Seen {
  std::vector<std::string> values;  // "field=text", sorted
  std::optional<std::size_t> layout;
  std::string time;
  std::string computer;
};

Seen Read(std::string_view json, bool unnamed_values = false,
          std::optional<std::size_t> forced = std::nullopt) {
  static const FieldTable kTable = Table();
  JsonReader reader(
      std::make_shared<const JsonPaths>(kTable, Layouts(), forced),
      {.unnamed_values = unnamed_values});
  const absl::StatusOr<JsonEvent> event = reader.Read(json);
  if (!event.ok()) return {{std::string(event.status().message())}, {}, "", ""};
  Seen seen{{},
            event->layout,
            std::string(event->time),
            std::string(event->computer)};
  for (const FieldValue& pair : event->values) {
    const std::string name =
        pair.field == kUnnamedField
            ? "-"
            : kTable.names()[static_cast<std::size_t>(pair.field)];
    const bool is_object = pair.value.kind == ValueKind::kObject;
    seen.values.push_back(name + "=" +
                          (is_object ? "{}" : std::string(pair.value.text)));
  }
  std::sort(seen.values.begin(), seen.values.end());
  return seen;
}

constexpr std::string_view kEvtx = R"({"Event":{
  "#attributes":{"xmlns":"x"},
  "System":{"Provider":{"#attributes":{"Name":"P","Guid":"G"}},
    "EventID":{"#attributes":{"Qualifiers":16384},"#text":7045},
    "Level":4,"TimeCreated":{"#attributes":{"SystemTime":"2026-01-02T03:04Z"}},
    "Channel":"System"},
  "EventData":{"Image":"C:\\x.exe","Channel":"not this","User":null}}})";

TEST(PlaceChoice, ReadsEvtx) {
  const Seen seen = Read(kEvtx);
  EXPECT_THAT(seen.values,
              ElementsAre("Channel=System", "EventID=7045", "Image=C:\\x.exe",
                          "Level=4", "Provider_Name=P", "User="));
  EXPECT_EQ(seen.layout, 0u);
  EXPECT_EQ(seen.time, "2026-01-02T03:04Z");
}

TEST(PlaceChoice, TellsTheComputer) {
  EXPECT_EQ(Read(R"({"host":"b","Computer":"a"})").computer, "a");
  EXPECT_EQ(Read(R"({"host":"b","UtcTime":"t"})").computer, "b");
  EXPECT_EQ(Read(R"({"host":"b","UtcTime":"t"})").time, "t");
  EXPECT_EQ(Read(R"({"host":{"name":"b"}})").computer, "");
  EXPECT_EQ(Read(kEvtx).computer, "");
}

// The names of attributes are no text; their values are.
TEST(PlaceChoice, LeavesTheRestToKeywords) {
  EXPECT_THAT(
      Read(kEvtx, true).values,
      ElementsAre("-=16384", "-=2026-01-02T03:04Z", "-=G", "-=not this", "-=x",
                  "Channel=System", "EventID=7045", "Image=C:\\x.exe",
                  "Level=4", "Provider_Name=P", "User="));
}

TEST(PlaceChoice, ReadsAnyOneElementOfUserData) {
  EXPECT_THAT(Read(R"({"Event":{"UserData":{"Whatever":{"#attributes":{},
               "User":"u","Level":"of data"}},"System":{"Level":4}}})")
                  .values,
              ElementsAre("Level=of data", "User=u"));
}

TEST(PlaceChoice, ReadsNamelessData) {
  EXPECT_THAT(
      Read(
          R"({"Event":{"System":{},"EventData":{"Data":{"#text":["a","b"]}}}})")
          .values,
      ElementsAre("Data=a", "Data=b"));
  EXPECT_THAT(Read(R"({"Event":{"System":{},"EventData":{"Data":{}}}})").values,
              ElementsAre("Data={}"));
}

TEST(PlaceChoice, TellsAFlatEventFromOthers) {
  const Seen seen = Read(
      R"({"Event":{"EventData":{"Image":"x"}},"Image":"y","UtcTime":12.50})");
  EXPECT_THAT(seen.values, ElementsAre("Image=y", "UtcTime=12.50"));
  EXPECT_EQ(seen.layout, 2u);
  EXPECT_EQ(seen.time, "12.50");
}

TEST(PlaceChoice, RecognisesAMarkerThatComesLast) {
  const Seen seen = Read(
      R"({"Event":{"EventData":{"Image":"x"}},"Image":"y","Event.System":1})");
  EXPECT_THAT(seen.values, ElementsAre("Image=x"));
  EXPECT_EQ(seen.layout, 0u);
}

TEST(PlaceChoice, ReadsWinlogbeat) {
  const std::string_view json = R"({"@timestamp":"t","process":{
      "executable":"C:\\e.exe","pid":4},"event":{"code":"1","created":"c"},
      "winlog":{"channel":"Security","event_data":{"User":"u"}},
      "Image":"own","User":"own"})";
  const Seen seen = Read(json);
  // A rule that says process.executable itself goes on to find it.
  EXPECT_THAT(seen.values,
              ElementsAre("Channel=Security", "EventID=1", "Image=C:\\e.exe",
                          "User=u", "process.executable=C:\\e.exe"));
  EXPECT_EQ(seen.layout, 1u);
  EXPECT_EQ(seen.time, "c");
}

TEST(PlaceChoice, PrefersTheBetterPlaceWhereverItIs) {
  const std::vector<std::string> events = {
      R"({"@timestamp":1,"winlog":{"channel":"c","event_data":{"Image":"a"}},
          "process":{"executable":"b"},"Image":"own"})",
      R"({"Image":"own","process":{"executable":"b"},
          "winlog":{"event_data":{"Image":"a"},"channel":"c"},"@timestamp":1})",
  };
  for (const std::string& json : events) {
    EXPECT_THAT(Read(json).values,
                ElementsAre("Channel=c", "Image=a", "process.executable=b"));
    EXPECT_THAT(Read(json, true).values, Contains("-=own"));
  }
}

TEST(PlaceChoice, ReadsDottedKeysAlike) {
  const std::vector<std::string> events = {
      R"({"@timestamp":1,"winlog":{"channel":"c","event_data":
          {"Image":"a","User":"u"}},"event":{"code":5}})",
      R"({"@timestamp":1,"winlog.channel":"c","winlog.event_data.Image":"a",
          "winlog.event_data.User":"u","event.code":5})",
      R"({"@timestamp":1,"winlog":{"channel":"c","event_data.Image":"a",
          "event_data":{"User":"u"}},"event.code":5})",
      R"({"@timestamp":1,"winlog.event_data":{"Image":"a","User":"u"},
          "winlog":{"channel":"c"},"event":[{"code":5}]})",
  };
  for (const std::string& json : events) {
    const Seen seen = Read(json);
    EXPECT_THAT(seen.values,
                ElementsAre("Channel=c", "EventID=5", "Image=a", "User=u"))
        << json;
    EXPECT_EQ(seen.layout, 1u) << json;
    EXPECT_EQ(seen.time, "1") << json;
  }
}

TEST(PlaceChoice, CountsADuplicateKeyAsAnArray) {
  EXPECT_THAT(
      Read(R"({"Event":{"System":{},"EventData":{"User":"a","User":["b"]},
               "EventData":{"User":"c"}}})")
          .values,
      ElementsAre("User=a", "User=b", "User=c"));
}

TEST(PlaceChoice, FallsBackToTheOwnName) {
  EXPECT_THAT(
      Read(R"({"Event":{"System":{}},"User":"u","Channel":"c"})").values,
      ElementsAre("Channel=c", "User=u"));
}

TEST(PlaceChoice, CanBeForced) {
  const Seen flat = Read(kEvtx, false, 2);
  EXPECT_THAT(flat.values, IsEmpty());
  EXPECT_EQ(flat.layout, 2u);
  EXPECT_EQ(flat.time, "");
  const Seen evtx =
      Read(R"({"Event":{"EventData":{"User":"u"}},"User":"own"})", false, 0);
  EXPECT_THAT(evtx.values, ElementsAre("User=u"));
  EXPECT_EQ(evtx.layout, 0u);
}

TEST(PlaceChoice, KeepsEventsApart) {
  const FieldTable table = Table();
  JsonReader reader(table, Layouts(), {});
  ASSERT_EQ(reader.Read(kEvtx)->layout, 0u);
  ASSERT_FALSE(reader.Read(R"({"Event":{"System":{"Level":)").ok());
  const absl::StatusOr<JsonEvent> flat = reader.Read(R"({"User":"u"})");
  ASSERT_TRUE(flat.ok());
  EXPECT_EQ(flat->layout, 2u);
  EXPECT_EQ(flat->values.size(), 1u);
  EXPECT_EQ(flat->time, "");
}

TEST(PlaceChoice, HasNoLayoutWithoutLayouts) {
  const FieldTable table = Table();
  JsonReader reader(table, {}, {});
  const absl::StatusOr<JsonEvent> event = reader.Read(kEvtx);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->layout, std::nullopt);
  EXPECT_THAT(event->values, IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
