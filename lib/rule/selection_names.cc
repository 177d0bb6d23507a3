// Looking up of selections.

#include "lib/rule/selection_names.h"

#include <utility>

namespace hypersigma::internal {
namespace {

// Returns whether `pattern` with `*` is the whole of `name`. On a mismatch only
// the last `*` is widened, which is enough.
bool MatchesPattern(std::string_view pattern, std::string_view name) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::optional<std::size_t> last_star;
  std::size_t last_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      last_star = p++;
      last_name = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (last_star.has_value()) {
      p = *last_star + 1;
      n = ++last_name;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace

SelectionNames::SelectionNames(std::vector<std::string_view> names)
    : names_(std::move(names)) {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    positions_.try_emplace(names_[i], static_cast<std::uint32_t>(i));
  }
}

std::optional<std::uint32_t> SelectionNames::Find(std::string_view name) const {
  const auto position = positions_.find(name);
  if (position == positions_.end()) return std::nullopt;
  return position->second;
}

std::vector<std::uint32_t> SelectionNames::Match(
    std::string_view pattern) const {
  if (pattern == "them") pattern = "*";
  const bool takes_underscore = pattern.starts_with('_');
  std::vector<std::uint32_t> positions;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].starts_with('_') && !takes_underscore) continue;
    if (MatchesPattern(pattern, names_[i])) {
      positions.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return positions;
}

}  // namespace hypersigma::internal
