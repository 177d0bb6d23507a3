#include "lib/engine/known_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

using generator::Random;
using ::testing::IsEmpty;
using ::testing::SizeIs;

KnownText Known(std::string_view text, std::size_t found = 0) {
  KnownText known;
  known.Begin();
  for (std::size_t i = 0; i < found; ++i) known.Add({0, i});
  known.End(text);
  return known;
}

std::size_t CommonBegin(std::string_view a, std::string_view b) {
  std::size_t at = 0;
  while (at < std::min(a.size(), b.size()) && a[at] == b[at]) ++at;
  return at;
}

TEST(KnownText, EndsMeetButDoNotOverlap) {
  const KnownText::Common common = Known("aaaa").CommonWith("aaaaaa");
  EXPECT_EQ(common.prefix, 4);
  EXPECT_EQ(common.suffix, 0);
}

TEST(KnownText, NothingIsCommonWithNoText) {
  const KnownText::Common common = KnownText().CommonWith("abc");
  EXPECT_EQ(common.prefix + common.suffix, 0);
}

TEST(KnownText, FindsWhatRandomTextsHaveInCommon) {
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string a(random.Below(60), 'a');
    std::string b = a.substr(0, random.Below(a.size() + 1));
    if (!a.empty() && random.Below(2) == 0) a[random.Below(a.size())] = 'x';
    if (!b.empty() && random.Below(2) == 0) b[random.Below(b.size())] = 'y';
    const KnownText::Common common = Known(a).CommonWith(b);
    ASSERT_EQ(common.prefix, CommonBegin(a, b)) << a << ' ' << b;
    a.erase(0, common.prefix);
    b.erase(0, common.prefix);
    std::reverse(a.begin(), a.end());
    std::reverse(b.begin(), b.end());
    ASSERT_EQ(common.suffix, CommonBegin(a, b)) << a << ' ' << b;
  }
}

TEST(KnownText, TooManyMatchesAreNotKnown) {
  EXPECT_EQ(Known("text", 10).text(), "text");
  EXPECT_THAT(Known("text", 10).found(), SizeIs(10));
  EXPECT_EQ(Known("text", 100).text(), "");
  EXPECT_THAT(Known("text", 100).found(), IsEmpty());
}

}  // namespace
}  // namespace hypersigma::internal
