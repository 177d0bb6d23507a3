// Placeholders.

#include "lib/rule/placeholder.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

// A stretch of a value: text, or a placeholder where there is a name.
struct Piece {
  SigmaString text;
  std::string_view name;
};

std::vector<Piece> SplitPieces(std::string_view source) {
  std::vector<Piece> pieces(1);
  std::string pending;  // not yet unescaped
  const auto flush = [&] {
    pieces.back().text.Append(SigmaString::Parse(pending));
    pending.clear();
  };
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char byte = source[i];
    if (byte == '\\' && i + 1 < source.size()) {
      if (source[i + 1] == '%') {
        flush();
        pieces.back().text.AppendLiteral("%");
        ++i;
        continue;
      }
      pending.push_back(byte);
      // An escaped backslash must not escape what follows it.
      if (source[i + 1] == '\\') pending.push_back(source[++i]);
      continue;
    }
    const std::size_t close =
        byte == '%' ? source.find('%', i + 1) : std::string_view::npos;
    if (close == std::string_view::npos || close == i + 1) {
      pending.push_back(byte);
      continue;
    }
    flush();
    pieces.push_back({{}, source.substr(i + 1, close - i - 1)});
    pieces.emplace_back();
    i = close;
  }
  flush();
  return pieces;
}

std::size_t TextBytes(const SigmaString& pattern) {
  std::size_t bytes = 0;
  for (const PatternPart& part : pattern.parts()) {
    bytes += 1 + part.literal.size();
  }
  return bytes;
}

// Returns every combination of a pattern and an ending; nothing if there are
// too many.
std::vector<SigmaString> Multiply(const std::vector<SigmaString>& patterns,
                                  const std::vector<SigmaString>& endings) {
  std::size_t pattern_bytes = 0;
  std::size_t ending_bytes = 0;
  for (const SigmaString& pattern : patterns) {
    pattern_bytes += TextBytes(pattern);
  }
  for (const SigmaString& ending : endings) ending_bytes += TextBytes(ending);
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

Expansion ExpandPlaceholders(std::string_view source,
                             const PlaceholderValues& values) {
  Expansion expansion;
  expansion.patterns.emplace_back();
  for (const Piece& piece : SplitPieces(source)) {
    std::vector<SigmaString> endings;
    if (piece.name.empty()) {
      endings.push_back(piece.text);
    } else {
      const auto found = values.find(piece.name);
      if (found == values.end() || found->second.empty()) {
        if (std::find(expansion.missing.begin(), expansion.missing.end(),
                      piece.name) == expansion.missing.end()) {
          expansion.missing.emplace_back(piece.name);
        }
        continue;
      }
      for (const std::string& value : found->second) {
        endings.push_back(SigmaString::Parse(value));
      }
    }
    expansion.patterns = Multiply(expansion.patterns, endings);
    expansion.is_too_large = expansion.patterns.empty();
    if (expansion.is_too_large) break;
  }
  if (!expansion.missing.empty()) expansion.patterns.clear();
  return expansion;
}

}  // namespace hypersigma::internal
