// Which keywords a JSON text may hold: one scan of the text as it stands, so
// that most events are neither unescaped nor searched value by value. Source:
// design document "architecture", decision 7.

#ifndef HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_
#define HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/bitset.h"
#include "lib/compile/plan.h"
#include "lib/engine/database_source.h"
#include "lib/engine/fragment_filter.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/keyword_groups.h"
#include "lib/engine/waiting_keywords.h"
#include "lib/input/json_occurrence.h"

namespace hypersigma::internal {

class KeywordPrefilter;

// What the keywords of an event's route have in its text. Refilled for each
// event; allocates only to grow.
struct FoundKeywords {
  struct Literal {
    const KeywordPrefilter* prefilter;
    std::uint32_t position;
    // Where it may end in the text: where its piece was found, it would.
    std::size_t end;
  };

  explicit FoundKeywords(std::size_t predicate_count)
      : predicates(predicate_count), untold(predicate_count) {}

  void Clear() {
    predicates.Clear();
    untold.Clear();
    literals.clear();
  }

  SparseBitset predicates;  // PredicateIds of those that may fire
  SparseBitset untold;      // and of those among them that no literal tells
  std::vector<Literal> literals;
};

// The literals of keywords as JSON writes them. Immutable once built.
class KeywordPrefilter {
 public:
  // Of those patterns of `keywords` whose predicates are of `half`; what no
  // literal tells is of kWakes. Takes the literal database from `source`.
  // Errors: those of DatabaseSource::Make().
  static absl::StatusOr<KeywordPrefilter> Build(
      const KeywordPlan& keywords, const WaitingKeywords& waiting = {},
      KeywordHalf half = KeywordHalf::kWakes,
      const DatabaseSource& source = {});

  // Whether Find() never adds anything.
  bool is_empty() const { return untold_.empty() && !database_.has_value(); }

  // Null where there are no literals.
  LiteralDatabase* database() {
    return database_.has_value() ? &*database_ : nullptr;
  }
  const LiteralDatabase* database() const {
    return database_.has_value() ? &*database_ : nullptr;
  }

  // Whether some keyword can hold although nothing that is found wakes it: the
  // text then says nothing of it.
  bool has_untriggered() const { return has_untriggered_; }

  // Adds to `found` every predicate of its half that can fire on some value of
  // `json`, and perhaps others. Those that no literal tells, such as keywords
  // that are a whole value or have a single byte, are always among them.
  // REQUIRES: JsonEvent::is_plain; FragmentFilter::kSlack readable bytes behind
  // `json`. Errors: kInternal from libhs.
  absl::Status Find(std::string_view json, LiteralScratch& scratch,
                    FoundKeywords& found) const;

  // Whether the literal that was found makes `predicate` fire on a value of
  // `json`; kNone if it is not one of the predicate's, and kOpen where it
  // counts at the beginning or end of a value alone. The same REQUIRES.
  Occurrence FindInValues(const FoundKeywords::Literal& literal,
                          PredicateId predicate,
                          const JsonTokenText& json) const;

 private:
  // A literal, escaped, and what it means.
  struct Told {
    std::string escaped;
    // How many of its bytes are behind the piece that is in the database.
    std::size_t bytes_behind = 0;
    bool cased = false;
    std::vector<Reaction> reactions;
  };
  struct Search {
    const KeywordPrefilter& prefilter;
    FoundKeywords& found;
  };

  void AddUntold(const FieldPlan& plan);
  static void OnLiteral(void* search, std::uint32_t literal, std::size_t end);

  bool has_untriggered_ = false;
  FragmentFilter fragments_;
  std::optional<LiteralDatabase> database_;
  std::vector<Told> told_;             // by position in the database
  std::vector<std::uint32_t> untold_;  // PredicateIds
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_KEYWORD_PREFILTER_H_
