#include "lib/engine/anchored_literals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/text.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

using Found = std::vector<std::pair<std::uint32_t, std::size_t>>;

class AnchoredLiteralsTest : public testing::Test {
 protected:
  void Add(std::string literal, bool cased = false) {
    Pattern pattern;
    pattern.literal = std::move(literal);
    pattern.cased = cased;
    patterns_.push_back(std::move(pattern));
  }

  // Digits that differ early, as hashes do.
  std::string Digits(std::size_t size) {
    std::string digits;
    while (digits.size() < size) {
      digits += "0123456789abcdef"[random_.Below(16)];
    }
    return digits;
  }

  void AddHashes(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) Add("md5=" + Digits(32));
  }

  AnchoredLiterals Make() {
    pointers_.clear();
    for (const Pattern& pattern : patterns_) pointers_.push_back(&pattern);
    return AnchoredLiterals(pointers_);
  }

  static Found FindIn(const AnchoredLiterals& literals, std::string_view text) {
    Found found;
    literals.Find(
        text,
        [](void* all, std::uint32_t position, std::size_t end) {
          static_cast<Found*>(all)->emplace_back(position, end);
        },
        &found);
    return found;
  }

  // The same by trying every literal everywhere.
  Found SeekIn(const AnchoredLiterals& literals, std::string_view text) const {
    Found found;
    for (std::uint32_t i = 0; i < patterns_.size(); ++i) {
      const std::string& literal = patterns_[i].literal;
      if (!literals.Takes(i)) continue;
      for (std::size_t at = 0; at + literal.size() <= text.size(); ++at) {
        const std::string_view part = text.substr(at, literal.size());
        const bool same =
            patterns_[i].cased ? part == literal : FoldedAscii(part) == literal;
        if (same) found.emplace_back(i, at + literal.size());
      }
    }
    return found;
  }

  generator::Random random_{1};
  std::vector<Pattern> patterns_;
  std::vector<const Pattern*> pointers_;
};

TEST_F(AnchoredLiteralsTest, LeavesSmallSetsAndLiteralsWithoutAnchor) {
  AddHashes(255);
  EXPECT_TRUE(Make().is_empty());
  AddHashes(1);
  Add("no anchor, and long enough");
  Add("md5=short");
  Add("md5=" + Digits(300));
  const AnchoredLiterals literals = Make();
  ASSERT_FALSE(literals.is_empty());
  EXPECT_TRUE(literals.Takes(0));
  EXPECT_TRUE(literals.Takes(255));
  for (std::size_t i = 256; i < 259; ++i) EXPECT_FALSE(literals.Takes(i));
}

TEST_F(AnchoredLiteralsTest, LeavesWhatTooManyHaveInCommon) {
  for (int i = 0; i < 1'000; ++i) Add("md5=00000000" + Digits(8));
  AddHashes(300);
  const AnchoredLiterals literals = Make();
  std::size_t alike = 0;
  for (std::size_t i = 0; i < 1'000; ++i) alike += literals.Takes(i) ? 1 : 0;
  EXPECT_EQ(alike, 8u);
  EXPECT_TRUE(literals.Takes(1'100));
}

TEST_F(AnchoredLiteralsTest, FindsInAnyCaseAndEverywhere) {
  AddHashes(300);
  Add("SHA1=" + FoldedAscii(Digits(40)), /*cased=*/true);
  const AnchoredLiterals literals = Make();
  const std::string& md5 = patterns_[7].literal;
  std::string upper = md5;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  EXPECT_EQ(FindIn(literals, upper + "," + md5),
            (Found{{7, md5.size()}, {7, 2 * md5.size() + 1}}));
  EXPECT_EQ(FindIn(literals, md5.substr(1)), Found());
  EXPECT_EQ(FindIn(literals, md5.substr(0, md5.size() - 1)), Found());
  const std::string& sha1 = patterns_[300].literal;
  EXPECT_EQ(FindIn(literals, "x" + sha1), (Found{{300, sha1.size() + 1}}));
  EXPECT_EQ(FindIn(literals, "x" + FoldedAscii(sha1)), Found());
  EXPECT_EQ(FindIn(literals, ""), Found());
  EXPECT_EQ(FindIn(literals, "===================="), Found());
}

TEST_F(AnchoredLiteralsTest, AgreesWithTryingEverything) {
  for (int i = 0; i < 600; ++i) {
    Add(Digits(random_.Below(4)) + "=" + Digits(6 + random_.Below(4)) +
            (random_.Chance(20) ? "=" : "") + Digits(random_.Below(3)),
        random_.Chance(20));
  }
  const AnchoredLiterals literals = Make();
  ASSERT_FALSE(literals.is_empty());
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (std::size_t part = random_.Below(6); part > 0; --part) {
      std::string literal = patterns_[random_.Below(600)].literal;
      if (random_.Chance(30)) literal.erase(random_.Below(literal.size()), 1);
      text += literal + Digits(random_.Below(3));
    }
    Found found = FindIn(literals, text);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, SeekIn(literals, text)) << text;
  }
}

}  // namespace
}  // namespace hypersigma::internal
