// Phrases of diagnostics.

#include "lib/rule/wording.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxQuotedBytes = 60;
constexpr std::size_t kMaxComparedBytes = 64;
constexpr std::size_t kMaxCandidates = 1'000;

// Optimal string alignment distance, ASCII caseless.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> table((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return table[i * width + j];
  };
  const auto same = [&](std::size_t i, std::size_t j) {
    return FoldAscii(a[i]) == FoldAscii(b[j]);
  };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced =
          at(i - 1, j - 1) + (same(i - 1, j - 1) ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
      if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.size(), b.size());
}

}  // namespace

std::string Concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string joined;
  joined.reserve(size);
  for (const std::string_view part : parts) joined.append(part);
  return joined;
}

std::string Quoted(std::string_view text) {
  if (text.size() <= kMaxQuotedBytes) return Concat({"'", text, "'"});
  std::size_t end = kMaxQuotedBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return Concat({"'", text.substr(0, end), "...'"});
}

std::string Describe(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "null";
    case YamlNode::Kind::kBool:
      return Concat({"the boolean ", node.text});
    case YamlNode::Kind::kInteger:
    case YamlNode::Kind::kFloat:
      return Concat({"the number ", node.text});
    case YamlNode::Kind::kString:
      return node.text.empty() ? "an empty string"
                               : Concat({"the string ", Quoted(node.text)});
    case YamlNode::Kind::kList:
      return node.items.empty() ? "an empty list" : "a list";
    case YamlNode::Kind::kMap:
      return node.entries.empty() ? "an empty map" : "a map";
  }
  return {};
}

std::optional<std::string_view> Nearest(
    std::string_view name, std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > kMaxComparedBytes) return std::nullopt;
  const std::size_t allowed =
      std::min(std::max<std::size_t>(1, name.size() / 3), name.size() - 1);
  std::optional<std::string_view> nearest;
  std::size_t nearest_distance = allowed + 1;
  for (const std::string_view candidate :
       candidates.first(std::min(candidates.size(), kMaxCandidates))) {
    if (candidate.size() > name.size() + allowed ||
        candidate.size() + allowed < name.size()) {
      continue;
    }
    const std::size_t distance = EditDistance(name, candidate);
    if (distance < nearest_distance) {
      nearest = candidate;
      nearest_distance = distance;
    }
  }
  return nearest;
}

std::string DidYouMean(std::optional<std::string_view> name) {
  return name.has_value() ? Concat({"; did you mean ", Quoted(*name), "?"})
                          : std::string();
}

}  // namespace hypersigma::internal
