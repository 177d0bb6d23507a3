// What of a file counts: options of scans beyond threads and formats.

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
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
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kRules = R"(
title: Shell
logsource: {product: windows}
detection:
  selection: {Image: cmd}
  condition: selection
---
title: Anywhere
logsource: {product: linux}
detection:
  keywords: [Failed password, cmd]
  condition: keywords
)";

Engine TestEngine() {
  absl::StatusOr<Engine> engine = Engine::Build(RuleSet::FromYaml(kRules));
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

struct Found {
  ScanSummary summary;
  std::string lines;
};

Found Scan(const std::vector<std::string>& paths,
           const FileScanOptions& options) {
  Found found;
  found.summary = ScanToNdjson(TestEngine(), paths, options,
                               [&found](std::string_view lines) {
                                 found.lines += lines;
                                 return absl::OkStatus();
                               });
  return found;
}

ScanSummary ScanMatches(const std::vector<std::string>& paths,
                        const FileScanOptions& options, int* calls) {
  return ScanFiles(TestEngine(), paths, options,
                   [calls](const MatchPlace&, const Match&) {
                     ++*calls;
                     return absl::OkStatus();
                   });
}

FileScanOptions Times(std::string_view begin, std::string_view end) {
  FileScanOptions options;
  options.times = TimeRange{ParseTime(begin)->begin, ParseTime(end)->end};
  return options;
}

TEST(FileScanTimes, LeavesOutMatchesOfOtherTimes) {
  const TemporaryFile file(
      "{\"Image\":\"cmd\",\"UtcTime\":\"2024-04-30 23:59:59.999\"}\n"
      "{\"Image\":\"cmd\",\"UtcTime\":\"2024-05-01 00:00:00\"}\n"
      "{\"Image\":\"cmd\",\"UtcTime\":\"2024-05-02T23:59:59.999Z\"}\n"
      "{\"Image\":\"cmd\",\"UtcTime\":1714694400}\n"
      "{\"Image\":\"cmd\",\"UtcTime\":\"May  1 12:00:00\"}\n"
      "{\"Image\":\"cmd\"}\n");
  const Found found = Scan({file.path()}, Times("2024-05-01", "2024-05-02"));
  EXPECT_EQ(found.summary.events, 6u);
  EXPECT_EQ(found.summary.outside_times, 2u);
  EXPECT_EQ(found.summary.undated, 2u);
  // Each matches both rules.
  EXPECT_EQ(found.summary.matches, 8u);
  EXPECT_THAT(found.lines, ::testing::Not(HasSubstr("\"index\":0,")));
  EXPECT_THAT(found.lines, HasSubstr("\"index\":1,"));
  EXPECT_THAT(found.lines, ::testing::Not(HasSubstr("\"index\":3,")));
  EXPECT_THAT(found.lines, HasSubstr("\"index\":5,"));
}

TEST(FileScanTimes, AreNotLookedAtByDefault) {
  const TemporaryFile file("{\"Image\":\"cmd\"}\n");
  const Found found = Scan({file.path()}, {});
  EXPECT_EQ(found.summary.undated, 0u);
  EXPECT_FALSE(found.summary.is_limited);
}

TEST(ParseTime, TellsTheWholeStretch) {
  const auto day = ParseTime("2024-05-01");
  ASSERT_TRUE(day.has_value());
  EXPECT_EQ(day->end - day->begin, absl::Hours(24));
  EXPECT_FALSE(ParseTime("yesterday").has_value());
}

TEST(FileScanText, LinesAreValuesForKeywords) {
  const TemporaryFile file(
      "sshd: Failed password for root\n\n{\"Image\":\"x\"}\r\n\xFF cmd");
  FileScanOptions options;
  options.format = RecordFormat::kText;
  options.include_event = true;
  const Found found = Scan({file.path()}, options);
  EXPECT_EQ(found.summary.events, 3u);
  EXPECT_EQ(found.summary.malformed, 0u);
  EXPECT_THAT(found.summary.matches_by_rule, ElementsAre(0u, 2u));
  EXPECT_THAT(found.lines,
              HasSubstr("\"data\":\"sshd: Failed password for root\""));
  EXPECT_THAT(found.lines, HasSubstr("\"data\":\"\xEF\xBF\xBD cmd\""));
}

TEST(FileScanText, BracketsMeanNothing) {
  const TemporaryFile file(
      "[ 0.1] Failed password\n[{\"Image\":\"x\"},{}]\n{ Failed password\n");
  FileScanOptions options;
  options.format = RecordFormat::kText;
  options.include_event = true;
  for (const std::string_view path : {"", "Records"}) {
    options.event_path = path;
    const Found found = Scan({file.path()}, options);
    EXPECT_EQ(found.summary.events, 3u);
    EXPECT_EQ(found.summary.malformed, 0u);
    EXPECT_EQ(found.summary.matches, 2u);
    EXPECT_THAT(found.lines, HasSubstr("\"data\":\"[ 0.1] Failed password\""));
    EXPECT_THAT(found.lines, HasSubstr("\"index\":2,"));
  }
}

TEST(FileScanEvents, AreIncludedAsTheyStand) {
  const TemporaryFile file("{\"Image\" : \"cmd\", \"n\": 1.50 }\n");
  FileScanOptions options;
  options.include_event = true;
  EXPECT_THAT(Scan({file.path()}, options).lines,
              HasSubstr(R"("data":{"Image":"cmd","n":1.50}})"));
  options.include_event = false;
  EXPECT_THAT(Scan({file.path()}, options).lines,
              ::testing::Not(HasSubstr("data")));
}

std::string ManyHits(int count) {
  std::string events;
  for (int i = 0; i < count; ++i) events += "{\"Image\":\"cmd\"}\n";
  return events;
}

TEST(FileScanLimit, EndsTheScanWithExactlySoManyMatches) {
  const TemporaryFile file(ManyHits(100'000));
  for (const int threads : {1, 4}) {
    FileScanOptions options;
    options.threads = threads;
    options.max_matches = 1'001;
    const Found found = Scan({file.path()}, options);
    EXPECT_TRUE(found.summary.status.ok()) << found.summary.status;
    EXPECT_TRUE(found.summary.is_limited);
    EXPECT_EQ(found.summary.matches, 1'001u);
    EXPECT_EQ(std::count(found.lines.begin(), found.lines.end(), '\n'), 1'001);
    EXPECT_LT(found.summary.events, 100'000u);
    EXPECT_THAT(found.summary.matches_by_rule, ElementsAre(501u, 500u));
    EXPECT_EQ(found.summary.files[0].matches, 1'001u);
    EXPECT_THAT(found.summary.matches_by_computer,
                ElementsAre(Pair("", 1'001u)));
    int calls = 0;
    ScanMatches({file.path()}, options, &calls);
    EXPECT_EQ(calls, 1'001);
  }
}

TEST(FileScanLimit, IsNotReachedByFewer) {
  const TemporaryFile file(ManyHits(2));
  FileScanOptions options;
  options.max_matches = 5;
  const Found found = Scan({file.path()}, options);
  EXPECT_FALSE(found.summary.is_limited);
  EXPECT_EQ(found.summary.matches, 4u);
}

TEST(FileScanMalformed, EveryRecordIsGivenInOrder) {
  const TemporaryFile file([] {
    std::string lines;
    for (int i = 0; i < 50'000; ++i) lines += "{\n";
    return lines;
  }());
  FileScanOptions options;
  options.threads = 3;
  options.max_malformed = 2;
  std::uint64_t expected = 0;
  bool is_in_order = true;
  options.malformed = [&](const MalformedRecord& record) {
    is_in_order &= record.index == expected++;
  };
  const Found found = Scan({file.path()}, options);
  EXPECT_EQ(expected, 50'000u);
  EXPECT_TRUE(is_in_order);
  EXPECT_THAT(found.summary.malformed_records, SizeIs(2));
}

TEST(FileScanCounts, AreKeptByFileAndComputer) {
  const TemporaryFile first(
      "{\"Image\":\"cmd\",\"Hostname\":\"ws1\"}\n"
      "{\"Image\":\"cmd\",\"Computer\":\"ws2\"}\n"
      "{\"Image\":\"no\",\"Computer\":\"ws3\"}\n",
      "first");
  const TemporaryFile second("{\"Image\":\"cmd\"}\n", "second");
  const Found found = Scan({first.path(), "/no/such/file", second.path()}, {});
  ASSERT_THAT(found.summary.files, SizeIs(3));
  EXPECT_EQ(found.summary.files[0].events, 3u);
  EXPECT_EQ(found.summary.files[0].matches, 4u);
  EXPECT_EQ(found.summary.files[1].events, 0u);
  EXPECT_EQ(found.summary.files[2].matches, 2u);
  EXPECT_THAT(
      found.summary.matches_by_computer,
      UnorderedElementsAre(Pair("", 2u), Pair("ws1", 2u), Pair("ws2", 2u)));
  EXPECT_THAT(found.lines, HasSubstr("\"computer\":\"ws1\""));
}

TEST(FileScanProgress, TellsWhatWasReadAndFound) {
  const TemporaryFile file(ManyHits(10));
  ScanProgress progress;
  FileScanOptions options;
  options.progress = &progress;
  const Found found = Scan({file.path()}, options);
  EXPECT_EQ(progress.events, 10u);
  EXPECT_EQ(progress.matches, 20u);
  EXPECT_EQ(progress.bytes, found.summary.bytes);
  EXPECT_EQ(progress.stored_bytes, found.summary.bytes);
}

// Gives three batches, then an error.
RecordSource FailingSource() {
  return [left = 3, batch = std::vector<SourceRecord>(),
          text = std::string()]() mutable
         -> absl::StatusOr<std::span<const SourceRecord>> {
    if (left-- == 0) return absl::DataLossError("damaged");
    text = R"({"Image":"cmd","n":)" + std::to_string(left) + "}";
    batch = {{text, 10 + static_cast<std::uint64_t>(left)}, {"{", 99}};
    return batch;
  };
}

TEST(FileScanSources, GiveTheEventsOfTheirPaths) {
  const TemporaryFile file(ManyHits(1));
  for (const int threads : {1, 3}) {
    FileScanOptions options;
    options.threads = threads;
    options.include_event = true;
    options.open = [](const std::string& path) -> RecordSource {
      return path == "special" ? FailingSource() : nullptr;
    };
    const Found found = Scan({"special", file.path()}, options);
    EXPECT_EQ(found.summary.events, 7u);
    EXPECT_EQ(found.summary.matches, 8u);
    EXPECT_EQ(found.summary.malformed, 3u);
    EXPECT_EQ(found.summary.malformed_records[0].index, 99u);
    EXPECT_EQ(found.summary.malformed_records[0].line, 0u);
    EXPECT_THAT(found.lines, HasSubstr("\"index\":12,"));
    EXPECT_THAT(found.lines, HasSubstr(R"("data":{"Image":"cmd","n":0})"));
    ASSERT_THAT(found.summary.file_problems, SizeIs(1));
    EXPECT_EQ(found.summary.file_problems[0].file, "special");
    EXPECT_EQ(found.summary.file_problems[0].status.message(), "damaged");
  }
}

// A thread that waits for input must not keep a scan from its end.
TEST(FileScanFollow, EndsAtALimitWithoutMoreInput) {
  const TemporaryFile file(ManyHits(3));
  for (const int threads : {1, 4}) {
    FileScanOptions options;
    options.threads = threads;
    options.follow = true;
    options.max_matches = 4;
    const Found found = Scan({file.path()}, options);
    EXPECT_TRUE(found.summary.is_limited);
    EXPECT_EQ(found.summary.matches, 4u);
  }
}

TEST(FileScanFollow, GivesWhatIsAppendedUntilItIsStopped) {
  const TemporaryFile file(ManyHits(1));
  std::stop_source stop;
  FileScanOptions options;
  options.follow = true;
  options.stop = stop.get_token();
  int calls = 0;
  const std::vector<std::string> paths = {file.path()};
  const ScanSummary summary = ScanFiles(
      TestEngine(), paths, options, [&](const MatchPlace& place, const Match&) {
        ++calls;
        if (calls == 2) {
          std::ofstream(file.path(), std::ios::app) << ManyHits(1);
        }
        if (calls == 4) stop.request_stop();
        EXPECT_EQ(place.index, calls <= 2 ? 0u : 1u);
        return absl::OkStatus();
      });
  EXPECT_EQ(calls, 4);
  EXPECT_EQ(summary.status.code(), absl::StatusCode::kCancelled);
  EXPECT_THAT(summary.file_problems, IsEmpty());
}

}  // namespace
}  // namespace hypersigma
