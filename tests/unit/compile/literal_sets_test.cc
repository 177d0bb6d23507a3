#include "lib/compile/literal_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hypersigma::internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

constexpr Repeat kOnce = {1, 1};
constexpr Repeat kOptional = {0, 1};
constexpr Repeat kAnyNumber = {0, Repeat::kUnbounded};
constexpr Repeat kAtLeastOnce = {1, Repeat::kUnbounded};

TEST(ShortestBytes, IsZeroForNone) {
  EXPECT_EQ(ShortestBytes({}), 0u);
  EXPECT_EQ(ShortestBytes({"abc", "de"}), 2u);
}

TEST(ExactPiece, RequiresTheShortestOfNestedLiterals) {
  const LiteralPiece piece = ExactPiece({"ab", "abc", "xy"});
  EXPECT_THAT(piece.exact, Optional(ElementsAre("ab", "abc", "xy")));
  EXPECT_THAT(piece.required, ElementsAre("ab", "xy"));
}

TEST(ZeroWidthPiece, RequiresNothing) {
  EXPECT_THAT(ZeroWidthPiece().exact, Optional(ElementsAre("")));
  EXPECT_THAT(ZeroWidthPiece().required, IsEmpty());
}

TEST(EitherPiece, UnitesWhatBothRequire) {
  const LiteralPiece either =
      EitherPiece(ExactPiece({"ab", "c"}), ExactPiece({"c", "d"}));
  EXPECT_THAT(either.exact, Optional(ElementsAre("ab", "c", "d")));
  EXPECT_THAT(either.required, ElementsAre("ab", "c", "d"));
}

TEST(EitherPiece, RequiresNothingWhenOneSideDoesNot) {
  const LiteralPiece either = EitherPiece(ExactPiece({"ab"}), UnknownPiece());
  EXPECT_EQ(either.exact, std::nullopt);
  EXPECT_THAT(either.required, IsEmpty());
}

TEST(EitherPiece, GivesUpPastItsBounds) {
  Literals many;
  for (int i = 100; i < 132; ++i) many.push_back(std::to_string(i));
  Literals others;
  for (int i = 200; i < 233; ++i) others.push_back(std::to_string(i));
  LiteralPiece a;
  a.required = many;
  LiteralPiece b;
  b.required = others;
  EXPECT_THAT(EitherPiece(a, b).required, IsEmpty());
  b.required.pop_back();
  EXPECT_EQ(EitherPiece(a, b).required.size(), kMaxRequiredLiterals);
}

TEST(LiteralSequence, JoinsExactNeighbours) {
  LiteralSequence sequence;
  sequence.Add(ExactPiece({"a", "b"}), kOnce);
  sequence.Add(ZeroWidthPiece(), kOnce);
  sequence.Add(ExactPiece({"x"}), kOptional);
  sequence.Add(ExactPiece({"c"}), {2, 2});
  const LiteralPiece piece = sequence.Finish();
  EXPECT_THAT(piece.exact, Optional(ElementsAre("acc", "axcc", "bcc", "bxcc")));
}

TEST(LiteralSequence, BreaksAtUnknownAndUnboundedParts) {
  LiteralSequence sequence;
  sequence.Add(ExactPiece({"a"}), kOnce);
  sequence.Add(ExactPiece({"bc"}), kAtLeastOnce);
  sequence.Add(ExactPiece({"def"}), kOnce);
  sequence.Add(UnknownPiece(), kAnyNumber);
  sequence.Add(ExactPiece({"gh"}), kOnce);
  const LiteralPiece piece = sequence.Finish();
  EXPECT_EQ(piece.exact, std::nullopt);
  EXPECT_THAT(piece.required, ElementsAre("bcdef"));
}

TEST(LiteralSequence, StartsAnewPastItsBounds) {
  LiteralSequence sequence;
  for (int i = 0; i < 5; ++i) sequence.Add(ExactPiece({"a", "b"}), kOnce);
  sequence.Add(ExactPiece({std::string(250, 'c')}), kOnce);
  sequence.Add(ExactPiece({"0123456"}), kOnce);
  const LiteralPiece piece = sequence.Finish();
  EXPECT_EQ(piece.exact, std::nullopt);
  EXPECT_THAT(piece.required, ElementsAre("a" + std::string(250, 'c'),
                                          "b" + std::string(250, 'c')));
}

}  // namespace
}  // namespace hypersigma::internal
