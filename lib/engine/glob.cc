#include "lib/engine/glob.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/rule/windash.h"

namespace hypersigma::internal {
namespace {

using Kind = PatternPart::Kind;
// Parts without `*`.
using Run = std::span<const PatternPart>;

// Length of the dash that `text` begins with, or 0.
std::size_t LeadingDash(std::string_view text) {
  for (std::string_view dash : kDashes) {
    if (text.substr(0, dash.size()) == dash) return dash.size();
  }
  return 0;
}

// Length of the dash that `text` ends with, or 0.
std::size_t TrailingDash(std::string_view text) {
  for (std::string_view dash : kDashes) {
    if (text.size() >= dash.size() &&
        text.substr(text.size() - dash.size()) == dash) {
      return dash.size();
    }
  }
  return 0;
}

// Length of the last code point; an invalid byte is one.
std::size_t TrailingCodePoint(std::string_view text) {
  for (std::size_t length = 2; length <= std::min<std::size_t>(4, text.size());
       ++length) {
    const CodePoint last = DecodeCodePoint(text.substr(text.size() - length));
    if (last.byte_count == length) return length;
  }
  return 1;
}

// Returns what is left of `text` after `run` matched its beginning.
std::optional<std::string_view> MatchFront(Run run, std::string_view text) {
  for (const PatternPart& part : run) {
    std::size_t length = part.literal.size();
    if (part.kind == Kind::kLiteral) {
      if (text.substr(0, length) != part.literal) return std::nullopt;
    } else {
      if (text.empty()) return std::nullopt;
      length = part.kind == Kind::kAnyOne ? DecodeCodePoint(text).byte_count
                                          : LeadingDash(text);
      if (length == 0) return std::nullopt;
    }
    text.remove_prefix(length);
  }
  return text;
}

// Returns what is left of `text` before `run` matched its end.
std::optional<std::string_view> MatchBack(Run run, std::string_view text) {
  for (std::size_t i = run.size(); i-- > 0;) {
    const PatternPart& part = run[i];
    std::size_t length = part.literal.size();
    if (part.kind == Kind::kLiteral) {
      if (text.size() < length ||
          text.substr(text.size() - length) != part.literal) {
        return std::nullopt;
      }
    } else {
      if (text.empty()) return std::nullopt;
      length = part.kind == Kind::kAnyOne ? TrailingCodePoint(text)
                                          : TrailingDash(text);
      if (length == 0) return std::nullopt;
    }
    text.remove_suffix(length);
  }
  return text;
}

// What one comparison of `run` costs at most, in bytes and parts.
std::size_t StepsOf(Run run) {
  std::size_t steps = 0;
  for (const PatternPart& part : run) steps += part.literal.size() + 1;
  return steps;
}

// Returns what is left of `text` after the first place where `run` matches.
// Takes what it costs from `steps_left` and gives up, with 0, when too little
// is left.
std::optional<std::string_view> FindFirst(Run run, std::string_view text,
                                          std::size_t& steps_left) {
  const std::size_t steps = StepsOf(run);
  while (true) {
    if (run.front().kind == Kind::kLiteral) {
      const std::size_t begin = FindText(text, run.front().literal);
      if (begin == std::string_view::npos) return std::nullopt;
      text.remove_prefix(begin);
    }
    if (steps > steps_left) {
      steps_left = 0;
      return std::nullopt;
    }
    const auto rest = MatchFront(run, text);
    if (rest.has_value() || text.empty()) return rest;
    steps_left -= steps;
    text.remove_prefix(DecodeCodePoint(text).byte_count);
  }
}

}  // namespace

std::optional<bool> GlobMatches(std::span<const PatternPart> pattern,
                                std::string_view text) {
  const auto is_star = [](const PatternPart& part) {
    return part.kind == Kind::kAnyRun;
  };
  auto star = std::find_if(pattern.begin(), pattern.end(), is_star);
  auto rest = MatchFront({pattern.begin(), star}, text);
  if (!rest.has_value()) return false;
  if (star == pattern.end()) return rest->empty();

  const auto last_star =
      std::find_if(pattern.rbegin(), pattern.rend(), is_star).base() - 1;
  rest = MatchBack({last_star + 1, pattern.end()}, *rest);
  std::size_t steps_left = kMaxGlobSteps;
  while (rest.has_value() && star != last_star) {
    const auto begin = star + 1;
    star = std::find_if(begin, pattern.end(), is_star);
    rest = FindFirst({begin, star}, *rest, steps_left);
    if (steps_left == 0) return std::nullopt;
  }
  return rest.has_value();
}

}  // namespace hypersigma::internal
