#include "hypersigma/file_scanner.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <random>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "tests/unit/engine/temporary_file.h"

namespace hypersigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kRules = R"(
title: Shell
logsource: {product: windows}
detection:
  selection: {Image|contains: cmd}
  condition: selection
---
title: Administrator
logsource: {product: windows}
detection:
  selection: {User: admin}
  condition: selection
)";

Engine TestEngine(std::string_view rules = kRules) {
  absl::StatusOr<Engine> engine = Engine::Build(RuleSet::FromYaml(rules));
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

// Some megabytes, so that there are many blocks.
std::string ManyEvents() {
  std::string events;
  for (int i = 0; i < 20'000; ++i) {
    events += R"({"Image":")" + std::string(i % 7 == 0 ? "C:\\\\cmd" : "x") +
              R"(","User":")" + (i % 11 == 0 ? "admin" : "y") +
              R"(","Padding":")" + std::string(200, 'p') + "\"}\n";
    if (i % 1000 == 999) events += "{broken\n\n";
  }
  return events;
}

struct Found {
  ScanSummary summary;
  std::vector<std::string> matches;  // "index:rule"
};

Found Scan(const Engine& engine, const std::vector<std::string>& paths,
           const FileScanOptions& options = {}) {
  Found found;
  found.summary = ScanFiles(
      engine, paths, options, [&](const MatchPlace& place, const Match& match) {
        found.matches.push_back(
            std::to_string(place.index) + ":" +
            std::to_string(static_cast<std::uint32_t>(match.rule)));
        return absl::OkStatus();
      });
  return found;
}

TEST(ScanFiles, CountsAndListsEverything) {
  const std::string content =
      "\xEF\xBB\xBF{\"Image\":\"CMD.exe\",\"User\":\"admin\"}\r\n"
      "\n"
      "{\"Image\":\"x\"\n"
      "{\"User\":\"admin\",\"x\":\"\xFF\"}";
  const TemporaryFile file(content);
  const Found found = Scan(TestEngine(), {file.path()});
  EXPECT_TRUE(found.summary.status.ok());
  EXPECT_EQ(found.summary.events, 3u);
  EXPECT_EQ(found.summary.malformed, 1u);
  EXPECT_EQ(found.summary.repaired, 1u);
  EXPECT_EQ(found.summary.matches, 3u);
  EXPECT_EQ(found.summary.bytes, content.size());
  EXPECT_THAT(found.summary.matches_by_rule, ElementsAre(1u, 2u));
  EXPECT_THAT(found.matches, ElementsAre("0:0", "0:1", "2:1"));
  ASSERT_THAT(found.summary.malformed_records, SizeIs(1));
  const MalformedRecord& record = found.summary.malformed_records[0];
  EXPECT_EQ(record.file, file.path());
  EXPECT_EQ(record.index, 1u);
  EXPECT_EQ(record.line, 3u);
  EXPECT_EQ(record.byte, 13u);
  EXPECT_EQ(record.message, "expected ',' or '}'");
}

TEST(ScanFiles, KeepsTheDetailsOfMatches) {
  const TemporaryFile file("{\"User\":\"ADMIN\"}\n");
  int calls = 0;
  ScanFiles(TestEngine(), std::vector{file.path()}, {},
            [&](const MatchPlace& place, const Match& match) {
              ++calls;
              EXPECT_EQ(place.file, file.path());
              EXPECT_THAT(match.selections, ElementsAre("selection"));
              EXPECT_THAT(match.indicators, SizeIs(1));
              EXPECT_EQ(match.indicators[0].field, "User");
              EXPECT_EQ(match.indicators[0].value, "admin");
              return absl::OkStatus();
            });
  EXPECT_EQ(calls, 1);
}

TEST(ScanFiles, GivesTheSameForAnyNumberOfThreads) {
  const Engine engine = TestEngine();
  const TemporaryFile first(ManyEvents(), "first");
  const TemporaryFile second("{\"User\":\"admin\"}\n", "second");
  const std::vector<std::string> paths = {first.path(), second.path(),
                                          first.path()};
  const Found expected = Scan(engine, paths);
  EXPECT_EQ(expected.summary.events, 2u * 20'020u + 1u);
  EXPECT_EQ(expected.summary.malformed, 40u);
  EXPECT_EQ(expected.summary.matches, 2u * (2858u + 1819u) + 1u);
  for (const int threads : {2, 3, 16}) {
    const Found found = Scan(engine, paths, {.threads = threads});
    EXPECT_EQ(found.matches, expected.matches);
    EXPECT_EQ(found.summary.events, expected.summary.events);
    EXPECT_EQ(found.summary.malformed, expected.summary.malformed);
    EXPECT_EQ(found.summary.bytes, expected.summary.bytes);
    EXPECT_EQ(found.summary.matches_by_rule, expected.summary.matches_by_rule);
    EXPECT_EQ(found.summary.malformed_records.back().index,
              expected.summary.malformed_records.back().index);
  }
}

TEST(ScanToNdjson, GivesTheSameForAnyNumberOfThreads) {
  const Engine engine = TestEngine();
  const TemporaryFile file(ManyEvents());
  std::vector<std::string> outputs;
  for (const int threads : {1, 4}) {
    std::string output;
    const ScanSummary summary =
        ScanToNdjson(engine, std::vector{file.path()}, {.threads = threads},
                     [&output](std::string_view lines) {
                       output += lines;
                       return absl::OkStatus();
                     });
    EXPECT_TRUE(summary.status.ok());
    EXPECT_EQ(static_cast<std::uint64_t>(
                  std::count(output.begin(), output.end(), '\n')),
              summary.matches);
    outputs.push_back(output);
  }
  EXPECT_TRUE(outputs[0] == outputs[1]);
  EXPECT_TRUE(outputs[0].starts_with(
      R"({"schema":1,"rule":{"id":"","title":"Shell",)"));
}

TEST(ScanFiles, ScansTheOtherFilesWhenOneCannotBeRead) {
  const TemporaryFile good("{\"User\":\"admin\"}\n", "good");
  const TemporaryFile damaged("{\"User\":\"admin\"}\n", "damaged.gz");
  const TemporaryFile empty("", "empty");
  for (const int threads : {1, 3}) {
    const Found found = Scan(TestEngine(),
                             {"/no/such/file", good.path(), damaged.path(),
                              empty.path(), good.path()},
                             {.threads = threads});
    EXPECT_TRUE(found.summary.status.ok());
    EXPECT_THAT(found.matches, ElementsAre("0:1", "0:1"));
    ASSERT_THAT(found.summary.file_problems, SizeIs(2));
    EXPECT_EQ(found.summary.file_problems[0].file, "/no/such/file");
    EXPECT_EQ(found.summary.file_problems[0].status.code(),
              absl::StatusCode::kNotFound);
    EXPECT_EQ(found.summary.file_problems[1].file, damaged.path());
    EXPECT_EQ(found.summary.file_problems[1].status.code(),
              absl::StatusCode::kDataLoss);
  }
}

TEST(ScanFiles, ScansNothingWithoutFilesOrRules) {
  EXPECT_EQ(Scan(TestEngine(), {}).summary.events, 0u);
  const TemporaryFile file("{}\n5\n[]\n");
  const Found found = Scan(TestEngine(""), {file.path()});
  EXPECT_TRUE(found.summary.status.ok());
  EXPECT_EQ(found.summary.events, 2u);
  EXPECT_EQ(found.summary.malformed, 1u);
  EXPECT_THAT(found.matches, IsEmpty());
}

TEST(ScanFiles, TakesALineThatIsTooLongForMalformed) {
  const TemporaryFile file("{\"User\":\"admin\"}\n{\"User\":\"" +
                           std::string(1000, 'x') +
                           "\"}\n{\"User\":\"admin\"}\n");
  const Found found =
      Scan(TestEngine(), {file.path()}, {.max_line_bytes = 100});
  EXPECT_THAT(found.matches, ElementsAre("0:1", "2:1"));
  ASSERT_THAT(found.summary.malformed_records, SizeIs(1));
  EXPECT_EQ(found.summary.malformed_records[0].line, 2u);
  EXPECT_EQ(found.summary.malformed_records[0].byte, 101u);
  EXPECT_EQ(found.summary.malformed_records[0].message,
            "the line is longer than 100 bytes");
}

TEST(ScanFiles, ListsTheFirstMalformedRecordsOnly) {
  const TemporaryFile file("1\n2\n3\n4\n");
  const Found found = Scan(TestEngine(), {file.path()}, {.max_malformed = 2});
  EXPECT_EQ(found.summary.malformed, 4u);
  ASSERT_THAT(found.summary.malformed_records, SizeIs(2));
  EXPECT_EQ(found.summary.malformed_records[1].line, 2u);
}

TEST(ScanFiles, EndsWhenTheSinkSaysSo) {
  const Engine engine = TestEngine();
  const TemporaryFile file(ManyEvents());
  for (const int threads : {1, 4}) {
    int calls = 0;
    const ScanSummary summary = ScanFiles(
        engine, std::vector{file.path()}, {.threads = threads},
        [&calls](const MatchPlace&, const Match&) {
          return ++calls < 3 ? absl::OkStatus() : absl::AbortedError("enough");
        });
    EXPECT_EQ(calls, 3);
    EXPECT_EQ(summary.matches, 3u);
    EXPECT_EQ(summary.status, absl::AbortedError("enough"));
    EXPECT_LT(summary.events, 20'000u);
  }
}

TEST(ScanFiles, RefusesAnImpossibleNumberOfThreads) {
  for (const int threads : {-1, 0, 257}) {
    EXPECT_EQ(
        Scan(TestEngine(), {}, {.threads = threads}).summary.status.code(),
        absl::StatusCode::kInvalidArgument);
  }
}

TEST(ScanFiles, StopsOnRequest) {
  const Engine engine = TestEngine();
  const TemporaryFile file(ManyEvents());
  for (const int threads : {1, 4}) {
    std::stop_source stop;
    int calls = 0;
    const ScanSummary summary =
        ScanFiles(engine, std::vector{file.path()},
                  {.threads = threads, .stop = stop.get_token()},
                  [&](const MatchPlace&, const Match&) {
                    if (++calls == 3) stop.request_stop();
                    return absl::OkStatus();
                  });
    EXPECT_EQ(summary.status.code(), absl::StatusCode::kCancelled);
    EXPECT_LT(summary.events, 20'000u);
    EXPECT_THAT(summary.file_problems, IsEmpty());
  }
}

// Puts the reading end of a pipe in the place of standard input.
class PipedInput {
 public:
  PipedInput() : saved_(dup(STDIN_FILENO)) {
    int ends[2];
    EXPECT_EQ(pipe(ends), 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    writing_end_ = ends[1];
  }
  ~PipedInput() {
    Close();
    dup2(saved_, STDIN_FILENO);
    close(saved_);
  }
  void Write(std::string_view text) const {
    EXPECT_EQ(write(writing_end_, text.data(), text.size()),
              static_cast<ssize_t>(text.size()));
  }
  void Close() {
    if (writing_end_ >= 0) close(writing_end_);
    writing_end_ = -1;
  }

 private:
  int saved_;
  int writing_end_ = -1;
};

TEST(ScanFiles, ReadsStandardInput) {
  PipedInput input;
  input.Write("{\"User\":\"admin\"}\n{\"User\":\"admin\"}");
  input.Close();
  const Found found = Scan(TestEngine(), {"-"});
  EXPECT_THAT(found.matches, ElementsAre("0:1", "1:1"));
}

TEST(ScanFiles, DeliversFromAPipeWithoutWaitingForMoreAndStops) {
  const Engine engine = TestEngine();
  for (const std::string_view text : {"{\"User\":\"admin\"}\n{\"User\"",
                                      "[\n{\n\"User\":\"admin\"\n}, {\""}) {
    PipedInput input;
    input.Write(text);
    std::stop_source stop;
    int calls = 0;
    const ScanSummary summary =
        ScanFiles(engine, std::vector<std::string>{"-"},
                  {.threads = text[0] == '{' ? 1 : 3, .stop = stop.get_token()},
                  [&](const MatchPlace&, const Match&) {
                    ++calls;
                    stop.request_stop();
                    return absl::OkStatus();
                  });
    EXPECT_EQ(calls, 1);
    EXPECT_EQ(summary.status.code(), absl::StatusCode::kCancelled);
    EXPECT_LT(summary.elapsed, absl::Seconds(2));
  }
}

// Blocks against lines, under random damage: no line takes another with it.
TEST(ScanFiles, EqualsLineByLineScansOfDamagedFiles) {
  const Engine engine = TestEngine();
  absl::StatusOr<Scanner> scanner = Scanner::Create(engine);
  ASSERT_TRUE(scanner.ok());
  std::mt19937 random(7);
  std::uint64_t malformed = 0;
  for (int round = 0; round < 30; ++round) {
    std::string content = ManyEvents().substr(0, 40'000);
    for (int damages = 0; damages < 100; ++damages) {
      content[random() % content.size()] =
          std::string_view("\n{}[]\",:\\x\xFF\x01 ")[random() % 13];
    }
    // A line that begins so may be several records.
    for (std::size_t at = content.find("\n["); at != std::string::npos;
         at = content.find("\n[", at)) {
      content[at + 1] = '{';
    }
    if (content[0] == '[') content[0] = '{';
    std::vector<std::string> expected;
    ScanSummary counted;
    for (std::size_t begin = 0; begin < content.size();) {
      const std::size_t end =
          std::min(content.find('\n', begin), content.size());
      const std::string line = content.substr(begin, end - begin);
      begin = end + 1;
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      const absl::StatusOr<ScanResult> result = scanner->ScanJson(line);
      counted.malformed += result.ok() ? 0 : 1;
      for (std::size_t i = 0; result.ok() && i < result->matches.size(); ++i) {
        expected.push_back(std::to_string(counted.events) + ":" +
                           std::to_string(static_cast<std::uint32_t>(
                               result->matches[i].rule)));
      }
      ++counted.events;
    }
    const TemporaryFile file(content);
    const Found found =
        Scan(engine, {file.path()},
             {.threads = 1 + round % 3, .format = RecordFormat::kLines});
    ASSERT_EQ(found.matches, expected);
    ASSERT_EQ(found.summary.events, counted.events);
    ASSERT_EQ(found.summary.malformed, counted.malformed);
    malformed += counted.malformed;
  }
  EXPECT_GT(malformed, 500u);
}

TEST(FileScanner, ShowsEachEventToAnObserver) {
  const Engine engine = TestEngine();
  const TemporaryFile first("{\"User\":\"admin\"}\n\n{\n", "first");
  const TemporaryFile second("{}\n" + std::string(200, ' ') + "{}\n", "second");
  std::vector<std::string> seen;
  FileScanOptions options;
  options.max_line_bytes = 100;
  options.observer = [&seen](const ScannedEvent& event) {
    const auto& result = *event.result;
    seen.push_back(
        std::to_string(event.path) + ":" + std::to_string(event.place.index) +
        " " + std::string(event.json) + " " +
        (result.ok() ? std::to_string(result->matches.size()) : "malformed"));
  };
  const std::vector<std::string> paths = {first.path(), second.path()};
  const ScanSummary summary =
      ScanToNdjson(engine, paths, options,
                   [](std::string_view /*lines*/) { return absl::OkStatus(); });
  EXPECT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.malformed, 2u);
  EXPECT_THAT(seen, ElementsAre("0:0 {\"User\":\"admin\"} 1", "0:1 { malformed",
                                "1:0 {} 0"));
}

}  // namespace
}  // namespace hypersigma
