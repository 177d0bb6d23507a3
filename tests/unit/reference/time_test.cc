// Hand-made expectations, from "semantics", 5.3.

#include "lib/reference/time.h"

#include <optional>

#include "gtest/gtest.h"

namespace hypersigma::reference {
namespace {

TEST(ReferenceTime, ReadsPartsAsWritten) {
  EXPECT_EQ(PartOfTimeText(TimePart::kHour, "2024-02-29 23:05+01:00"), 23);
  EXPECT_EQ(PartOfTimeText(TimePart::kWeek, "2021-01-01"), 53);
  EXPECT_EQ(PartOfTimeText(TimePart::kDay, "2023-02-29"), std::nullopt);
  EXPECT_EQ(PartOfEpoch(TimePart::kYear, 1700000000), 2023);
  EXPECT_EQ(PartOfEpoch(TimePart::kMinute, 1700000000000), 13);
}

}  // namespace
}  // namespace hypersigma::reference
