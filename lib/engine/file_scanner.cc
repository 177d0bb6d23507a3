#include "hypersigma/file_scanner.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/engine/block_queue.h"
#include "lib/engine/file_scanner_result.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma {
namespace internal {
namespace {

constexpr int kMaxThreads = 256;

// The first `count` of the block's lines, each of which is a match.
std::string_view FirstLines(const BlockResult& result, std::size_t count) {
  const std::string_view lines = result.lines;
  if (count == result.line_rules.size()) return lines;
  std::size_t end = 0;
  for (; count > 0; --count) end = lines.find('\n', end) + 1;
  return lines.substr(0, end);
}

// Threads that take blocks in turn, scan them at the same time, and deliver
// their results in the order of the files: whoever finishes the block that is
// due delivers it and all finished ones behind it. The calling thread is one of
// them, so that a single thread needs no other.
class FileScan {
 public:
  FileScan(const Engine& engine, std::span<const std::string> paths,
           const FileScanOptions& options)
      : engine_(engine),
        options_(options),
        queue_(paths, options, reading_.get_token()),
        on_stop_(options.stop, [this] { reading_.request_stop(); }) {
    summary_.matches_by_rule.resize(engine.rules().size());
    summary_.files.resize(paths.size());
  }

  ScanSummary Run(const NdjsonSink& sink) {
    renders_ = true;
    deliver_ = [this, &sink](const BlockResult& result) {
      const std::size_t count = Room(result.line_rules.size());
      if (count == 0) return absl::OkStatus();
      for (const RuleId rule : std::span(result.line_rules).first(count)) {
        Count(rule, result);
      }
      CountComputers(result, count);
      return sink(FirstLines(result, count));
    };
    return RunThreads();
  }

  ScanSummary Run(const MatchSink& sink) {
    deliver_ = [this, &sink](const BlockResult& result) {
      const std::size_t count = Room(result.matches.size());
      for (std::size_t i = 0; i < count; ++i) {
        const StoredMatches::Stored stored = result.matches[i];
        Count(stored.match.rule, result);
        absl::Status status = sink({result.file, stored.index}, stored.match);
        if (!status.ok()) return status;
      }
      CountComputers(result, count);
      return absl::OkStatus();
    };
    return RunThreads();
  }

 private:
  void Count(RuleId rule, const BlockResult& result) {
    ++summary_.matches;
    ++summary_.matches_by_rule[static_cast<std::size_t>(rule)];
    ++summary_.files[result.path].matches;
  }

  // How many of `count` more matches there may be.
  std::size_t Room(std::size_t count) const {
    if (!options_.max_matches) return count;
    return static_cast<std::size_t>(std::min<std::uint64_t>(
        count, *options_.max_matches - summary_.matches));
  }

  ScanSummary RunThreads();
  void Work() noexcept;
  absl::Status ScanBlocks();
  BlockResult WaitForRoom();
  void Finish(std::uint64_t sequence, BlockResult result);
  absl::Status Deliver(const BlockResult& result);
  void CountEvents(const BlockResult& result);
  void CountComputers(const BlockResult& result, std::size_t matches);
  void ShowProgress() const;
  void Stop(absl::Status status);

  const Engine& engine_;
  const FileScanOptions& options_;
  bool renders_ = false;  // matches, instead of storing them
  std::function<absl::Status(const BlockResult&)> deliver_;

  // Also ends a read that waits, once nobody wants what it would give.
  std::stop_source reading_;
  BlockQueue queue_;
  std::stop_callback<std::function<void()>> on_stop_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable room_;
  std::map<std::uint64_t, BlockResult> finished_;
  std::vector<BlockResult> spare_;  // for the memory that they have
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
  summary_.file_problems = queue_.problems();
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
  std::optional<NdjsonWriter> writer;
  if (renders_) writer.emplace(engine_.rules());
  RecordBlock block;
  while (!stopped_) {
    BlockResult result = WaitForRoom();
    const std::optional<BlockQueue::Taken> taken = queue_.Take(block);
    if (!taken && options_.stop.stop_requested()) {
      return absl::CancelledError("the scan was stopped");
    }
    if (!taken) break;
    queue_.ReadAhead();
    const BlockPlace from{queue_.path(taken->path), taken->path};
    ScanBlock(from, block, options_, writer ? &*writer : nullptr, *scanner,
              result);
    Finish(taken->sequence, std::move(result));
  }
  return absl::OkStatus();
}

// One slow block must not let the finished ones behind it pile up. Returns what
// to put the next one into.
BlockResult FileScan::WaitForRoom() {
  const std::uint64_t limit = 4 * static_cast<std::uint64_t>(options_.threads);
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    return stopped_ || queue_.read_count() - delivered_count_ < limit;
  });
  if (spare_.empty()) return {};
  BlockResult spare = std::move(spare_.back());
  spare_.pop_back();
  return spare;
}

void FileScan::Finish(std::uint64_t sequence, BlockResult result) {
  std::unique_lock lock(mutex_);
  finished_.emplace(sequence, std::move(result));
  if (delivering_) return;
  delivering_ = true;
  while (!stopped_) {
    const auto due = finished_.find(delivered_count_);
    if (due == finished_.end()) break;
    BlockResult next = std::move(due->second);
    finished_.erase(due);
    lock.unlock();
    absl::Status status = Deliver(next);
    if (!status.ok()) Stop(std::move(status));
    next.Clear();
    lock.lock();
    if (spare_.size() < static_cast<std::size_t>(options_.threads)) {
      spare_.push_back(std::move(next));
    }
    ++delivered_count_;
    room_.notify_all();
  }
  delivering_ = false;
}

absl::Status FileScan::Deliver(const BlockResult& result) {
  CountEvents(result);
  HS_RETURN_IF_ERROR(deliver_(result));
  if (options_.progress != nullptr) ShowProgress();
  HS_RETURN_IF_ERROR(result.status);
  if (options_.max_matches && summary_.matches == *options_.max_matches) {
    summary_.is_limited = true;
    Stop(absl::OkStatus());
  }
  return absl::OkStatus();
}

void FileScan::CountEvents(const BlockResult& result) {
  summary_.events += result.events;
  summary_.files[result.path].events += result.events;
  summary_.malformed += result.malformed;
  summary_.repaired += result.repaired;
  summary_.bytes += result.bytes;
  summary_.undecided += result.undecided;
  summary_.unclassified += result.unclassified;
  summary_.outside_times += result.outside_times;
  summary_.undated += result.undated;
  for (const MalformedRecord& record : result.malformed_records) {
    if (options_.malformed) options_.malformed(record);
    if (summary_.malformed_records.size() < options_.max_malformed) {
      summary_.malformed_records.push_back(record);
    }
  }
  for (const UndecidedRecord& record : result.undecided_records) {
    if (summary_.undecided_records.size() == options_.max_undecided) break;
    summary_.undecided_records.push_back(record);
  }
}

// Of the block's first `matches`.
void FileScan::CountComputers(const BlockResult& result, std::size_t matches) {
  std::map<std::string, std::uint64_t>& counts = summary_.matches_by_computer;
  for (const BlockResult::ComputerMatches& each : result.computers) {
    const std::size_t count = std::min(each.matches, matches);
    if (count == 0) return;
    const auto known = counts.find(each.computer);
    if (known != counts.end()) {
      known->second += count;
    } else if (counts.size() < kMaxCountedComputers) {
      counts.emplace(each.computer, count);
    } else {
      counts[""] += count;
    }
    matches -= count;
  }
}

void FileScan::ShowProgress() const {
  options_.progress->events = summary_.events;
  options_.progress->matches = summary_.matches;
  options_.progress->bytes = summary_.bytes;
}

void FileScan::Stop(absl::Status status) {
  const std::lock_guard lock(mutex_);
  if (status_.ok()) status_ = std::move(status);
  stopped_ = true;
  reading_.request_stop();
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
