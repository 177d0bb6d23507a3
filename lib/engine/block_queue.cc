#include "lib/engine/block_queue.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace hypersigma::internal {
namespace {

// How often a thread asks for what another one has before it sleeps. A block of
// a file is read in less time than it takes to be woken.
constexpr int kTries = 200;

// Of blocks that are read ahead. One thread at a time reads, however many scan.
std::size_t MostReady(int threads) {
  constexpr int kMost = 8;
  return threads > 1 ? static_cast<std::size_t>(std::min(threads, kMost)) : 0;
}

// Waits for a short time first without sleep.
std::unique_lock<std::mutex> Lock(std::mutex& mutex) {
  for (int i = 0; i < kTries; ++i) {
    std::unique_lock lock(mutex, std::try_to_lock);
    if (lock) return lock;
    std::this_thread::yield();
  }
  return std::unique_lock(mutex);
}

}  // namespace

BlockQueue::BlockQueue(std::span<const std::string> paths,
                       const FileScanOptions& options, std::stop_token stop)
    : stop_(stop),
      most_ready_(MostReady(options.threads)),
      blocks_(paths, options, std::move(stop)) {}

std::optional<BlockQueue::Taken> BlockQueue::Take(RecordBlock& block) {
  if (const auto taken = TakeReady(block)) return taken;
  const std::unique_lock lock = Lock(read_mutex_);
  // The thread that was reading may have read it.
  if (const auto taken = TakeReady(block)) return taken;
  const std::optional<std::size_t> path = blocks_.Next(block);
  if (!path) return std::nullopt;
  return Taken{*path, read_count_++};
}

void BlockQueue::ReadAhead() {
  if (most_ready_ == 0) return;
  const std::unique_lock lock(read_mutex_, std::try_to_lock);
  if (!lock) return;
  while (std::optional<RecordBlock> block = TakeSpare()) {
    const std::optional<std::size_t> path = blocks_.NextAtHand(*block);
    const std::lock_guard ready_lock(ready_mutex_);
    if (!path) {
      spare_.push_back(*std::move(block));
      break;
    }
    ready_.push_back({{*path, read_count_++}, *std::move(block)});
  }
}

std::optional<BlockQueue::Taken> BlockQueue::TakeReady(RecordBlock& block) {
  const std::lock_guard lock(ready_mutex_);
  if (ready_.empty() || stop_.stop_requested()) return std::nullopt;
  Ready ready = std::move(ready_.front());
  ready_.pop_front();
  spare_.push_back(std::exchange(block, std::move(ready.block)));
  return ready.taken;
}

// Returns nullopt when enough blocks are ready.
std::optional<RecordBlock> BlockQueue::TakeSpare() {
  const std::lock_guard lock(ready_mutex_);
  if (ready_.size() >= most_ready_) return std::nullopt;
  if (spare_.empty()) return RecordBlock();
  RecordBlock block = std::move(spare_.back());
  spare_.pop_back();
  return block;
}

}  // namespace hypersigma::internal
