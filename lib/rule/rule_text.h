// The text of a YAML stream that a RuleSet was loaded from.
//
// Kept so that a second reading of the rules, independent of the first, starts
// from the same bytes. Cost: the size of the rules, some 2 KB each.

#ifndef HYPERSIGMA_LIB_RULE_RULE_TEXT_H_
#define HYPERSIGMA_LIB_RULE_RULE_TEXT_H_

#include <cstddef>
#include <string>

namespace hypersigma::internal {

struct RuleText {
  std::string label;  // the file, or what stands for it
  std::string yaml;
  // Where its documents begin in LoadReport::documents. Document::index counts
  // from there.
  std::size_t first_document = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_TEXT_H_
