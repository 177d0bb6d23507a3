#include "lib/reference/time.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <regex>
#include <string>

namespace hypersigma::reference {
namespace {

namespace chrono = std::chrono;

struct DateTime {
  chrono::year_month_day date;
  std::optional<int> hour;
  std::optional<int> minute;
};

// The week of a date is that of the Thursday next to it, counted from the first
// Thursday of that Thursday's year.
int IsoWeek(chrono::year_month_day date) {
  const chrono::sys_days day(date);
  const auto since_monday = chrono::weekday(day) - chrono::Monday;
  const chrono::sys_days thursday = day - since_monday + chrono::days(3);
  const chrono::year year = chrono::year_month_day(thursday).year();
  const chrono::sys_days new_year(year / chrono::January / 1);
  return static_cast<int>((thursday - new_year).count() / 7) + 1;
}

std::optional<int> PartOf(TimePart part, const DateTime& time) {
  switch (part) {
    case TimePart::kMinute:
      return time.minute;
    case TimePart::kHour:
      return time.hour;
    case TimePart::kDay:
      return static_cast<int>(static_cast<unsigned>(time.date.day()));
    case TimePart::kWeek:
      return IsoWeek(time.date);
    case TimePart::kMonth:
      return static_cast<int>(static_cast<unsigned>(time.date.month()));
    case TimePart::kYear:
      return static_cast<int>(time.date.year());
  }
  return std::nullopt;
}

// Of the form below, with one digit of a fraction.
constexpr std::size_t kMaxLength = 27;

// A fraction may have any number of digits, of which none matters; the regular
// expressions of the C++ library recurse for each.
std::string WithShortFraction(std::string_view text) {
  std::string shorter(text);
  const std::size_t point = shorter.find('.');
  if (point == std::string::npos) return shorter;
  std::size_t end = shorter.find_first_not_of("0123456789", point + 1);
  if (end == std::string::npos) end = shorter.size();
  if (end > point + 2) shorter.erase(point + 2, end - point - 2);
  return shorter;
}

}  // namespace

std::optional<int> PartOfTimeText(TimePart part, std::string_view text) {
  static const std::regex form(
      R"((\d{4})-(\d\d)-(\d\d)([T ](\d\d):(\d\d)(:(\d\d)(\.\d+)?)?)"
      R"((Z|[+-]\d\d:?\d\d)?)?)");
  const std::string owned = WithShortFraction(text);
  if (owned.size() > kMaxLength) return std::nullopt;
  std::smatch groups;
  if (!std::regex_match(owned, groups, form)) return std::nullopt;
  const auto number = [&](std::size_t group) {
    return std::stoi(groups[group].str());
  };
  DateTime time;
  time.date = chrono::year(number(1)) /
              chrono::month(static_cast<unsigned>(number(2))) /
              chrono::day(static_cast<unsigned>(number(3)));
  if (!time.date.ok()) return std::nullopt;
  if (groups[4].matched) {
    time.hour = number(5);
    time.minute = number(6);
    if (*time.hour > 23 || *time.minute > 59) return std::nullopt;
    if (groups[8].matched && number(8) > 60) return std::nullopt;
  }
  return PartOf(part, time);
}

std::optional<int> PartOfEpoch(TimePart part, double epoch) {
  const double seconds = std::floor(epoch > 1e12 ? epoch / 1000 : epoch);
  // The years 0 to 9999, as in texts.
  if (!(seconds >= -62'167'219'200.0 && seconds < 253'402'300'800.0)) {
    return std::nullopt;
  }
  const chrono::sys_seconds instant{
      chrono::seconds(static_cast<std::int64_t>(seconds))};
  const auto day = chrono::floor<chrono::days>(instant);
  const chrono::hh_mm_ss<chrono::seconds> clock(instant - day);
  DateTime time;
  time.date = chrono::year_month_day(day);
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  return PartOf(part, time);
}

}  // namespace hypersigma::reference
