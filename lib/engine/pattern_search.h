// Finds the patterns of one field in a text, all in one search.
// Source: design document "architecture", decisions 1 and 2.

#ifndef HYPERSIGMA_LIB_ENGINE_PATTERN_SEARCH_H_
#define HYPERSIGMA_LIB_ENGINE_PATTERN_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/base/bitset.h"
#include "lib/compile/plan.h"
#include "lib/engine/anchored_literals.h"
#include "lib/engine/database_source.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/known_text.h"
#include "lib/engine/match_scratch.h"

namespace hypersigma::internal {

// Immutable once built. Borrows the patterns.
class PatternSearch {
 public:
  // Nothing is sought.
  PatternSearch() = default;

  // Takes the literal database of `patterns` from `source`. Errors: those of
  // DatabaseSource::Make().
  static absl::StatusOr<PatternSearch> Build(std::span<const Pattern> patterns,
                                             const DatabaseSource& source);

  bool is_empty() const { return !has_cased_ && !has_caseless_; }
  bool has_caseless() const { return has_caseless_; }
  // Whether no pattern has an anchor.
  bool all_anywhere() const { return all_anywhere_; }
  // Whether all patterns are in the database.
  bool is_database_alone() const {
    return byte_patterns_.empty() && anchored_.is_empty();
  }
  bool has_anchored_literals() const { return !anchored_.is_empty(); }
  // Null where there are no literals.
  LiteralDatabase* database() {
    return database_.has_value() ? &*database_ : nullptr;
  }
  const LiteralDatabase* database() const {
    return database_.has_value() ? &*database_ : nullptr;
  }

  // Fires what the patterns in `text` make true or worth confirming.
  // `is_ascii`: whether all of it is. With `known`, which this search alone
  // uses, only what differs from the text before is searched. Errors: kInternal
  // from libhs.
  absl::Status Find(std::string_view text, bool is_ascii, MatchScratch& scratch,
                    KnownText* known = nullptr) const;

  // Whether a pattern of one byte is in `text`, wherever it should stand.
  bool HasBytePattern(std::string_view text) const;

  // Whether a literal of the database is in `text`. Errors: kInternal from
  // libhs.
  absl::StatusOr<bool> HasLiteral(std::string_view text,
                                  MatchScratch& scratch) const;

 private:
  struct Pass;

  // A pattern as a search needs it: what is found is seldom what was found
  // last, and has to come from memory.
  struct Sought {
    std::uint32_t bytes = 0;
    bool cased = false;
    bool anywhere = false;    // of all its reactions
    std::uint32_t begin = 0;  // of its reactions
    std::uint32_t end = 0;
  };
  struct BytePattern {
    char byte = '\0';
    Sought sought;
  };

  std::vector<Literal> TakePatterns(std::span<const Pattern> all);
  Sought AddReactions(const Pattern& pattern);
  absl::Status FindIn(std::string_view text, bool with_cased,
                      bool with_caseless, MatchScratch& scratch,
                      KnownText* known) const;
  absl::Status FindLiterals(std::string_view text, MatchScratch& scratch,
                            KnownText& known) const;
  bool Recall(KnownText::Common common, std::size_t text_size,
              KnownText& known) const;
  static void OnLiteral(void* pass, std::uint32_t literal, std::size_t end);
  static void OnNewLiteral(void* pass, std::uint32_t literal, std::size_t end);
  static void OnAnchored(void* pass, std::uint32_t literal, std::size_t end);
  void FindByte(const BytePattern& pattern, std::string_view text,
                SparseBitset& fired) const;
  void React(const Sought& sought, bool at_start, bool at_end,
             SparseBitset& fired) const;

  bool has_cased_ = false;
  bool has_caseless_ = false;
  bool all_anywhere_ = true;
  std::optional<LiteralDatabase> database_;
  std::size_t longest_bytes_ = 0;  // of its literals
  // By position in the database, the patterns it searches for.
  std::vector<Sought> literal_patterns_;
  // Those that many literals have in common, and by position their patterns.
  AnchoredLiterals anchored_;
  std::vector<Sought> anchored_patterns_;
  std::vector<Reaction> reactions_;
  // Patterns of one byte, which would flood a database with matches.
  std::vector<BytePattern> byte_patterns_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_PATTERN_SEARCH_H_
