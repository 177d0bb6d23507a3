// Fires the predicates of one field: presence, equal values by hash, patterns
// by one literal scan.
// Source: design document "architecture", decisions 1 and 10.

#ifndef HYPERSIGMA_LIB_ENGINE_FIELD_MATCHER_H_
#define HYPERSIGMA_LIB_ENGINE_FIELD_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/bitset.h"
#include "lib/compile/plan.h"
#include "lib/engine/anchored_literals.h"
#include "lib/engine/database_source.h"
#include "lib/engine/event_values.h"
#include "lib/engine/fragment_filter.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/joined_texts.h"

namespace hypersigma::internal {

// Working memory of one thread, and the set that predicates fire into.
struct MatchScratch {
  SparseBitset fired;  // members are PredicateIds
  LiteralScratch literals;
  std::string folded;
  JoinedTexts joined;  // of an event, for MatchAll()
};

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
  const LiteralDatabase* database() const {
    return database_.has_value() ? &*database_ : nullptr;
  }

  // Fires what `value` makes true or worth confirming. Errors: kInternal from
  // libhs, never "nothing".
  absl::Status Match(const EventValue& value, MatchScratch& scratch) const;

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
  struct Pass;

  FieldMatcher(const FieldPlan& plan, std::span<const Predicate> predicates);

  std::vector<Literal> SplitPatterns();
  // MayFireIn() where there is a filter.
  absl::StatusOr<bool> MayFireNearFragments(std::string_view texts,
                                            MatchScratch& scratch) const;
  absl::StatusOr<bool> FindsLiteral(std::string_view text,
                                    MatchScratch& scratch) const;
  // Whether a filter can tell that nothing in a text fires.
  bool CanFilter(bool is_ascii, std::string_view text) const;
  void IndexEqualities();
  void MatchEqualities(const EventValue& value, bool is_ascii,
                       MatchScratch& scratch) const;
  void FireEqualities(std::string_view key, std::uint32_t kinds,
                      std::string_view text, SparseBitset& fired) const;
  absl::Status MatchPatterns(std::string_view text, bool is_ascii,
                             MatchScratch& scratch) const;
  absl::Status ScanPass(std::string_view text, bool with_cased,
                        bool with_caseless, MatchScratch& scratch) const;
  static void OnLiteral(void* pass, std::uint32_t literal, std::size_t end);
  static void OnAnchored(void* pass, std::uint32_t literal, std::size_t end);
  static void MatchBytePattern(const Pattern& pattern, std::string_view text,
                               SparseBitset& fired);

  const FieldPlan* plan_;
  std::span<const Predicate> predicates_;
  bool empty_ = true;
  bool has_cased_ = false;
  bool has_caseless_ = false;
  bool all_anywhere_ = true;  // no pattern has an anchor
  std::optional<LiteralDatabase> database_;
  FragmentFilter filter_;
  // A pattern as a search needs it: what is found is seldom what was found
  // last, and has to come from memory.
  struct Sought {
    std::uint32_t bytes = 0;
    bool cased = false;
    std::uint32_t begin = 0;  // of its reactions
    std::uint32_t end = 0;
  };
  void AddSought(const Pattern& pattern, std::vector<Sought>& sought);

  // By position in the database, the patterns it searches for.
  std::vector<Sought> literal_patterns_;
  // Those that many literals have in common, and by position their patterns.
  AnchoredLiterals anchored_;
  std::vector<Sought> anchored_patterns_;
  std::vector<Reaction> reactions_;
  // Patterns of one byte, which would flood a database with matches.
  std::vector<const Pattern*> byte_patterns_;
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
