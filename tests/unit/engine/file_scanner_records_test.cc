// Scans of files whose records are not lines.

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "tests/unit/engine/temporary_file.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kRule = R"(
title: Administrator
logsource: {product: windows}
detection:
  selection: {User: admin}
  condition: selection
)";

struct Found {
  ScanSummary summary;
  std::vector<std::uint64_t> indexes;      // of events that match
  std::vector<std::string> malformed;      // "index line:byte message"
  std::vector<std::string> observed_json;  // in order, with one thread
};

Found Scan(std::string_view content, FileScanOptions options = {}) {
  const Engine engine = *Engine::Build(RuleSet::FromYaml(kRule));
  const TemporaryFile file(content);
  Found found;
  if (options.threads == 1) {
    options.observer = [&found](const ScannedEvent& event) {
      found.observed_json.emplace_back(event.json);
    };
  }
  found.summary = ScanFiles(engine, std::vector{file.path()}, options,
                            [&](const MatchPlace& place, const Match&) {
                              found.indexes.push_back(place.index);
                              return absl::OkStatus();
                            });
  EXPECT_TRUE(found.summary.status.ok());
  EXPECT_EQ(found.summary.bytes, content.size());
  for (const MalformedRecord& record : found.summary.malformed_records) {
    found.malformed.push_back(
        std::to_string(record.index) + " " + std::to_string(record.line) + ":" +
        std::to_string(record.byte) + " " + record.message);
  }
  return found;
}

TEST(ScanRecords, ReadsPrettyPrintedObjects) {
  const Found found = Scan(
      "{\n  \"User\": \"admin\"\n}\n{\n  \"User\": \"x\"\n}\n"
      "{\n  \"User\": \"admin\"\n}");
  EXPECT_EQ(found.summary.events, 3u);
  EXPECT_THAT(found.indexes, ElementsAre(0u, 2u));
  EXPECT_THAT(found.malformed, IsEmpty());
  ASSERT_THAT(found.observed_json, SizeIs(3));
  EXPECT_EQ(found.observed_json[1], "{\n  \"User\": \"x\"\n}");
}

TEST(ScanRecords, ReadsArraysOfEvents) {
  const std::string_view whole =
      "[\n{\"User\":\"x\"},\n{\"User\":\"admin\"}\n]\n";
  EXPECT_THAT(Scan(whole).indexes, ElementsAre(1u));
  const std::string_view lines =
      "[{\"User\":\"x\"},{\"User\":\"admin\"}]\n{\"User\":\"admin\"}\n";
  EXPECT_THAT(Scan(lines).indexes, ElementsAre(1u, 2u));
}

TEST(ScanRecords, ReadsEventsInsideOfOthers) {
  const std::string_view content =
      "{\"_id\":1,\"User\":\"admin\",\"_source\":{\"User\":\"x\"}}\n"
      "{\"_source\":[{\"User\":\"admin\"},{\"User\":\"admin\"}]}\n"
      "{\"User\":\"admin\"}\n";
  const Found found = Scan(content, {.event_path = "_source"});
  EXPECT_EQ(found.summary.events, 4u);
  EXPECT_THAT(found.indexes, ElementsAre(1u, 2u));
  EXPECT_THAT(found.malformed,
              ElementsAre("3 3:1 there is no event at '_source'"));
  EXPECT_THAT(found.observed_json, SizeIs(3));
}

TEST(ScanRecords, SaysWhereAnErrorIs) {
  const Found found = Scan(
      "[\n  {\n    \"User\": \"x\",\n    \"y\": tru\n  },\n"
      "  {\"User\": }, 7, {\"User\": \"admin\"}\n]\n");
  EXPECT_EQ(found.summary.events, 4u);
  EXPECT_EQ(found.summary.malformed, 3u);
  EXPECT_THAT(found.malformed,
              ElementsAre("0 4:10 expected a value", "1 6:12 expected a value",
                          "2 6:15 expected an object"));
  EXPECT_THAT(found.indexes, ElementsAre(3u));
}

TEST(ScanRecords, SaysWhatIsTooLongOrNotClosed) {
  const std::string large = "{\"x\":\"" + std::string(200, 'x') + "\"}";
  EXPECT_THAT(Scan("[\n " + large + ",\n{\"User\":\"admin\"}\n",
                   {.max_line_bytes = 100})
                  .malformed,
              ElementsAre("0 2:2 the event is longer than 100 bytes",
                          "2 1:1 what is around the events is not closed"));
}

TEST(ScanRecords, GivesTheSameForAnyNumberOfThreads) {
  std::string content = "[";
  for (int i = 0; i < 20'000; ++i) {
    content += i % 7 == 0 ? "{\n\"User\":\"admin\"}" : "{\"User\": [\"x\"]}";
    content += i % 1000 == 999 ? ",\n{\"broken\":},\n" : ", ";
  }
  content += "{}]";
  const Found expected = Scan(content);
  EXPECT_EQ(expected.summary.events, 20'021u);
  EXPECT_EQ(expected.summary.malformed, 20u);
  EXPECT_EQ(expected.summary.matches, 2858u);
  const Found found = Scan(content, {.threads = 3});
  EXPECT_EQ(found.indexes, expected.indexes);
  EXPECT_EQ(found.malformed, expected.malformed);
  EXPECT_EQ(found.summary.events, expected.summary.events);
}

TEST(ScanRecords, CanBeToldTheFormat) {
  const std::string_view content = "{\"User\":\n\"admin\"}\n";
  EXPECT_THAT(Scan(content).indexes, ElementsAre(0u));
  EXPECT_EQ(Scan(content, {.format = RecordFormat::kLines}).summary.malformed,
            2u);
  EXPECT_THAT(
      Scan("{}{\"User\":\"admin\"}", {.format = RecordFormat::kJson}).indexes,
      ElementsAre(1u));
}

}  // namespace
}  // namespace hypersigma
