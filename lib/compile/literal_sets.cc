#include "lib/compile/literal_sets.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kMaxCopies = 64;

Literals Union(const Literals& a, const Literals& b) {
  Literals both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(),
                 std::back_inserter(both));
  return both;
}

// Leaves out what contains another one. Empty when the empty string is in it:
// nothing is required then.
Literals Minimal(const Literals& literals) {
  if (!literals.empty() && literals.front().empty()) return {};
  Literals minimal;
  for (const std::string& candidate : literals) {
    const bool redundant = std::any_of(
        literals.begin(), literals.end(), [&](const std::string& other) {
          return other.size() < candidate.size() &&
                 candidate.find(other) != std::string::npos;
        });
    if (!redundant) minimal.push_back(candidate);
  }
  return minimal;
}

// Whether `a` stands in fewer values than `b`, as far as lengths tell.
bool IsRarer(const Literals& a, const Literals& b) {
  const std::size_t a_bytes = ShortestBytes(a);
  const std::size_t b_bytes = ShortestBytes(b);
  return a_bytes != b_bytes ? a_bytes > b_bytes : a.size() < b.size();
}

// Returns every string of `a` followed by every string of `b`, or nullopt when
// there are too many or one is too long.
std::optional<Literals> Product(const Literals& a, const Literals& b) {
  Literals product;
  for (const std::string& head : a) {
    for (const std::string& tail : b) {
      if (head.size() + tail.size() > kMaxRequiredLiteralBytes) {
        return std::nullopt;
      }
      product.push_back(head + tail);
    }
  }
  std::sort(product.begin(), product.end());
  product.erase(std::unique(product.begin(), product.end()), product.end());
  if (product.size() > kMaxExactLiterals) return std::nullopt;
  return product;
}

}  // namespace

std::size_t ShortestBytes(const Literals& literals) {
  std::size_t shortest = literals.empty() ? 0 : literals.front().size();
  for (const std::string& literal : literals) {
    shortest = std::min(shortest, literal.size());
  }
  return shortest;
}

LiteralPiece UnknownPiece() { return {}; }

LiteralPiece ZeroWidthPiece() { return ExactPiece({""}); }

LiteralPiece ExactPiece(Literals strings) {
  LiteralPiece piece;
  piece.required = Minimal(strings);
  piece.exact = std::move(strings);
  return piece;
}

LiteralPiece EitherPiece(const LiteralPiece& a, const LiteralPiece& b) {
  LiteralPiece either;
  if (a.exact && b.exact) {
    Literals exact = Union(*a.exact, *b.exact);
    if (exact.size() <= kMaxExactLiterals) either.exact = std::move(exact);
  }
  if (!a.required.empty() && !b.required.empty()) {
    either.required = Minimal(Union(a.required, b.required));
    if (either.required.size() > kMaxRequiredLiterals) either.required.clear();
  }
  return either;
}

void LiteralSequence::Add(const LiteralPiece& part, Repeat repeat) {
  if (part.exact) {
    AddExact(*part.exact, repeat);
  } else {
    Break();
    if (repeat.min > 0) Offer(part.required);
  }
}

void LiteralSequence::AddExact(const Literals& exact, Repeat repeat) {
  if (exact == Literals{""}) return;  // no text, however often
  if (repeat.min == 0 && repeat.max == 1) return Join(Union(exact, {""}));
  if (repeat.min == 0) return Break();
  const std::uint32_t copies = std::min(repeat.min, kMaxCopies);
  for (std::uint32_t i = 0; i < copies; ++i) Join(exact);
  if (copies == repeat.max) return;
  Break();
  Join(exact);  // the last copy stands before what follows
}

LiteralPiece LiteralSequence::Finish() {
  Offer(Minimal(run_));
  LiteralPiece piece;
  if (!broken_) piece.exact = std::move(run_);
  piece.required = std::move(best_);
  return piece;
}

void LiteralSequence::Join(const Literals& exact) {
  std::optional<Literals> longer = Product(run_, exact);
  if (!longer) {
    Break();
    longer = exact;
  }
  run_ = *std::move(longer);
}

void LiteralSequence::Break() {
  Offer(Minimal(run_));
  run_ = {""};
  broken_ = true;
}

void LiteralSequence::Offer(Literals required) {
  if (IsRarer(required, best_)) best_ = std::move(required);
}

}  // namespace hypersigma::internal
