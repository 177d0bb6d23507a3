#include "lib/engine/anchored_literals.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// With fewer libhs is as good.
constexpr std::size_t kMinLiterals = 256;
constexpr std::size_t kKeyBytes = sizeof(std::uint64_t);
// However many literals an anchor is to be compared with.
constexpr std::size_t kMaxOfKey = 8;
constexpr std::size_t kMaxLiteralBytes = 256;
// Bytes that names and values do not hold.
constexpr std::string_view kAnchors = "=:|,;";

// Where `anchor` first stands with enough bytes behind it.
std::optional<std::size_t> AnchorIn(std::string_view bytes, char anchor) {
  const std::size_t at = bytes.find(anchor);
  if (at == std::string_view::npos || at + 1 + kKeyBytes > bytes.size() ||
      bytes.size() > kMaxLiteralBytes) {
    return std::nullopt;
  }
  return at;
}

char BestAnchor(std::span<const Pattern* const> patterns) {
  std::array<std::size_t, kAnchors.size()> counts{};
  for (const Pattern* pattern : patterns) {
    for (std::size_t i = 0; i < kAnchors.size(); ++i) {
      counts[i] += AnchorIn(pattern->literal, kAnchors[i]).has_value() ? 1 : 0;
    }
  }
  const auto best = std::max_element(counts.begin(), counts.end());
  return kAnchors[static_cast<std::size_t>(best - counts.begin())];
}

std::uint64_t KeyAt(std::string_view text, std::size_t at) {
  std::array<char, kKeyBytes> bytes{};
  std::transform(text.begin() + static_cast<std::ptrdiff_t>(at),
                 text.begin() + static_cast<std::ptrdiff_t>(at + kKeyBytes),
                 bytes.begin(), FoldAscii);
  std::uint64_t key = 0;
  std::memcpy(&key, bytes.data(), kKeyBytes);
  return key;
}

}  // namespace

AnchoredLiterals::AnchoredLiterals(std::span<const Pattern* const> patterns) {
  if (patterns.size() < kMinLiterals) return;
  anchor_ = BestAnchor(patterns);
  std::vector<char> is_taken(patterns.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const std::string& literal = patterns[i]->literal;
    const std::optional<std::size_t> at = AnchorIn(literal, anchor_);
    if (!at.has_value()) continue;
    std::vector<Entry>& same = entries_[KeyAt(literal, *at + 1)];
    if (same.size() == kMaxOfKey) continue;
    same.push_back({patterns[i], static_cast<std::uint32_t>(i),
                    static_cast<std::uint32_t>(*at)});
    is_taken[i] = 1;
    ++count;
  }
  if (count < kMinLiterals) {
    entries_.clear();
  } else {
    is_taken_ = std::move(is_taken);
  }
}

bool AnchoredLiterals::IsAt(const Entry& entry, std::string_view text,
                            std::size_t anchor) {
  if (anchor < entry.before) return false;
  const std::string& literal = entry.pattern->literal;
  text.remove_prefix(anchor - entry.before);
  if (text.size() < literal.size()) return false;
  text = text.substr(0, literal.size());
  if (entry.pattern->cased) return text == literal;
  return std::equal(text.begin(), text.end(), literal.begin(),
                    [](char a, char b) { return FoldAscii(a) == b; });
}

void AnchoredLiterals::Find(std::string_view text,
                            LiteralDatabase::Callback callback,
                            void* context) const {
  for (std::size_t at = text.find(anchor_); at != std::string_view::npos;
       at = text.find(anchor_, at + 1)) {
    if (at + 1 + kKeyBytes > text.size()) return;
    const auto found = entries_.find(KeyAt(text, at + 1));
    if (found == entries_.end()) continue;
    for (const Entry& entry : found->second) {
      if (!IsAt(entry, text, at)) continue;
      callback(context, entry.position,
               at - entry.before + entry.pattern->literal.size());
    }
  }
}

}  // namespace hypersigma::internal
