// Whether a JSON text may hold any keyword at all: one scan of the text as it
// stands, so that events without keywords are neither unescaped nor searched
// value by value. Source: design document "architecture", decision 7.

#ifndef HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_
#define HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/engine/database_source.h"
#include "lib/engine/fragment_filter.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/keyword_groups.h"

namespace hypersigma::internal {

// The literals of keywords as JSON writes them. Immutable once built.
class KeywordPrefilter {
 public:
  // Takes the literal database from `source`. Errors: those of
  // DatabaseSource::Make().
  static absl::StatusOr<KeywordPrefilter> Build(
      const KeywordPlan& keywords, const DatabaseSource& source = {});

  // False when the text alone cannot tell: a keyword is a whole value, has no
  // literal, or one of a single byte.
  bool is_usable() const { return is_usable_; }
  const LiteralDatabase* database() const {
    return database_.has_value() ? &*database_ : nullptr;
  }

  // Returns false when no predicate of the plan can fire on any value of
  // `json`. REQUIRES: is_usable(); JsonEvent::is_plain; FragmentFilter::kSlack
  // readable bytes behind `json`. Errors: kInternal from libhs.
  absl::StatusOr<bool> MayFire(std::string_view json,
                               LiteralScratch& scratch) const;

 private:
  bool is_usable_ = false;
  FragmentFilter fragments_;
  std::optional<LiteralDatabase> database_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_
