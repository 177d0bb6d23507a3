#include "lib/input/event_time.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

#include "absl/time/civil_time.h"
#include "hypersigma/time_range.h"
#include "lib/base/text_cursor.h"

namespace hypersigma::internal {
namespace {

class IsoReader {
 public:
  explicit IsoReader(std::string_view text) : text_(text) {}

  std::optional<EventTime> Read() {
    const int year = text_.Digits(4);
    const char separator = text_.Next() == '/' ? '/' : '-';
    text_.Skip(separator);
    const int month = text_.Digits(2);
    text_.Skip(separator);
    const int day = text_.Digits(2);
    const absl::CivilDay date(year, month, day);
    // Impossible dates are normalised to others.
    if (!text_.ok() || date.month() != month || date.day() != day) {
      return std::nullopt;
    }
    if (!text_.at_end()) ReadClock();
    if (!text_.ok() || !text_.at_end()) return std::nullopt;
    const absl::Time midnight = absl::FromCivil(date, absl::UTCTimeZone());
    return EventTime{midnight + since_midnight_, precision_};
  }

 private:
  void ReadClock() {
    if (!text_.Take('T') && !text_.Take('t')) text_.Skip(' ');
    const int hour = text_.Digits(2);
    text_.Skip(':');
    const int minute = text_.Digits(2);
    precision_ = absl::Minutes(1);
    int second = 0;
    if (text_.Take(':')) {
      second = text_.Digits(2);
      precision_ = absl::Seconds(1);
    }
    // A leap second is possible.
    if (hour > 23 || minute > 59 || second > 60) text_.Fail();
    since_midnight_ +=
        absl::Hours(hour) + absl::Minutes(minute) + absl::Seconds(second);
    if (precision_ == absl::Seconds(1) &&
        (text_.Take('.') || text_.Take(','))) {
      ReadFraction();
    }
    ReadOffset();
  }

  // Digits past the nanosecond are left out.
  void ReadFraction() {
    if (!IsDigit(text_.Next())) text_.Fail();
    while (IsDigit(text_.Next())) {
      const int digit = text_.Digits(1);
      if (precision_ <= absl::Nanoseconds(1)) continue;
      precision_ /= 10;
      since_midnight_ += digit * precision_;
    }
  }

  void ReadOffset() {
    if (text_.at_end() || text_.Take('Z') || text_.Take('z')) return;
    text_.Take(' ');
    const std::string_view zone = text_.rest();
    if (zone == "UTC" || zone == "GMT" || zone == "Z") return text_.SkipRest();
    const int sign = text_.Take('-') ? -1 : 1;
    if (sign > 0) text_.Skip('+');
    const int hour = text_.Digits(2);
    int minute = 0;
    if (!text_.at_end()) {
      text_.Take(':');
      minute = text_.Digits(2);
    }
    if (hour > 23 || minute > 59) text_.Fail();
    since_midnight_ -= sign * (absl::Hours(hour) + absl::Minutes(minute));
  }

  TextCursor text_;
  absl::Duration since_midnight_;
  absl::Duration precision_ = absl::Hours(24);
};

struct EpochUnit {
  std::int64_t above;
  absl::Duration unit;
};

absl::Duration UnitOf(std::int64_t number) {
  const EpochUnit units[] = {
      {1'000'000'000'000'000'000, absl::Nanoseconds(1)},
      {1'000'000'000'000'000, absl::Microseconds(1)},
      {1'000'000'000'000, absl::Milliseconds(1)},
  };
  for (const EpochUnit& each : units) {
    if (number > each.above) return each.unit;
  }
  return absl::Seconds(1);
}

std::optional<EventTime> ReadEpoch(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [point, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  EventTime time;
  time.precision = UnitOf(number);
  time.begin = absl::UnixEpoch() + number * time.precision;
  if (point == end) return time;
  const std::string_view fraction(point + 1,
                                  static_cast<std::size_t>(end - point - 1));
  if (*point != '.' || fraction.empty() ||
      !std::all_of(fraction.begin(), fraction.end(), IsDigit)) {
    return std::nullopt;
  }
  const int sign = text.front() == '-' ? -1 : 1;
  for (const char digit : fraction) {
    if (time.precision <= absl::Nanoseconds(1)) break;
    time.precision /= 10;
    time.begin += sign * (digit - '0') * time.precision;
  }
  return time;
}

}  // namespace

std::optional<EventTime> ParseEventTime(std::string_view text) {
  const std::size_t digits = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), IsDigit) - text.begin());
  const bool is_date =
      digits == 4 && text.size() >= 10 && (text[4] == '-' || text[4] == '/');
  return is_date ? IsoReader(text).Read() : ReadEpoch(text);
}

}  // namespace hypersigma::internal

namespace hypersigma {

std::optional<TimeRange> ParseTime(std::string_view text) {
  const auto time = internal::ParseEventTime(text);
  if (!time) return std::nullopt;
  return TimeRange{time->begin, time->begin + time->precision};
}

}  // namespace hypersigma
