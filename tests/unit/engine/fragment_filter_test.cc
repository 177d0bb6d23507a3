#include "lib/engine/fragment_filter.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace hypersigma::internal {
namespace {

// A text with readable bytes behind it, which hold what must not be found.
class Padded {
 public:
  Padded(std::string text, std::string_view behind)
      : size_(text.size()), bytes_(std::move(text)) {
    while (bytes_.size() < size_ + FragmentFilter::kSlack) bytes_ += behind;
  }
  std::string_view text() const {
    return std::string_view(bytes_).substr(0, size_);
  }

 private:
  std::size_t size_;
  std::string bytes_;
};

const std::vector<Literal>& Keywords() {
  static const std::vector<Literal> literals = {{"misc::skeleton", false, true},
                                                {"sekurlsa::", false, true},
                                                {"Kiwi Legit", false, true},
                                                {"Mimidrv.sys", true, true}};
  return literals;
}

// Bytes beyond ASCII have more bits than the tables go by.
TEST(FragmentFilter, FindsLiteralsBeyondAscii) {
  const std::vector<Literal> literals = {{"\xC3\xA9\xC3\xA9", true},
                                         {"\xE2\x82\xAC", true}};
  const FragmentFilter filter = FragmentFilter::For(literals);
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  for (const Literal& literal : literals) {
    const std::string text =
        std::string(100, 'a') + literal.bytes + std::string(100, 'a');
    EXPECT_TRUE(filter.MayHold(Padded(text, "?").text()));
  }
}

TEST(FragmentFilter, TakesFewFragments) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  EXPECT_GE(filter.fragments().size(), 1u);
  EXPECT_LE(filter.fragments().size(), 4u);
}

TEST(FragmentFilter, PassesOverTextsWithoutAny) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  EXPECT_FALSE(filter.MayHold(Padded(std::string(1'000, 'a'), "e").text()));
  EXPECT_FALSE(filter.MayHold(
      Padded("The process C:/Windows/notepad.exe has ended, and no other is "
             "left that would have to be looked at any more.",
             "?")
          .text()));
}

// Whatever stands around a literal, and wherever it stands.
TEST(FragmentFilter, NeverMissesALiteral) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const Literal& literal = Keywords()[random() % Keywords().size()];
    std::string planted = literal.bytes;
    for (char& c : planted) {
      const bool is_lower = c >= 'a' && c <= 'z';
      if (!literal.cased && is_lower && random() % 2 == 0) c -= 'a' - 'A';
    }
    const std::string text = std::string(random() % 200, 'x') + planted +
                             std::string(random() % 200, 'y');
    ASSERT_TRUE(filter.MayHold(Padded(text, "?").text())) << text;
  }
}

// As many fragments as there may be, of which some share a bit.
TEST(FragmentFilter, NeverMissesOneOfManyLiterals) {
  std::vector<Literal> literals;
  for (char c = 'b'; c <= 'y'; ++c) {
    literals.push_back({std::string{c, static_cast<char>(c ^ 3), 'q'}});
  }
  const FragmentFilter filter = FragmentFilter::For(literals);
  EXPECT_EQ(filter.fragments().size(), literals.size());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  for (const Literal& literal : literals) {
    for (std::size_t before = 0; before < 300; ++before) {
      const std::string text =
          std::string(before, ' ') + literal.bytes + std::string(70, ' ');
      ASSERT_TRUE(filter.MayHold(Padded(text, "?").text())) << literal.bytes;
      ASSERT_LT(filter.FindUnpadded(text, 0).group, text.size());
    }
  }
  EXPECT_FALSE(filter.MayHold(Padded(std::string(300, ' '), "?").text()));
}

// A text without a byte behind it that could be read, as a guard would tell.
TEST(FragmentFilter, FindsTheGroupInWhichAFragmentBegins) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  EXPECT_EQ(filter.longest_bytes(), 14u);
  std::mt19937 random(3);
  for (int i = 0; i < 5'000; ++i) {
    const std::string& literal = Keywords()[random() % Keywords().size()].bytes;
    const std::size_t before = random() % 900;
    const std::string text =
        std::string(before, 'x') + literal + std::string(random() % 400, 'y');
    const std::vector<char> exact(text.begin(), text.end());
    const FragmentFilter::Place place =
        filter.FindUnpadded({exact.data(), exact.size()}, 0);
    ASSERT_NE(place.group, std::string_view::npos) << text;
    EXPECT_FALSE(place.beyond_ascii);
    // A fragment begins within the literal.
    EXPECT_LT(place.group, before + literal.size());
    EXPECT_GT(place.group + FragmentFilter::kGroup, before);
  }
}

// The page behind the text cannot be read.
TEST(FragmentFilter, ReadsNothingBehindAText) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* const mapped = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(mapped, MAP_FAILED);
  char* const end = static_cast<char*>(mapped) + page;
  ASSERT_EQ(mprotect(end, page, PROT_NONE), 0);
  std::fill(end - page, end, 'x');
  for (std::size_t size = 1; size <= page; ++size) {
    EXPECT_EQ(filter.FindUnpadded({end - size, size}, 0).group,
              std::string_view::npos);
  }
  constexpr std::string_view kLiteral = "sekurlsa::";
  std::copy(kLiteral.begin(), kLiteral.end(), end - kLiteral.size());
  for (std::size_t size = kLiteral.size(); size <= page; ++size) {
    EXPECT_LT(filter.FindUnpadded({end - size, size}, 0).group, size);
  }
  munmap(mapped, 2 * page);
}

TEST(FragmentFilter, GoesOnBehindAGroup) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  const std::string text = std::string(300, 'x') +
                           "sekurlsa::" + std::string(700, 'x') + "sekurlsa::";
  std::size_t begin = 0;
  int found = 0;
  while (begin < text.size()) {
    const std::size_t group = filter.FindUnpadded(text, begin).group;
    if (group == std::string_view::npos) break;
    ASSERT_GE(group, begin);
    begin = group + FragmentFilter::kGroup;
    ++found;
  }
  EXPECT_GE(found, 2);
  EXPECT_EQ(filter.FindUnpadded(std::string(1'000, 'x'), 0).group,
            std::string_view::npos);
  EXPECT_EQ(filter.FindUnpadded("", 0).group, std::string_view::npos);
}

TEST(FragmentFilter, TellsOfBytesBeyondAscii) {
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  if (!filter.is_active()) GTEST_SKIP() << "no CPU for it";
  for (std::size_t size = 1; size < 700; ++size) {
    std::string text(size, 'x');
    EXPECT_FALSE(filter.FindUnpadded(text, 0).beyond_ascii) << size;
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
      text[at] = '\xC3';
      EXPECT_TRUE(filter.FindUnpadded(text, 0).beyond_ascii) << size;
      text[at] = 'x';
    }
  }
}

TEST(FragmentFilter, EmptyTextsAndLiteralsOfOneByte) {
  const std::vector<Literal> one = {{"x", false, true}};
  EXPECT_TRUE(FragmentFilter::For(one).MayHold(Padded("abc", "?").text()));
  const FragmentFilter filter = FragmentFilter::For(Keywords());
  filter.MayHold(Padded("", "?").text());
}

TEST(FragmentFilter, ThereIsNoneForMoreThanFewFragmentsCanTell) {
  std::vector<Literal> literals;
  for (char c = 'a'; c <= 'z'; ++c) {
    literals.push_back(
        {std::string{c, static_cast<char>(c ^ 3), 'q'}, true, true});
  }
  const FragmentFilter filter = FragmentFilter::For(literals);
  EXPECT_TRUE(filter.fragments().empty());
  EXPECT_TRUE(filter.MayHold(Padded(std::string(100, ' '), "?").text()));
}

}  // namespace
}  // namespace hypersigma::internal
