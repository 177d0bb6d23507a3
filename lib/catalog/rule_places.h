// Where rules are written: their source, their path, their address, and the
// lines of their parts.
//
// Between the RuleSet, which keeps every text that it read, and the pages. What
// a rule means is never taken from here.

#ifndef HYPERSIGMA_LIB_CATALOG_RULE_PLACES_H_
#define HYPERSIGMA_LIB_CATALOG_RULE_PLACES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"
#include "lib/base/source.h"
#include "lib/rule/ast.h"

namespace hypersigma::internal {

// Whole lines of a text, without what is blank around them.
struct TextLines {
  std::string_view text;
  std::uint32_t first = 0;  // from 1
  std::uint32_t last = 0;
};

struct RulePlace {
  std::string key;
  std::string path;
  std::uint32_t source = 0;    // position in the options; their number for none
  std::uint32_t document = 0;  // in the file
  std::uint32_t stream = 0;    // position in RuleSet::texts()
  TextLines body;
};

// The position that `file` has among `sources`, by the longest root, and its
// path under that root; the number of sources and the whole path for none.
struct SourcePath {
  std::size_t source = 0;
  std::string path;
};
SourcePath FindSource(std::string_view file,
                      std::span<const CatalogSource> sources);

// Immutable. Borrows the texts of the rule set.
class RulePlaces {
 public:
  // Cost: linear in the texts.
  RulePlaces(const RuleSet& rules, std::span<const CatalogSource> sources);

  const RulePlace& Of(RuleId rule) const {
    return places_[static_cast<std::size_t>(rule)];
  }
  // `key` caseless.
  std::optional<RuleId> Find(std::string_view key) const;

  // The lines that hold the selection or, of nothing, the condition; nullopt
  // for what stands in no text of the rule's own.
  std::optional<TextLines> LinesOf(RuleId rule,
                                   const Selection& selection) const;
  std::optional<TextLines> LinesOfCondition(
      RuleId rule, const DetectionRule& detection) const;

  // Whether a part of the rule stands in another document of its file.
  bool IsCollected(RuleId rule, const DetectionRule& detection) const;

 private:
  void AddStream(const RuleSet& rules, std::size_t stream,
                 std::span<const CatalogSource> sources);
  void AddKeys(std::span<const Rule> rules,
               std::span<const CatalogSource> sources);
  TextLines LinesBetween(RuleId rule, std::uint32_t begin,
                         std::uint32_t end) const;

  std::vector<Source> streams_;  // as texts()
  std::vector<RulePlace> places_;
  absl::flat_hash_map<std::string, RuleId> by_key_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_RULE_PLACES_H_
