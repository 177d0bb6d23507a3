// Fires the predicates of one field: presence, equal values by hash, patterns
// by one literal scan.
// Source: design document "architecture", decisions 1 and 10.

#ifndef HYPERSIGMA_LIB_ENGINE_FIELD_MATCHER_H_
#define HYPERSIGMA_LIB_ENGINE_FIELD_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/bitset.h"
#include "lib/compile/plan.h"
#include "lib/engine/database_source.h"
#include "lib/engine/event_values.h"
#include "lib/engine/fragment_filter.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/known_text.h"
#include "lib/engine/match_scratch.h"
#include "lib/engine/pattern_search.h"

namespace hypersigma::internal {

// Immutable once built. Borrows plan and predicates.
class FieldMatcher {
 public:
  // Takes the literal database from `source`. Errors: those of
  // DatabaseSource::Make().
  static absl::StatusOr<FieldMatcher> Build(
      const FieldPlan& plan, std::span<const Predicate> predicates,
      const DatabaseSource& source = {});

  // Has most texts told to be free of all patterns faster than by libhs, where
  // the patterns allow it. For keywords: worth it for whole events.
  void AddFilter();

  // Whether no value can fire anything.
  bool is_empty() const { return empty_; }
  // Null where there are no literals.
  LiteralDatabase* database() { return patterns_.database(); }
  const LiteralDatabase* database() const { return patterns_.database(); }

  // Fires what `value` makes true or worth confirming. With `known`, of this
  // matcher, less is searched. Errors: kInternal from libhs, never "nothing".
  absl::Status Match(const EventValue& value, MatchScratch& scratch,
                     KnownText* known = nullptr) const;

  // Returns false when Match() fires nothing for any text that is part of
  // `texts`, however they are cut out of it. Fires nothing. Cost: one scan,
  // with a filter of what is near to fragments. Errors: kInternal from libhs.
  absl::StatusOr<bool> MayFireIn(std::string_view texts,
                                 MatchScratch& scratch) const;

  // Returns false when MatchAll() would fire nothing for the values of `event`,
  // which are not joined for it. Cost: linear in the texts.
  bool MayFireOn(Event event, MatchScratch& scratch) const;

  // As Match() for all values with a text at once, in one scan: keywords.
  // REQUIRES: they were joined.
  absl::Status MatchAll(std::span<const EventValue> values,
                        MatchScratch& scratch) const;

 private:
  FieldMatcher(const FieldPlan& plan, std::span<const Predicate> predicates);

  // MayFireIn() where there is a filter.
  absl::StatusOr<bool> MayFireNearFragments(std::string_view texts,
                                            MatchScratch& scratch) const;
  // Whether a filter can tell that nothing in a text fires.
  bool CanFilter(bool is_ascii, std::string_view text) const;
  void IndexEqualities();
  void MatchEqualities(const EventValue& value, bool is_ascii,
                       MatchScratch& scratch) const;
  void FireEqualities(std::string_view key, std::uint32_t kinds,
                      std::string_view text, SparseBitset& fired) const;

  const FieldPlan* plan_;
  std::span<const Predicate> predicates_;
  bool empty_ = true;
  PatternSearch patterns_;
  FragmentFilter filter_;
  // Key -> range in plan_->equalities.
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  absl::flat_hash_map<std::string_view, Range> equalities_;
  // Bit n: some key has n bytes; bit 63: 63 or more.
  std::uint64_t key_lengths_ = 0;
  // Bit k: some equality is of kind k.
  std::uint32_t key_kinds_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FIELD_MATCHER_H_
