// The blocks of a scan's files for threads that take one each.
//
// After file_scanner_blocks, which reads them; before file_scanner. Reading is
// one thread's work at a time: where it does not have to wait for input, blocks
// are read ahead, so that hardly any thread waits for another one to read.

#ifndef HYPERSIGMA_LIB_ENGINE_BLOCK_QUEUE_H_
#define HYPERSIGMA_LIB_ENGINE_BLOCK_QUEUE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/file_scanner.h"
#include "lib/engine/file_scanner_blocks.h"
#include "lib/input/record.h"

namespace hypersigma::internal {

// Thread safe, but for problems(). Borrows the paths and the options.
class BlockQueue {
 public:
  // A request to `stop` ends reading.
  BlockQueue(std::span<const std::string> paths, const FileScanOptions& options,
             std::stop_token stop);

  struct Taken {
    std::size_t path = 0;        // position of the path that it is from
    std::uint64_t sequence = 0;  // from 0, in the order of the files
  };

  // Replaces the content of `block` by the block that comes next; nullopt at
  // the end of the last file and after a request to stop. Waits for a thread
  // that reads, and for input.
  std::optional<Taken> Take(RecordBlock& block);

  // Reads blocks that come next, up to one for each thread of the scan and
  // eight in all, unless there is only one thread, another one is reading, or
  // input may have to be waited for.
  void ReadAhead();

  // How many blocks were read so far, whether or not they were taken.
  std::uint64_t read_count() const { return read_count_; }

  std::string_view path(std::size_t position) const {
    return blocks_.path(position);
  }

  // REQUIRES: no other thread is in a call.
  const std::vector<FileProblem>& problems() const {
    return blocks_.problems();
  }

 private:
  struct Ready {
    Taken taken;
    RecordBlock block;
  };

  std::optional<Taken> TakeReady(RecordBlock& block);
  std::optional<RecordBlock> TakeSpare();

  const std::stop_token stop_;
  const std::size_t most_ready_;

  std::mutex read_mutex_;  // held while blocks are read
  FileBlocks blocks_;
  std::atomic<std::uint64_t> read_count_ = 0;

  std::mutex ready_mutex_;  // guards what follows; may be taken while reading
  std::deque<Ready> ready_;
  std::vector<RecordBlock> spare_;  // for the memory that they have
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_BLOCK_QUEUE_H_
