#include "lib/base/work_list.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <system_error>
#include <thread>

namespace hypersigma::internal {

absl::Status WorkList::Run(int thread_count) {
  std::vector<std::size_t> order(pieces_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [this](std::size_t a, std::size_t b) {
                     return pieces_[a].weight > pieces_[b].weight;
                   });
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < order.size(); i = next++) {
      Piece& piece = pieces_[order[i]];
      piece.status = piece.work();
    }
  };
  std::vector<std::thread> threads;
  const std::size_t wanted =
      std::min(static_cast<std::size_t>(std::max(thread_count, 1)),
               std::max(pieces_.size(), std::size_t{1}));
  threads.reserve(wanted);
  while (threads.size() + 1 < wanted) {
    try {
      threads.emplace_back(work);
    } catch (const std::system_error&) {
      break;  // the others do its share
    }
  }
  work();
  for (std::thread& thread : threads) thread.join();
  for (const Piece& piece : pieces_) {
    if (!piece.status.ok()) return piece.status;
  }
  return absl::OkStatus();
}

int ThreadCount(int wanted) {
  if (wanted > 0) return wanted;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace hypersigma::internal
