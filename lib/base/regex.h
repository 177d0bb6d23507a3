// Regular expressions: the one door to PCRE2.
//
// Used by rule to refuse what does not compile, with its place, by pipeline to
// replace texts, and by engine to confirm matches. Source: design document
// "semantics", 5.5.

#ifndef HYPERSIGMA_LIB_BASE_REGEX_H_
#define HYPERSIGMA_LIB_BASE_REGEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"

namespace hypersigma::internal {

struct RegexFlags {
  bool caseless = false;
  bool multiline = false;
  bool dot_all = false;
  // The match must begin at the text's beginning, end at its end.
  bool at_start = false;
  bool at_end = false;

  friend bool operator==(const RegexFlags&, const RegexFlags&) = default;
};

// Why a pattern does not compile.
struct RegexError {
  std::size_t offset = 0;  // byte in the pattern
  std::string message;
};

// The bytes [begin, end) of a text; both npos for a group that took no part.
struct RegexSpan {
  std::size_t begin = std::string_view::npos;
  std::size_t end = std::string_view::npos;

  friend bool operator==(const RegexSpan&, const RegexSpan&) = default;
};

enum class RegexVerdict : std::uint8_t { kMatch, kNoMatch, kUndecided };

// Working memory of one thread: match data, limits and a JIT stack.
class RegexScratch {
 public:
  static absl::StatusOr<RegexScratch> Create();
  RegexScratch(RegexScratch&&) noexcept;
  RegexScratch& operator=(RegexScratch&&) noexcept;
  ~RegexScratch();

  // What the last search or FindAll() took, in the steps of limits.h.
  std::size_t steps_taken() const;

  // The place of what the last Search() found; both npos where `\K` puts its
  // beginning behind its end. REQUIRES: its verdict was kMatch.
  RegexSpan last_match() const;

 private:
  friend class Regex;
  struct State;
  explicit RegexScratch(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A compiled pattern under UTF, UCP, MATCH_INVALID_UTF and
// NEVER_BACKSLASH_C, unanchored. Immutable; any number of threads may search
// with it, each with its own scratch.
class Regex {
 public:
  // A leading `(*VERB)` and patterns over kMaxRegexBytes are errors. Without
  // JIT, which not every CPU has, searches are slower and answer the same.
  static std::variant<Regex, RegexError> Compile(std::string_view pattern,
                                                 RegexFlags flags = {},
                                                 bool use_jit = true);
  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  // Searches `text`, any bytes. kUndecided when the limit of steps, nesting,
  // memory or JIT stack (limits.h) was reached. Never allocates once `scratch`
  // is warm.
  RegexVerdict Search(std::string_view text, RegexScratch& scratch) const;

  // Fills `matches` with all matches in `text` from left to right, none
  // overlapping another: of each the whole, then its groups. An empty match may
  // follow another match, as in Python. kUndecided when the limits of one
  // search were reached by all of them together; `matches` is then
  // meaningless. Allocates.
  RegexVerdict FindAll(std::string_view text, RegexScratch& scratch,
                       std::vector<std::vector<RegexSpan>>& matches) const;

  // How many groups the pattern has, and the number of the one named `name`.
  std::size_t group_count() const;
  std::optional<std::size_t> FindGroup(const std::string& name) const;

 private:
  struct State;
  explicit Regex(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// "10.42 2022-12-11", and the Unicode version of its tables.
std::string RegexLibraryVersion();
std::string RegexUnicodeVersion();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_REGEX_H_
