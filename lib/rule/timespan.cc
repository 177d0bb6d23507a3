// Reading of timespans.

#include "lib/rule/timespan.h"

#include <limits>

namespace hypersigma::internal {
namespace {

std::int64_t SecondsOf(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3'600;
    case 'd':
      return 86'400;
    case 'w':
      return 604'800;
    case 'M':
      return 2'629'746;
    case 'y':
      return 31'556'952;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::int64_t> ParseTimespan(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const std::int64_t unit = SecondsOf(text.back());
  if (unit == 0) return std::nullopt;
  text.remove_suffix(1);
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::int64_t count = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const std::int64_t digit = c - '0';
    if (count > (kMax / unit - digit) / 10) return std::nullopt;
    count = count * 10 + digit;
  }
  return count * unit;
}

}  // namespace hypersigma::internal
