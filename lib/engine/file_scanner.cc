#include "hypersigma/file_scanner.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "lib/engine/file_scanner_blocks.h"
#include "lib/engine/file_scanner_result.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma {
namespace internal {
namespace {

constexpr int kMaxThreads = 256;

// Threads that take blocks in turn, scan them at the same time, and deliver
// their results in the order of the files: whoever finishes the block that is
// due delivers it and all finished ones behind it. The calling thread is one of
// them, so that a single thread needs no other.
class FileScan {
 public:
  FileScan(const Engine& engine, std::span<const std::string> paths,
           const FileScanOptions& options)
      : engine_(engine), options_(options), blocks_(paths, options) {
    summary_.matches_by_rule.resize(engine.rules().size());
  }

  ScanSummary Run(const NdjsonSink& sink) {
    const NdjsonWriter writer(engine_.rules());
    writer_ = &writer;
    deliver_ = [&sink](const BlockResult& result, ScanSummary& summary) {
      if (result.lines.empty()) return absl::OkStatus();
      for (const RuleId rule : result.line_rules) Count(rule, summary);
      return sink(result.lines);
    };
    return RunThreads();
  }

  ScanSummary Run(const MatchSink& sink) {
    deliver_ = [&sink](const BlockResult& result, ScanSummary& summary) {
      for (std::size_t i = 0; i < result.matches.size(); ++i) {
        const StoredMatches::Stored stored = result.matches[i];
        Count(stored.match.rule, summary);
        absl::Status status = sink({result.file, stored.index}, stored.match);
        if (!status.ok()) return status;
      }
      return absl::OkStatus();
    };
    return RunThreads();
  }

 private:
  static void Count(RuleId rule, ScanSummary& summary) {
    ++summary.matches;
    ++summary.matches_by_rule[static_cast<std::size_t>(rule)];
  }

  ScanSummary RunThreads();
  void Work() noexcept;
  absl::Status ScanBlocks();
  void WaitForRoom();
  std::optional<std::size_t> Take(RecordBlock& block, std::uint64_t& sequence);
  void Finish(std::uint64_t sequence, BlockResult result);
  absl::Status Deliver(const BlockResult& result);
  void Stop(absl::Status status);

  const Engine& engine_;
  const FileScanOptions& options_;
  const NdjsonWriter* writer_ = nullptr;
  std::function<absl::Status(const BlockResult&, ScanSummary&)> deliver_;

  std::mutex read_mutex_;  // held while a block is read
  FileBlocks blocks_;
  std::atomic<std::uint64_t> taken_count_ = 0;

  std::mutex mutex_;  // guards what follows
  std::condition_variable room_;
  std::map<std::uint64_t, BlockResult> finished_;
  std::uint64_t delivered_count_ = 0;
  bool delivering_ = false;
  absl::Status status_;
  std::atomic<bool> stopped_ = false;

  ScanSummary summary_;  // of the thread that delivers
};

ScanSummary FileScan::RunThreads() {
  const absl::Time begin = absl::Now();
  if (options_.threads < 1 || options_.threads > kMaxThreads) {
    summary_.status = absl::InvalidArgumentError(absl::StrCat(
        "threads: expected 1 to ", kMaxThreads, ", found ", options_.threads));
    return std::move(summary_);
  }
  std::vector<std::thread> threads;
  try {
    for (int i = 1; i < options_.threads; ++i) {
      threads.emplace_back([this] { Work(); });
    }
  } catch (const std::system_error&) {
    // Those that there are do the work.
  }
  Work();
  for (std::thread& thread : threads) thread.join();
  summary_.file_problems = blocks_.problems();
  summary_.status = status_;
  summary_.elapsed = absl::Now() - begin;
  return std::move(summary_);
}

// No exception leaves a thread; a sink's own ends the scan.
void FileScan::Work() noexcept {
  try {
    absl::Status status = ScanBlocks();
    if (!status.ok()) Stop(std::move(status));
  } catch (const std::bad_alloc&) {
    Stop(absl::ResourceExhaustedError("out of memory"));
  } catch (const std::exception& error) {
    Stop(absl::InternalError(error.what()));
  }
}

absl::Status FileScan::ScanBlocks() {
  absl::StatusOr<Scanner> scanner = Scanner::Create(engine_, options_.scanner);
  if (!scanner.ok()) return std::move(scanner).status();
  RecordBlock block;
  while (!stopped_) {
    WaitForRoom();
    std::uint64_t sequence = 0;
    const std::optional<std::size_t> path = Take(block, sequence);
    if (!path && options_.stop.stop_requested()) {
      return absl::CancelledError("the scan was stopped");
    }
    if (!path) break;
    const BlockPlace from{blocks_.path(*path), *path};
    Finish(sequence, ScanBlock(from, block, options_, writer_, *scanner));
  }
  return absl::OkStatus();
}

// One slow block must not let the finished ones behind it pile up.
void FileScan::WaitForRoom() {
  const std::uint64_t limit = 4 * static_cast<std::uint64_t>(options_.threads);
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    return stopped_ || taken_count_ - delivered_count_ < limit;
  });
}

std::optional<std::size_t> FileScan::Take(RecordBlock& block,
                                          std::uint64_t& sequence) {
  const std::lock_guard lock(read_mutex_);
  if (stopped_) return std::nullopt;
  const std::optional<std::size_t> path = blocks_.Next(block);
  if (path) sequence = taken_count_++;
  return path;
}

void FileScan::Finish(std::uint64_t sequence, BlockResult result) {
  std::unique_lock lock(mutex_);
  finished_.emplace(sequence, std::move(result));
  if (delivering_) return;
  delivering_ = true;
  while (!stopped_) {
    const auto due = finished_.find(delivered_count_);
    if (due == finished_.end()) break;
    const BlockResult next = std::move(due->second);
    finished_.erase(due);
    lock.unlock();
    absl::Status status = Deliver(next);
    if (!status.ok()) Stop(std::move(status));
    lock.lock();
    ++delivered_count_;
    room_.notify_all();
  }
  delivering_ = false;
}

absl::Status FileScan::Deliver(const BlockResult& result) {
  summary_.events += result.events;
  summary_.malformed += result.malformed;
  summary_.repaired += result.repaired;
  summary_.bytes += result.bytes;
  summary_.undecided += result.undecided;
  summary_.unclassified += result.unclassified;
  for (const MalformedRecord& record : result.malformed_records) {
    if (summary_.malformed_records.size() == options_.max_malformed) break;
    summary_.malformed_records.push_back(record);
  }
  for (const UndecidedRecord& record : result.undecided_records) {
    if (summary_.undecided_records.size() == options_.max_undecided) break;
    summary_.undecided_records.push_back(record);
  }
  absl::Status status = deliver_(result, summary_);
  return status.ok() ? result.status : status;
}

void FileScan::Stop(absl::Status status) {
  const std::lock_guard lock(mutex_);
  if (status_.ok()) status_ = std::move(status);
  stopped_ = true;
  room_.notify_all();
}

}  // namespace
}  // namespace internal

ScanSummary ScanToNdjson(const Engine& engine,
                         std::span<const std::string> paths,
                         const FileScanOptions& options,
                         const NdjsonSink& sink) {
  return internal::FileScan(engine, paths, options).Run(sink);
}

ScanSummary ScanFiles(const Engine& engine, std::span<const std::string> paths,
                      const FileScanOptions& options, const MatchSink& sink) {
  return internal::FileScan(engine, paths, options).Run(sink);
}

}  // namespace hypersigma
