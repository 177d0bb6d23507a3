#include "lib/input/event_time.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace hypersigma::internal {
namespace {

// "2024-05-01T12:00:00+00:00 1s", or "none".
std::string Read(std::string_view text) {
  const std::optional<EventTime> time = ParseEventTime(text);
  if (!time) return "none";
  return absl::FormatTime(absl::RFC3339_full, time->begin,
                          absl::UTCTimeZone()) +
         " " + absl::FormatDuration(time->precision);
}

TEST(EventTime, ReadsIsoTimes) {
  constexpr std::string_view kNoon = "2024-05-01T12:00:00+00:00 1s";
  EXPECT_EQ(Read("2024-05-01T12:00:00Z"), kNoon);
  EXPECT_EQ(Read("2024-05-01t12:00:00z"), kNoon);
  EXPECT_EQ(Read("2024-05-01 12:00:00"), kNoon);
  EXPECT_EQ(Read("2024/05/01 12:00:00 UTC"), kNoon);
  EXPECT_EQ(Read("2024-05-01T14:00:00+02:00"), kNoon);
  EXPECT_EQ(Read("2024-05-01T14:00:00+02"), kNoon);
  EXPECT_EQ(Read("2024-05-01T06:30:00-0530"), kNoon);
  EXPECT_EQ(Read("2024-05-01 06:30:00 -0530"), kNoon);
  EXPECT_EQ(Read("2024-04-30T23:59:60Z"), "2024-05-01T00:00:00+00:00 1s");
}

TEST(EventTime, TellsHowMuchIsLeftOpen) {
  EXPECT_EQ(Read("2024-05-01"), "2024-05-01T00:00:00+00:00 24h");
  EXPECT_EQ(Read("2024-05-01T12:30"), "2024-05-01T12:30:00+00:00 1m");
  EXPECT_EQ(Read("2024-05-01T12:30Z"), "2024-05-01T12:30:00+00:00 1m");
  EXPECT_EQ(Read("2024-05-01T12:30:05.25Z"),
            "2024-05-01T12:30:05.25+00:00 10ms");
  EXPECT_EQ(Read("2024-05-01 12:30:05,123"),
            "2024-05-01T12:30:05.123+00:00 1ms");
  EXPECT_EQ(Read("2024-05-01T12:30:05.1234567Z"),
            "2024-05-01T12:30:05.1234567+00:00 100ns");
  EXPECT_EQ(Read("2024-05-01T12:30:05.123456789123Z"),
            "2024-05-01T12:30:05.123456789+00:00 1ns");
}

TEST(EventTime, ReadsNumbersByTheirSize) {
  EXPECT_EQ(Read("1714564800"), "2024-05-01T12:00:00+00:00 1s");
  EXPECT_EQ(Read("1714564800.5"), "2024-05-01T12:00:00.5+00:00 100ms");
  EXPECT_EQ(Read("1714564800000"), "2024-05-01T12:00:00+00:00 1ms");
  EXPECT_EQ(Read("1714564800000000"), "2024-05-01T12:00:00+00:00 1us");
  EXPECT_EQ(Read("1714564800000000000"), "2024-05-01T12:00:00+00:00 1ns");
  EXPECT_EQ(Read("0"), "1970-01-01T00:00:00+00:00 1s");
  EXPECT_EQ(Read("-1.5"), "1969-12-31T23:59:58.5+00:00 100ms");
}

TEST(EventTime, RefusesOtherText) {
  for (const std::string_view text : {"",
                                      "x",
                                      "-",
                                      ".5",
                                      "1.",
                                      "1e9",
                                      "12:00:00",
                                      "2024-5-1",
                                      "2024-13-01",
                                      "2024-02-30",
                                      "2024-00-10",
                                      "2024-05-01T",
                                      "2024-05-01T24:00:00",
                                      "2024-05-01T12:60:00",
                                      "2024-05-01T12:00:61",
                                      "2024-05-01T12",
                                      "2024-05-01T12:00:00.",
                                      "2024-05-01T12:00:00+",
                                      "2024-05-01T12:00:00+24:00",
                                      "2024-05-01T12:00:00Zx",
                                      "2024-05-01T12:00:00 CET",
                                      "2024-05/01",
                                      "May  1 12:00:00",
                                      "99999999999999999999",
                                      " 1714564800"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
  EXPECT_EQ(Read("2024"), "1970-01-01T00:33:44+00:00 1s");
  EXPECT_EQ(Read(std::string_view("2024-05-01\0", 11)), "none");
}

}  // namespace
}  // namespace hypersigma::internal
