// What the rules of a corpus look for: a page a rule, and an index of what they
// share.
//
// Beside the data's way RuleSet -> Engine -> Scanner: it reads the same
// compiled plan as an engine, without its pattern databases, so that page and
// verdict cannot disagree. docs/catalog_schema.md has the JSON.

#ifndef HYPERSIGMA_CATALOG_H_
#define HYPERSIGMA_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {

namespace internal {
struct CatalogState;
}  // namespace internal

// The version of the JSON, see docs/catalog_schema.md.
inline constexpr int kCatalogSchema = 1;

// A rule root and what its rules are called in counts.
struct CatalogSource {
  std::string label;
  // A folder or file, as it was given to RuleSet::FromPaths().
  std::string root;
};

struct CatalogOptions {
  // Behaviour: a rule belongs to the source with the longest root that its
  // file is under; to none, with the label "", if there is no such.
  std::vector<CatalogSource> sources{};
  // Behaviour: which events reach a rule.
  Taxonomy taxonomy{};
  // Speed: compare rules with each other.
  bool compare = true;
  // Behaviour: steps of one comparison of two rules, and of all of them; what
  // takes more is not decided. 100 M steps take some 1 s.
  std::size_t max_pair_steps = 1'000'000;
  std::size_t max_steps = 500'000'000;
};

// How many rules look for something.
struct CatalogCounts {
  struct OfSource {
    std::string_view label;
    std::uint32_t rules = 0;
  };
  std::uint32_t rules = 0;
  std::vector<OfSource> sources;  // in the order of the options, none with 0
};

// A value that a rule looks for, beside how many rules do. Borrows from the
// catalogue.
struct CatalogIndicator {
  // Empty for a keyword.
  std::string_view field;
  IndicatorKind kind = IndicatorKind::kEq;
  // As the rule writes it.
  std::string_view value;
  // Names of the modifiers that change the value, in order.
  std::vector<std::string_view> modifiers;
  bool cased = false;
  // Of the corpus, with the same field, kind and value: caselessly unless
  // cased, whatever the modifiers.
  CatalogCounts corpus;
};

// `narrow` holds for no event for which `wide` does not.
struct Implication {
  RuleId narrow{};
  RuleId wide{};

  friend bool operator==(const Implication&, const Implication&) = default;
};

// An immutable value: copies are cheap and share it; any thread may read one.
// Keeps the rules alive.
class HYPERSIGMA_EXPORT Catalog {
 public:
  // Compiles `rules` and compares them. Errors: kInvalidArgument for two
  // sources of one root. Cost: some 1 ms a rule.
  static absl::StatusOr<Catalog> Build(const RuleSet& rules,
                                       const CatalogOptions& options = {});

  Catalog(const Catalog&);
  Catalog& operator=(const Catalog&);
  Catalog(Catalog&&) noexcept;
  Catalog& operator=(Catalog&&) noexcept;
  ~Catalog();

  // The rules, indexed by RuleId.
  std::span<const Rule> rules() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The address of a rule, unique in the catalogue: its id where it has one.
  // REQUIRES: a rule of the catalogue, here and below.
  std::string_view KeyOf(RuleId rule) const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // The rule with this key; nullopt if there is none. Letters are caseless.
  std::optional<RuleId> Find(std::string_view key) const;

  // The label of the rule's source, and its path under the root.
  std::string_view SourceOf(RuleId rule) const ABSL_ATTRIBUTE_LIFETIME_BOUND;
  std::string_view PathOf(RuleId rule) const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // What the rule looks for: sorted by field, kind, value and modifiers, each
  // once.
  std::vector<CatalogIndicator> IndicatorsOf(RuleId rule) const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Rules that hold for the same events: two or more each, sorted.
  std::span<const std::vector<RuleId>> equal_rules() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Rules of which one implies the other and that are not equal, sorted.
  std::span<const Implication> implied_rules() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // What could not be told within the bounds, sorted: perhaps `narrow` implies
  // `wide`.
  std::span<const Implication> not_decided() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Whether every rule was compared; else CatalogOptions::max_steps ended it.
  bool is_fully_compared() const;

  // The page of a rule, one JSON object without a newline.
  std::string PageJson(RuleId rule) const;

  // Writes the index, one JSON object, in pieces of some 64 KB; stops at the
  // first error of `write` and returns it.
  using Write = std::function<absl::Status(std::string_view piece)>;
  absl::Status WriteIndexJson(const Write& write) const;

 private:
  explicit Catalog(std::shared_ptr<const internal::CatalogState> state);

  std::shared_ptr<const internal::CatalogState> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_CATALOG_H_
