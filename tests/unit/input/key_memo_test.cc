#include "lib/input/key_memo.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

std::string NameOf(std::size_t size) {
  std::string name;
  for (std::size_t i = 0; i < size; ++i) {
    name += static_cast<char>('a' + i % 26);
  }
  return name;
}

// Names as events have them.
class Names {
 public:
  // Guesses the name at the place at hand, and steps over it if it is known.
  // `behind`: what comes behind the name.
  const KeyMemoEntry* Guess(PathId object, std::string_view name,
                            std::string_view behind = "\":") {
    const std::string_view in_text = InText(name, behind);
    const KeyMemoEntry* const found =
        memo_.Guess(place_, object, in_text.data());
    if (found != nullptr) memo_.Step(place_, *found);
    return found;
  }
  // The same for any that is known. A guess is never another one.
  const KeyMemoEntry* Find(PathId object, std::string_view name) {
    const KeyMemo::Place place = place_;
    const KeyMemoEntry* const guessed = Guess(object, name);
    const KeyMemoEntry* const found = memo_.FindByHash(place, object, name);
    EXPECT_EQ(memo_.Find(place, object, InText(name)), found) << name;
    if (guessed != nullptr) {
      EXPECT_EQ(guessed, found) << name;
    } else if (found != nullptr) {
      memo_.Step(place_, *found);
    }
    return found;
  }
  void Begin(std::size_t token_count) { place_ = KeyMemo::Begin(token_count); }
  void Store(PathId object, std::string_view name, PathId member) {
    Placement placement;
    placement.field = FieldId{3};
    memo_.Store(object, name, member, placement);
  }

 private:
  // The name with `behind` and bytes that may be read behind it.
  std::string_view InText(std::string_view name,
                          std::string_view behind = "\":") {
    text_.assign(name).append(behind).append(KeyMemo::kSlack, '_');
    return std::string_view(text_).substr(0, name.size());
  }

  KeyMemo memo_;
  KeyMemo::Place place_ = KeyMemo::Begin(1);
  std::string text_;
};

TEST(KeyMemo, KnowsNamesOfEveryLengthByEveryByte) {
  for (std::size_t size = 0; size <= 46; ++size) {
    Names memo;
    const std::string name = NameOf(size);
    EXPECT_EQ(memo.Find(kRootPath, name), nullptr);
    memo.Store(kRootPath, name, PathId{7});
    ASSERT_NE(memo.Find(kRootPath, name), nullptr) << size;
    EXPECT_EQ(memo.Find(kRootPath, name)->member, PathId{7});
    EXPECT_EQ(memo.Find(kRootPath, name)->field, FieldId{3});
    EXPECT_EQ(memo.Find(kRootPath, name)->use, MemberUse::kField);
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = name;
      other[at] = '_';
      EXPECT_EQ(memo.Find(kRootPath, other), nullptr) << other;
    }
    EXPECT_EQ(memo.Find(kRootPath, name + "_"), nullptr);
    EXPECT_EQ(memo.Find(PathId{1}, name), nullptr);
  }
}

TEST(KeyMemo, TellsANameFromOneWithNulsBehind) {
  Names memo;
  memo.Store(kRootPath, "a", PathId{1});
  for (const std::string& other :
       {std::string("a\0", 2), std::string("\0a", 2), std::string()}) {
    EXPECT_EQ(memo.Find(kRootPath, other), nullptr);
  }
}

TEST(KeyMemo, GuessesNamesWithTheirQuoteAndColonAlone) {
  Names memo;
  memo.Store(kRootPath, "ab", PathId{1});
  const auto guess = [&memo](std::string_view name, std::string_view behind) {
    memo.Begin(9);
    return memo.Guess(kRootPath, name, behind);
  };
  EXPECT_EQ(guess("ab", "\":"), nullptr);  // was not found there yet
  memo.Begin(9);
  ASSERT_NE(memo.Find(kRootPath, "ab"), nullptr);
  ASSERT_NE(guess("ab", "\":"), nullptr);
  EXPECT_EQ(guess("ab", "\":")->member, PathId{1});
  for (const std::string_view behind : {"c\":", "\" :", "\",", "\\\":", ":"}) {
    EXPECT_EQ(guess("ab", behind), nullptr) << behind;
  }
  EXPECT_EQ(guess("a", "\":"), nullptr);
  memo.Begin(9);
  EXPECT_EQ(memo.Guess(PathId{1}, "ab"), nullptr);
}

// Twenty names each, of which four are the same, in events that take turns.
TEST(KeyMemo, GuessesAllNamesOfKindsOfEventsThatTakeTurns) {
  Names memo;
  for (std::uint32_t i = 0; i < 40; ++i) {
    memo.Store(kRootPath, NameOf(i), PathId{i});
  }
  for (int round = 0; round < 3; ++round) {
    for (std::uint32_t kind = 0; kind < 2; ++kind) {
      memo.Begin(81 + 4 * kind);
      for (std::uint32_t i = 0; i < 20; ++i) {
        const std::uint32_t name = i < 4 ? i : i + 20 * kind;
        const KeyMemoEntry* const found =
            round < 1 ? memo.Find(kRootPath, NameOf(name))
                      : memo.Guess(kRootPath, NameOf(name));
        ASSERT_NE(found, nullptr) << round << ' ' << kind << ' ' << i;
        EXPECT_EQ(found->member, PathId{name});
      }
    }
  }
}

TEST(KeyMemo, TellsWhatBecomesOfValues) {
  KeyMemo memo;
  Placement placed;
  ASSERT_TRUE(placed.targets.Add({.layout = 1, .field = FieldId{5}}));
  Placement skipped;
  const auto find = [&memo](std::string_view name) {
    return memo.FindByHash(KeyMemo::Begin(1), kRootPath, name);
  };
  memo.Store(kRootPath, "a", PathId{1}, placed);
  memo.Store(kRootPath, "b", PathId{2}, skipped);
  memo.Store(kRootPath, "c", PathId{3}, std::nullopt);
  EXPECT_EQ(find("a")->use, MemberUse::kPlace);
  EXPECT_EQ(memo.PlacementOf(*find("a")).targets.all()[0].field, FieldId{5});
  EXPECT_EQ(find("b")->use, MemberUse::kSkip);
  EXPECT_EQ(find("c")->use, MemberUse::kFollow);
}

TEST(KeyMemo, KeepsNoNameThatIsTooLong) {
  Names memo;
  memo.Store(kRootPath, NameOf(47), PathId{1});
  EXPECT_EQ(memo.Find(kRootPath, NameOf(47)), nullptr);
}

TEST(KeyMemo, NamesWithoutEndAreNeverConfused) {
  Names memo;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    memo.Store(kRootPath, "n" + std::to_string(i), PathId{i});
  }
  std::size_t known = 0;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const KeyMemoEntry* const name =
        memo.Find(kRootPath, "n" + std::to_string(i));
    if (name == nullptr) continue;
    ++known;
    EXPECT_EQ(name->member, PathId{i});
  }
  EXPECT_GT(known, 1'000u);
}

TEST(KeyMemo, NamesInAnyOrderAreFound) {
  Names memo;
  for (std::uint32_t i = 0; i < 8; ++i) {
    memo.Store(kRootPath, NameOf(i), PathId{i});
  }
  for (std::uint32_t step = 0; step < 200; ++step) {
    const std::uint32_t i = step * step % 7;
    ASSERT_NE(memo.Find(kRootPath, NameOf(i)), nullptr);
    EXPECT_EQ(memo.Find(kRootPath, NameOf(i))->member, PathId{i});
    EXPECT_EQ(memo.Find(PathId{1}, NameOf(i)), nullptr);
  }
}

}  // namespace
}  // namespace hypersigma::internal
