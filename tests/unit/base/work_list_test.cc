#include "lib/base/work_list.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace hypersigma::internal {
namespace {

TEST(WorkList, DoesEveryPieceOnce) {
  for (const int thread_count : {0, 1, 3, 100}) {
    WorkList work;
    std::vector<std::atomic<int>> done(50);
    for (std::size_t i = 0; i < done.size(); ++i) {
      work.Add(i % 7, [&done, i] {
        ++done[i];
        return absl::OkStatus();
      });
    }
    EXPECT_TRUE(work.Run(thread_count).ok());
    for (const std::atomic<int>& count : done) EXPECT_EQ(count, 1);
  }
}

TEST(WorkList, DoesTheHeaviestFirst) {
  WorkList work;
  std::vector<int> order;
  for (const int weight : {1, 3, 2}) {
    work.Add(static_cast<std::size_t>(weight), [&order, weight] {
      order.push_back(weight);
      return absl::OkStatus();
    });
  }
  EXPECT_TRUE(work.Run(1).ok());
  EXPECT_EQ(order, (std::vector<int>{3, 2, 1}));
}

TEST(WorkList, ReturnsTheErrorOfThePieceAddedFirst) {
  WorkList work;
  work.Add(1, [] { return absl::OkStatus(); });
  work.Add(1, [] { return absl::DataLossError("first"); });
  work.Add(9, [] { return absl::InternalError("heaviest"); });
  EXPECT_EQ(work.Run(2), absl::DataLossError("first"));
}

TEST(WorkList, OfNothingIsDone) { EXPECT_TRUE(WorkList().Run(4).ok()); }

TEST(ThreadCount, IsWhatWasAskedForOrOneAtLeast) {
  EXPECT_EQ(ThreadCount(3), 3);
  EXPECT_GE(ThreadCount(0), 1);
}

}  // namespace
}  // namespace hypersigma::internal
