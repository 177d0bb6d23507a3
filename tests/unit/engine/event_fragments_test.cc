#include "lib/engine/event_fragments.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/engine/fragment_filter.h"

namespace hypersigma::internal {
namespace {

constexpr FieldId kField{3};

class TextsMayHoldTest : public testing::Test {
 protected:
  TextsMayHoldTest() : filter_(FragmentFilter::For(literals_)) {
    if (!filter_.is_active()) return;
    EXPECT_FALSE(filter_.fragments().empty());
  }

  void SetUp() override {
    if (!filter_.is_active()) GTEST_SKIP() << "this CPU has no filter";
  }

  bool MayHold(const std::vector<FieldValue>& event) {
    return TextsMayHold(filter_, event, joined_);
  }

  std::vector<Literal> literals_ = {{"mimikatz"}, {"xqz"}};
  FragmentFilter filter_;
  JoinedTexts joined_;
};

TEST_F(TextsMayHoldTest, FindsALiteralAtEveryPlaceOfEveryText) {
  for (std::size_t size = 8; size < 150; ++size) {
    for (std::size_t at = 0; at + 8 <= size; ++at) {
      std::string text(size, '.');
      text.replace(at, 8, "MimiKatz");
      EXPECT_TRUE(MayHold(
          {{kField, Value::String("a")}, {kUnnamedField, Value::String(text)}}))
          << size << " " << at;
    }
    const std::string other(size, '.');
    EXPECT_FALSE(MayHold({{kField, Value::String(other)}})) << size;
  }
}

// Fragments of texts that are neighbours in memory are no literal.
TEST_F(TextsMayHoldTest, LooksAtNothingBehindAText) {
  const std::string_view text = "..xqz..";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    EXPECT_EQ(MayHold({{kField, Value::String(text.substr(0, size))}}),
              size >= 5)
        << size;
  }
}

TEST_F(TextsMayHoldTest, SaysNothingOfWhatItCannotTell) {
  EXPECT_FALSE(MayHold({}));
  EXPECT_FALSE(MayHold({{kField, Value::Null()},
                        {kField, Value::Object()},
                        {kField, Value::EmptyArray()},
                        {kField, Value::Bool(true)},
                        {kField, Value::Number("4624")}}));
  // A number may have another text, and characters beyond ASCII fold to some.
  EXPECT_TRUE(MayHold({{kField, Value::Number("1e3")}}));
  EXPECT_TRUE(MayHold({{kField, Value::String("\xE2\x84\xAA")}}));
}

}  // namespace
}  // namespace hypersigma::internal
