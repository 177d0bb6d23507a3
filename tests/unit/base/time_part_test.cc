#include "lib/base/time_part.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace hypersigma::internal {
namespace {

std::optional<int> Text(TimePart part, std::string_view text) {
  return TimePartOfText(part, text);
}

TEST(TimePartOfText, ReadsEveryPart) {
  const std::string_view text = "2026-11-24 07:23:16.5";
  EXPECT_EQ(Text(TimePart::kMinute, text), 23);
  EXPECT_EQ(Text(TimePart::kHour, text), 7);
  EXPECT_EQ(Text(TimePart::kDay, text), 24);
  EXPECT_EQ(Text(TimePart::kWeek, text), 48);
  EXPECT_EQ(Text(TimePart::kMonth, text), 11);
  EXPECT_EQ(Text(TimePart::kYear, text), 2026);
}

TEST(TimePartOfText, TakesEveryForm) {
  for (const std::string_view text :
       {"2026-11-24T07:23", "2026-11-24 07:23:16", "2026-11-24T07:23Z",
        "2026-11-24T07:23:16.123456789Z", "2026-11-24T07:23:16+02:00",
        "2026-11-24T07:23:60-0500"}) {
    EXPECT_EQ(Text(TimePart::kHour, text), 7) << text;
  }
  EXPECT_EQ(Text(TimePart::kDay, "2026-11-24"), 24);
  EXPECT_EQ(Text(TimePart::kHour, "2026-11-24"), std::nullopt);
  EXPECT_EQ(Text(TimePart::kMinute, "2026-11-24"), std::nullopt);
}

TEST(TimePartOfText, RefusesOtherTextAndImpossibleTimes) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-11-24T",
                                      "2026-11-24T07",
                                      "2026-11-24t07:23",
                                      "2026-11-24T07:23:16.",
                                      "2026-11-24T24:00",
                                      "2026-11-24T07:60",
                                      "2026-11-24T07:23:61",
                                      "2026-13-01",
                                      "2026-00-01",
                                      "2026-02-29",
                                      "1900-02-29",
                                      "2026-04-31",
                                      "2026-11-00",
                                      " 2026-11-24",
                                      "2026-11-24 ",
                                      "2026-11-24T07:23 ",
                                      "2026-11-24T07:23+2",
                                      "26-11-24",
                                      "2026/11/24",
                                      "2026-11-24Z"}) {
    EXPECT_EQ(Text(TimePart::kDay, text), std::nullopt) << text;
  }
  EXPECT_EQ(Text(TimePart::kDay, "2024-02-29"), 29);
  EXPECT_EQ(Text(TimePart::kDay, "2000-02-29"), 29);
}

TEST(TimePartOfText, CountsIsoWeeks) {
  EXPECT_EQ(Text(TimePart::kWeek, "2021-01-03"), 53);
  EXPECT_EQ(Text(TimePart::kWeek, "2021-01-04"), 1);
  EXPECT_EQ(Text(TimePart::kWeek, "2020-12-31"), 53);
  EXPECT_EQ(Text(TimePart::kWeek, "2024-12-30"), 1);
  EXPECT_EQ(Text(TimePart::kWeek, "2023-01-01"), 52);
}

TEST(TimePartOfEpoch, TakesSecondsAndMilliseconds) {
  EXPECT_EQ(TimePartOfEpoch(TimePart::kHour, "1764000000"), 16);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kHour, "1764000000.9"), 16);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "1764000000000"), 2025);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "-1"), 1969);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kMinute, "-1"), 59);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "1e9"), 2001);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "253402300799"), 9999);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "253402300800"), std::nullopt);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "-62167219200"), 0);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "-62167219201"), std::nullopt);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "1e400"), std::nullopt);
  EXPECT_EQ(TimePartOfEpoch(TimePart::kYear, "x"), std::nullopt);
}

// Every day against the standard library's calendar.
TEST(TimePartOfEpoch, AgreesWithTheCalendar) {
  namespace chrono = std::chrono;
  for (std::int64_t day = -719'528; day < 2'932'897; day += 97) {
    const chrono::sys_days point{chrono::days(day)};
    const chrono::year_month_day date(point);
    const std::string number = std::to_string(day * 86'400);
    ASSERT_EQ(TimePartOfEpoch(TimePart::kYear, number),
              static_cast<int>(date.year()))
        << day;
    ASSERT_EQ(TimePartOfEpoch(TimePart::kMonth, number),
              static_cast<int>(static_cast<unsigned>(date.month())));
    ASSERT_EQ(TimePartOfEpoch(TimePart::kDay, number),
              static_cast<int>(static_cast<unsigned>(date.day())));
  }
}

}  // namespace
}  // namespace hypersigma::internal
