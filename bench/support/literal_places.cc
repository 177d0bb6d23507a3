#include "bench/support/literal_places.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"

namespace hypersigma::bench {
namespace {

bool IsAlphanumeric(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c));
}

// Leaves out what may stand before a scalar: its anchor and its tag.
internal::SourceRange WithoutProperties(std::string_view yaml,
                                        internal::SourceRange range) {
  while (range.begin < range.end &&
         (yaml[range.begin] == '&' || yaml[range.begin] == '!')) {
    const std::size_t blank = yaml.find_first_of(" \n", range.begin);
    if (blank >= range.end) return {range.end, range.end};
    range.begin = static_cast<std::uint32_t>(
        std::min<std::size_t>(yaml.find_first_not_of(" \n", blank), range.end));
  }
  return range;
}

// Letters that follow one another in a pattern, if they are enough.
class Runs {
 public:
  void Add(std::uint32_t place) { run_.push_back(place); }
  void End() {
    if (run_.size() >= kLeast) {
      places.insert(places.end(), run_.begin(), run_.end());
    }
    run_.clear();
  }

  std::vector<std::uint32_t> places;

 private:
  static constexpr std::size_t kLeast = 4;

  std::vector<std::uint32_t> run_;
};

// Returns where the part of a pattern ends that begins at `at` and whose
// letters do not stand for themselves; `at` if none begins there.
std::size_t SkipSpecial(std::string_view text, std::size_t at) {
  const auto behind = [text](std::size_t found) {
    return found == std::string_view::npos ? text.size() : found + 1;
  };
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\\x{") || rest.starts_with("\\p{") ||
      rest.starts_with("\\P{")) {
    return behind(text.find('}', at));
  }
  if (rest.starts_with("\\x")) return std::min(at + 4, text.size());
  if (rest.front() == '\\') return std::min(at + 2, text.size());
  if (rest.front() == '{') return behind(text.find('}', at));
  if (rest.front() == '[') {
    std::size_t i = at + 1;
    if (i < text.size() && text[i] == '^') ++i;
    if (i < text.size() && text[i] == ']') ++i;
    while (i < text.size() && text[i] != ']') i += text[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text.size());
  }
  if (rest.starts_with("(?")) return behind(text.find_first_of(":)>=!", at));
  return at;
}

}  // namespace

std::vector<std::uint32_t> TextPlaces(std::string_view yaml,
                                      internal::SourceRange range) {
  std::vector<std::uint32_t> places;
  range = WithoutProperties(yaml, range);
  if (range.begin == range.end) return places;
  std::uint32_t i = range.begin;
  const char first = yaml[i];
  if (first == '|' || first == '>') {
    // The line of a block scalar's head.
    while (i < range.end && yaml[i] != '\n') ++i;
  }
  for (; i < range.end; ++i) {
    if (first == '"' && yaml[i] == '\\' && i + 1 < range.end) {
      const char kind = yaml[++i];
      i += kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      continue;
    }
    if (IsAlphanumeric(yaml[i])) places.push_back(i);
  }
  return places;
}

std::vector<std::uint32_t> IntegerPlaces(std::string_view yaml,
                                         internal::SourceRange range) {
  std::vector<std::uint32_t> places;
  range = WithoutProperties(yaml, range);
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (i == range.begin && yaml[i] == '-') continue;
    if (yaml[i] < '0' || yaml[i] > '9') return {};
    places.push_back(i);
  }
  return places;
}

std::vector<std::uint32_t> RegexPlaces(std::string_view yaml,
                                       internal::SourceRange range) {
  range = WithoutProperties(yaml, range);
  // In double quotes and over several lines there is YAML to be undone first.
  const std::string_view text =
      yaml.substr(range.begin, range.end - range.begin);
  if (text.starts_with('"') || text.find('\n') != std::string_view::npos) {
    return {};
  }
  Runs runs;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t behind = SkipSpecial(text, i);
    if (behind == i &&
        absl::ascii_isalpha(static_cast<unsigned char>(text[i]))) {
      runs.Add(range.begin + static_cast<std::uint32_t>(i));
    } else {
      runs.End();
    }
    i = std::max(behind, i + 1);
  }
  runs.End();
  return runs.places;
}

}  // namespace hypersigma::bench
