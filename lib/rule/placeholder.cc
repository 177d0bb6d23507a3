// Placeholders.

#include "lib/rule/placeholder.h"

#include <algorithm>
#include <cstddef>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

// Returns every combination of a pattern and an ending; nothing if there are
// too many.
std::vector<SigmaString> Multiply(const std::vector<SigmaString>& patterns,
                                  const std::vector<SigmaString>& endings) {
  std::size_t pattern_bytes = 0;
  std::size_t ending_bytes = 0;
  for (const SigmaString& pattern : patterns) {
    pattern_bytes += pattern.byte_count();
  }
  for (const SigmaString& ending : endings) ending_bytes += ending.byte_count();
  std::vector<SigmaString> products;
  if (patterns.size() * endings.size() > kMaxExpansions ||
      pattern_bytes * endings.size() + ending_bytes * patterns.size() >
          kMaxYamlBytes) {
    return products;
  }
  products.reserve(patterns.size() * endings.size());
  for (const SigmaString& pattern : patterns) {
    for (const SigmaString& ending : endings) {
      products.push_back(pattern);
      products.back().Append(ending);
    }
  }
  return products;
}

}  // namespace

Expansion ExpandPlaceholders(const SigmaString& pattern,
                             const PlaceholderValues& values) {
  Expansion expansion;
  expansion.patterns.emplace_back();
  for (const PatternPart& part : pattern.parts()) {
    std::vector<SigmaString> endings;
    if (part.kind != PatternPart::Kind::kPlaceholder) {
      endings.emplace_back().Append(part);
    } else if (const auto found = values.find(part.literal);
               found != values.end()) {
      for (const std::string& value : found->second) {
        endings.push_back(SigmaString::Parse(value));
      }
    }
    if (endings.empty()) {
      if (std::find(expansion.missing.begin(), expansion.missing.end(),
                    part.literal) == expansion.missing.end()) {
        expansion.missing.push_back(part.literal);
      }
      continue;
    }
    expansion.patterns = Multiply(expansion.patterns, endings);
    expansion.is_too_large = expansion.patterns.empty();
    if (expansion.is_too_large) break;
  }
  if (!expansion.missing.empty()) expansion.patterns.clear();
  return expansion;
}

}  // namespace hypersigma::internal
