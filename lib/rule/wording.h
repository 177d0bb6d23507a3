// Phrases that diagnostics share, and the search for a misspelt name.

#ifndef HYPERSIGMA_LIB_RULE_WORDING_H_
#define HYPERSIGMA_LIB_RULE_WORDING_H_

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Returns the parts joined.
std::string Concat(std::initializer_list<std::string_view> parts);

// Returns `text` in single quotes, cut after 60 bytes.
std::string Quoted(std::string_view text);

// Returns what stands there, e.g. "a list", "the number 17", "the string 'x'".
std::string Describe(const YamlNode& node);

// Returns the candidate nearest to `name`: swaps, insertions, deletions and
// replacements, at most one for each three characters; case is ignored. The
// first of equally near ones; nullopt when none is near. Cost: linear in the
// candidates, of which the first thousand are looked at.
std::optional<std::string_view> Nearest(
    std::string_view name, std::span<const std::string_view> candidates);

// Returns "; did you mean 'x'?", or nothing without a name.
std::string DidYouMean(std::optional<std::string_view> name);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_WORDING_H_
