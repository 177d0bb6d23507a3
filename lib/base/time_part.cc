// Times: days by number, the proleptic Gregorian calendar.

#include "lib/base/time_part.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

#include "lib/base/text_cursor.h"

namespace hypersigma::internal {
namespace {

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
};

struct Time {
  Date date;
  bool has_clock = false;
  int hour = 0;
  int minute = 0;
};

constexpr std::int64_t kSecondsPerDay = 86'400;
// 0000-01-01 and the day after 9999-12-31.
constexpr std::int64_t kMinDay = -719'528;
constexpr std::int64_t kMaxDay = 2'932'897;

bool IsLeap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30,
                                                31, 31, 30, 31, 30, 31};
  const bool longer = month == 2 && IsLeap(year);
  return kDays[static_cast<std::size_t>(month - 1)] + (longer ? 1 : 0);
}

// Days before the first of January of `year`, counted from 0000-01-01.
std::int64_t DaysBeforeYear(std::int64_t year) {
  if (year == 0) return 0;
  const std::int64_t past = year - 1;
  return 365 * year + past / 4 - past / 100 + past / 400 + 1;
}

// Position of the day in its year, from 0.
int DayOfYear(const Date& date) {
  int day = date.day - 1;
  for (int month = 1; month < date.month; ++month) {
    day += DaysInMonth(date.year, month);
  }
  return day;
}

// `day` counts from 1970-01-01. REQUIRES: kMinDay <= day < kMaxDay.
Date DateOfDay(std::int64_t day) {
  const std::int64_t since_zero = day - kMinDay;
  Date date;
  date.year = static_cast<int>(since_zero / 366);
  while (DaysBeforeYear(date.year + 1) <= since_zero) ++date.year;
  int left = static_cast<int>(since_zero - DaysBeforeYear(date.year));
  date.month = 1;
  while (left >= DaysInMonth(date.year, date.month)) {
    left -= DaysInMonth(date.year, date.month++);
  }
  date.day = left + 1;
  return date;
}

// Weeks begin on Monday; the first of a year has its first Thursday.
int IsoWeek(const Date& date) {
  const int day = DayOfYear(date);
  // 0000-01-01 is a Saturday.
  const auto weekday =
      static_cast<int>((DaysBeforeYear(date.year) + day + 5) % 7);
  const int thursday = day - weekday + 3;
  const int days_in_year = IsLeap(date.year) ? 366 : 365;
  if (thursday >= days_in_year) return 1;
  if (thursday >= 0) return thursday / 7 + 1;
  // The week belongs to the year before.
  return (thursday + (IsLeap(date.year + 399) ? 366 : 365)) / 7 + 1;
}

std::optional<int> PartOf(TimePart part, const Time& time) {
  switch (part) {
    case TimePart::kMinute:
      return time.has_clock ? std::optional(time.minute) : std::nullopt;
    case TimePart::kHour:
      return time.has_clock ? std::optional(time.hour) : std::nullopt;
    case TimePart::kDay:
      return time.date.day;
    case TimePart::kWeek:
      return IsoWeek(time.date);
    case TimePart::kMonth:
      return time.date.month;
    case TimePart::kYear:
      return time.date.year;
  }
  return std::nullopt;
}

class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : text_(text) {}

  std::optional<Time> Read() {
    Time time;
    time.date.year = text_.Digits(4);
    text_.Skip('-');
    time.date.month = text_.Digits(2);
    text_.Skip('-');
    time.date.day = text_.Digits(2);
    if (text_.ok() && !text_.at_end()) ReadClock(time);
    if (!text_.ok() || !text_.at_end() || !IsPossible(time)) {
      return std::nullopt;
    }
    return time;
  }

 private:
  void ReadClock(Time& time) {
    time.has_clock = true;
    if (!text_.Take('T')) text_.Skip(' ');
    time.hour = text_.Digits(2);
    text_.Skip(':');
    time.minute = text_.Digits(2);
    if (text_.Next() == ':') {
      text_.Skip(':');
      // A leap second is possible.
      if (text_.Digits(2) > 60) text_.Fail();
      if (text_.Next() == '.') ReadFraction();
    }
    ReadOffset();
  }

  void ReadFraction() {
    text_.Skip('.');
    if (!IsDigit(text_.Next())) text_.Fail();
    while (IsDigit(text_.Next())) text_.Digits(1);
  }

  void ReadOffset() {
    if (text_.Next() == 'Z') return text_.Skip('Z');
    if (!text_.Take('+') && !text_.Take('-')) return;
    text_.Digits(2);
    if (text_.Next() == ':') text_.Skip(':');
    text_.Digits(2);
  }

  static bool IsPossible(const Time& time) {
    return time.date.month >= 1 && time.date.month <= 12 &&
           time.date.day >= 1 &&
           time.date.day <= DaysInMonth(time.date.year, time.date.month) &&
           time.hour < 24 && time.minute < 60;
  }

  TextCursor text_;
};

}  // namespace

std::optional<int> TimePartOfText(TimePart part, std::string_view text) {
  const std::optional<Time> time = TimeReader(text).Read();
  return time.has_value() ? PartOf(part, *time) : std::nullopt;
}

std::optional<int> TimePartOfEpoch(TimePart part, std::string_view number) {
  double epoch = 0;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), epoch);
  if (error != std::errc() || end != number.data() + number.size()) {
    return std::nullopt;
  }
  const double seconds = std::floor(epoch > 1e12 ? epoch / 1000 : epoch);
  if (!(seconds >= static_cast<double>(kMinDay * kSecondsPerDay)) ||
      !(seconds < static_cast<double>(kMaxDay * kSecondsPerDay))) {
    return std::nullopt;
  }
  const auto whole = static_cast<std::int64_t>(seconds);
  std::int64_t day = whole / kSecondsPerDay;
  std::int64_t second = whole % kSecondsPerDay;
  if (second < 0) {
    second += kSecondsPerDay;
    --day;
  }
  Time time{DateOfDay(day), /*has_clock=*/true, 0, 0};
  time.hour = static_cast<int>(second / 3600);
  time.minute = static_cast<int>(second / 60 % 60);
  return PartOf(part, time);
}

}  // namespace hypersigma::internal
