#include "lib/input/short_escapes.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

std::string UnescapeWith(ShortUnescape way, std::string_view raw) {
  std::string padded(raw);
  padded.append(kTextSlack, '\\');
  std::vector<char> out(raw.size() + kTextSlack, '?');
  const UnescapedText text = way({padded.data(), raw.size()}, out.data());
  EXPECT_TRUE(text.valid);
  EXPECT_EQ(text.same, raw.find('\\') == std::string_view::npos) << raw;
  return std::string(text.same ? raw
                               : std::string_view(out.data(), text.byte_count));
}

TEST(ShortEscapes, AreWhatJsonSays) {
  for (const ShortUnescape way : ShortUnescapes()) {
    EXPECT_EQ(UnescapeWith(way, R"(\"\\\/\b\f\n\r\t\\n)"),
              "\"\\/\b\f\n\r\t\\n");
    EXPECT_EQ(UnescapeWith(way, ""), "");
    EXPECT_EQ(UnescapeWith(way, "nothing \xC3\xA9"), "nothing \xC3\xA9");
  }
}

TEST(ShortEscapes, MeanTheSameWhereverTheyStand) {
  generator::Random random(5);
  for (int i = 0; i < 20'000; ++i) {
    std::string raw;
    std::string meant;
    const std::size_t size = random.Below(300);
    while (raw.size() < size) {
      if (random.Chance(i % 100)) {
        const std::size_t kind = random.Below(8);
        raw += {'\\', "\"\\/bfnrt"[kind]};
        meant += "\"\\/\b\f\n\r\t"[kind];
      } else {
        const char plain = "abnrtuf/ \xC3\xA9"[random.Below(11)];
        raw += plain;
        meant += plain;
      }
    }
    for (const ShortUnescape way : ShortUnescapes()) {
      ASSERT_EQ(UnescapeWith(way, raw), meant) << raw;
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
