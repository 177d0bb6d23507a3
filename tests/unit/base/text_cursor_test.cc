#include "lib/base/text_cursor.h"

#include <gtest/gtest.h>

namespace hypersigma::internal {
namespace {

TEST(TextCursor, ReadsFromLeftToRight) {
  TextCursor text("2024-5x");
  EXPECT_EQ(text.Digits(4), 2024);
  text.Skip('-');
  EXPECT_FALSE(text.Take('x'));
  EXPECT_EQ(text.Next(), '5');
  EXPECT_EQ(text.Digits(1), 5);
  EXPECT_TRUE(text.Take('x'));
  EXPECT_TRUE(text.at_end());
  EXPECT_EQ(text.Next(), '\0');
  EXPECT_TRUE(text.ok());
}

TEST(TextCursor, FailuresStay) {
  TextCursor digits("12a4");
  EXPECT_EQ(digits.Digits(4), 0);
  EXPECT_FALSE(digits.ok());
  EXPECT_TRUE(digits.Take('a'));
  EXPECT_FALSE(digits.ok());
  TextCursor end("");
  EXPECT_FALSE(end.Take('\0'));
  EXPECT_TRUE(end.ok());
  end.Skip('x');
  EXPECT_FALSE(end.ok());
}

}  // namespace
}  // namespace hypersigma::internal
