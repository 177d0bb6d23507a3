// Hand-made expectations, from "semantics", 5.3.

#include "lib/reference/time.h"

#include <optional>
#include <string>

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceTime, ReadsPartsAsWritten) {
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, "2024-02-29 23:05+01:00"), 23);
  EXPECT_EQ(PartOfTimeText(TimePart::kWeek, "2021-01-01"), 53);
  EXPECT_EQ(PartOfTimeText(TimePart::kDay, "2023-02-29"), std::nullopt);
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, "2024-02-29T23:05:01.123456+01:00"),
            23);
  EXPECT_EQ(PartOfEpoch(TimePart::kYear, 1700000000), 2023);
  EXPECT_EQ(PartOfEpoch(TimePart::kMinute, 1700000000000), 13);
}

TEST(ReferenceTime, ReadsAnyLength) {
  const std::string digits(1'000'000, '1');
  const std::string begin = "2024-02-29T23:05:01";
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, begin + "." + digits + "Z"), 23);
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, begin + digits), std::nullopt);
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, begin + "."), std::nullopt);
}

}  // namespace
}  // namespace hypersigma::reference
