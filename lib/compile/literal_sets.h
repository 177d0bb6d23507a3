// What is known of the texts that a part of a regular expression matches, and
// how it follows from the parts of that part.
//
// Used by regex_literals.cc, which reads the expression. All strings are
// folded ASCII.

#ifndef HYPERSIGMA_LIB_COMPILE_LITERAL_SETS_H_
#define HYPERSIGMA_LIB_COMPILE_LITERAL_SETS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace hypersigma::internal {

// Sorted, each once.
using Literals = std::vector<std::string>;

// Bounds on what is followed; past them less is known.
inline constexpr std::size_t kMaxExactLiterals = 16;
inline constexpr std::size_t kMaxRequiredLiterals = 64;
inline constexpr std::size_t kMaxRequiredLiteralBytes = 256;

struct LiteralPiece {
  // All strings that the part can match, where they are few.
  std::optional<Literals> exact;
  // One of these is in every match of the part, none of them within another;
  // empty when none is known.
  Literals required;
};

LiteralPiece UnknownPiece();

// An assertion: it takes no text, so its neighbours stand side by side.
LiteralPiece ZeroWidthPiece();

// A part that matches `strings` and nothing else.
LiteralPiece ExactPiece(Literals strings);

// The alternatives `a|b`.
LiteralPiece EitherPiece(const LiteralPiece& a, const LiteralPiece& b);

struct Repeat {
  static constexpr std::uint32_t kUnbounded =
      std::numeric_limits<std::uint32_t>::max();
  std::uint32_t min = 1;
  std::uint32_t max = 1;
};

// Joins the parts of a sequence from left to right.
class LiteralSequence {
 public:
  void Add(const LiteralPiece& part, Repeat repeat);

  // Returns what is known of the whole. REQUIRES: called once, at the end.
  LiteralPiece Finish();

 private:
  void AddExact(const Literals& exact, Repeat repeat);
  void Join(const Literals& exact);
  void Break();
  void Offer(Literals required);

  Literals run_ = {""};  // one of these stands immediately before this place
  Literals best_;
  bool broken_ = false;
};

// Bytes of the shortest; 0 when there is none.
std::size_t ShortestBytes(const Literals& literals);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_LITERAL_SETS_H_
