// Limits of events and of the files they come in.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/scanner.h"
#include "lib/base/limits.h"
#include "tests/limits/limits_support.h"

namespace hypersigma {
namespace {

using internal::kMaxCountedComputers;
using internal::kMaxJsonDepth;
using internal::kMaxZstdWindowLog;
using ::testing::HasSubstr;

// Returns an event in which `levels` containers stand in one another.
std::string Nested(std::size_t levels) {
  return "{\"f\": \"v\", \"n\": " + Repeat("[", levels - 1) +
         Repeat("]", levels - 1) + "}";
}

TEST(JsonDepth, PastTheLimitIsAnError) {
  const Engine engine = BuildEngine(ItemRule("f: v"));
  auto scanner = Scanner::Create(engine);
  ASSERT_TRUE(scanner.ok());
  EXPECT_EQ(ScanOne(engine, Nested(kMaxJsonDepth)), Verdict::kMatch);
  for (const std::size_t levels : {std::size_t{65}, std::size_t{1'000'000}}) {
    const auto result = scanner->ScanJson(Nested(levels));
    EXPECT_EQ(result.status().code(), absl::StatusCode::kResourceExhausted);
    EXPECT_THAT(std::string(result.status().message()),
                HasSubstr("nested deeper than 64"));
  }
  // The scanner goes on.
  EXPECT_TRUE(scanner->ScanJson(Nested(2)).ok());
}

// Scans one file with this content.
ScanSummary ScanText(const std::string& content, const FileScanOptions& options,
                     const std::string& name = "events.ndjson") {
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / ("hypersigma_limits_" + name);
  std::ofstream(path, std::ios::binary) << content;
  const std::string paths[] = {path.string()};
  ScanSummary summary = ScanFiles(
      BuildEngine(ItemRule("f: v")), paths, options,
      [](const MatchPlace&, const Match&) { return absl::OkStatus(); });
  std::filesystem::remove(path);
  return summary;
}

TEST(JsonDepth, PastTheLimitIsAMalformedRecordOfAFile) {
  const ScanSummary summary =
      ScanText("{\"f\": \"v\"}\n" + Nested(100) + "\n{\"f\": \"v\"}\n", {});
  EXPECT_EQ(summary.events, 3);
  EXPECT_EQ(summary.matches, 2);
  EXPECT_EQ(summary.malformed, 1);
  ASSERT_EQ(summary.malformed_records.size(), 1);
  EXPECT_EQ(summary.malformed_records[0].line, 2);
  EXPECT_THAT(summary.malformed_records[0].message,
              HasSubstr("nested deeper than 64"));
}

TEST(EventBytes, PastTheLimitAreMalformed) {
  EXPECT_EQ(FileScanOptions{}.max_line_bytes, std::uint64_t{256} << 20);
  FileScanOptions options;
  options.max_line_bytes = 1'000;
  const std::string fitting =
      "{\"f\": \"v\", \"g\": \"" + Repeat("x", 981) + "\"}";
  ASSERT_EQ(fitting.size(), 1'000);
  for (const std::size_t excess :
       {std::size_t{1}, std::size_t{1'000}, std::size_t{5'000'000}}) {
    std::string longer = fitting;
    longer.insert(longer.size() - 2, excess, 'x');
    const ScanSummary summary =
        ScanText(fitting + "\n" + longer + "\n" + fitting + "\n", options);
    EXPECT_TRUE(summary.status.ok()) << summary.status;
    EXPECT_EQ(summary.events, 3);
    EXPECT_EQ(summary.matches, 2);
    EXPECT_EQ(summary.malformed, 1);
    ASSERT_EQ(summary.malformed_records.size(), 1);
    EXPECT_EQ(summary.malformed_records[0].index, 1);
    EXPECT_THAT(summary.malformed_records[0].message, HasSubstr("1000"));
  }
}

TEST(MalformedRecords, AreListedInPartAndCounted) {
  const ScanSummary summary = ScanText(Repeat("{\n", 1'000), {});
  EXPECT_EQ(summary.malformed, 1'000);
  EXPECT_EQ(summary.malformed_records.size(), FileScanOptions{}.max_malformed);
}

TEST(CountedComputers, NewOnesPastTheLimitCountUnderTheEmptyName) {
  std::string events;
  for (std::size_t i = 0; i < kMaxCountedComputers + 500; ++i) {
    events += "{\"f\": \"v\", \"Computer\": \"c" + std::to_string(i) + "\"}\n";
  }
  events += "{\"f\": \"v\", \"Computer\": \"c0\"}\n";
  const ScanSummary summary = ScanText(events, {});
  EXPECT_EQ(summary.matches_by_computer.size(), kMaxCountedComputers + 1);
  EXPECT_EQ(summary.matches_by_computer.at("c0"), 2);
  EXPECT_EQ(summary.matches_by_computer.at(""), 500);
}

// Undecided rules are counted, and are no matches.
TEST(UndecidedRecords, AreListedInPartAndCounted) {
  const Engine engine = BuildEngine(ItemRule("f|re: '^(a+)+$'"));
  const std::filesystem::path path =
      std::filesystem::path(testing::TempDir()) / "hypersigma_undecided.ndjson";
  std::ofstream(path) << Repeat("{\"f\": \"" + Repeat("a", 5'000) + "!\"}\n",
                                150);
  const std::string paths[] = {path.string()};
  const ScanSummary summary = ScanToNdjson(
      engine, paths, {}, [](std::string_view) { return absl::OkStatus(); });
  std::filesystem::remove(path);
  EXPECT_EQ(summary.events, 150);
  EXPECT_EQ(summary.matches, 0);
  EXPECT_EQ(summary.undecided, 150);
  ASSERT_EQ(summary.undecided_records.size(), FileScanOptions{}.max_undecided);
  EXPECT_EQ(summary.undecided_records[2].index, 2);
  EXPECT_EQ(summary.undecided_records[2].reason, UndecidedReason::kRegexLimit);
}

// A frame whose header asks for a window of 2^(kMaxZstdWindowLog + 1) bytes:
// magic, descriptor without content size, window descriptor, then one raw
// block, the last, of 12 bytes.
TEST(ZstdWindow, PastTheLimitIsAFileProblem) {
  const std::string event = "{\"f\": \"v\"}\n ";
  const auto frame = [&event](int window_log) {
    std::string bytes("\x28\xB5\x2F\xFD", 4);
    bytes += '\0';
    bytes += static_cast<char>((window_log - 10) << 3);
    const std::size_t header = event.size() << 3 | 1;
    for (int i = 0; i < 3; ++i) {
      bytes += static_cast<char>(header >> (8 * i) & 0xFF);
    }
    return bytes + event;
  };
  const ScanSummary fits = ScanText(frame(kMaxZstdWindowLog), {}, "fits.zst");
  EXPECT_TRUE(fits.file_problems.empty());
  EXPECT_EQ(fits.matches, 1);
  const ScanSummary asks =
      ScanText(frame(kMaxZstdWindowLog + 1), {}, "asks.zst");
  ASSERT_EQ(asks.file_problems.size(), 1);
  EXPECT_EQ(asks.file_problems[0].status.code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace hypersigma
