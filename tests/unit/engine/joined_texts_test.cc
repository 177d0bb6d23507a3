#include "lib/engine/joined_texts.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {
namespace {

EventValue Text(std::string_view text) {
  return {FieldId{0}, ValueKind::kString, text, kNoValue};
}

TEST(JoinedTexts, KeepsTextsOfEveryLengthApart) {
  JoinedTexts joined;
  const std::string letters(100, 'x');
  for (std::size_t size = 0; size <= letters.size(); ++size) {
    std::string text = letters.substr(0, size);
    if (size > 0) text.front() = 'a';
    if (size > 1) text.back() = 'z';
    const std::vector<EventValue> values = {Text(text), Text("b"), Text(text)};
    joined.Assign(values);
    EXPECT_EQ(joined.text(), text + "\xFF" + "b\xFF" + text + "\xFF");
    EXPECT_TRUE(joined.is_ascii());
  }
}

TEST(JoinedTexts, LeavesOutWhatHasNoText) {
  JoinedTexts joined;
  const std::vector<EventValue> values = {
      {FieldId{0}, ValueKind::kNull, "", kNoValue},
      {FieldId{0}, ValueKind::kObject, "", kNoValue}};
  joined.Assign(values);
  EXPECT_EQ(joined.text(), "");
  joined.Assign({});
  EXPECT_EQ(joined.text(), "");
  EXPECT_TRUE(joined.is_ascii());
}

TEST(JoinedTexts, FindsOneHighByteAtEveryPlace) {
  JoinedTexts joined;
  for (std::size_t at = 0; at < 40; ++at) {
    for (const char byte : {'\x80', '\xC3', '\xFE'}) {
      std::string text(40, 'x');
      text[at] = byte;
      const std::vector<EventValue> values = {Text("one"), Text(text)};
      joined.Assign(values);
      EXPECT_FALSE(joined.is_ascii()) << at;
    }
  }
}

}  // namespace
}  // namespace hypersigma::internal
