#include "lib/engine/block_queue.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <stop_token>
#include <string>
#include <vector>

#include "tests/unit/engine/temporary_file.h"

namespace hypersigma::internal {
namespace {

// Some blocks of lines that say their number.
std::string ManyLines() {
  std::string text;
  for (int i = 0; i < 40'000; ++i) {
    text += "{\"n\":\"" + std::to_string(i) + std::string(40, '.') + "\"}\n";
  }
  return text;
}

// Returns all records, each behind the position of its path; reads ahead before
// every `period`th block is taken.
std::vector<std::string> TakeAll(BlockQueue& queue, std::uint64_t period) {
  std::vector<std::string> records;
  RecordBlock block;
  for (std::uint64_t count = 0;; ++count) {
    if (count % period == 0) queue.ReadAhead();
    const auto taken = queue.Take(block);
    if (!taken.has_value()) break;
    EXPECT_EQ(taken->sequence, count);
    for (const Record& record : block.records) {
      records.push_back(std::to_string(taken->path));
      records.back() += record.text;
    }
  }
  return records;
}

TEST(BlockQueue, GivesTheSameWhetherOrNotItReadsAhead) {
  const TemporaryFile first(ManyLines(), "first");
  const TemporaryFile second("{}\n", "second");
  const std::vector<std::string> paths = {first.path(), "no such file",
                                          second.path()};
  const FileScanOptions one = {.threads = 1};
  BlockQueue plain(paths, one, {});
  const std::vector<std::string> expected = TakeAll(plain, 1);
  EXPECT_EQ(expected.size(), 40'001u);
  EXPECT_GT(plain.read_count(), 4u);
  EXPECT_EQ(plain.problems().size(), 1u);
  for (const std::uint64_t period : {1u, 2u, 3u}) {
    const FileScanOptions options = {.threads = 3};
    BlockQueue queue(paths, options, {});
    EXPECT_EQ(TakeAll(queue, period), expected);
    EXPECT_EQ(queue.problems().size(), 1u);
  }
}

TEST(BlockQueue, ReadsAheadOneBlockForEachThread) {
  const TemporaryFile file(ManyLines());
  const std::vector<std::string> paths = {file.path()};
  const FileScanOptions options = {.threads = 2};
  BlockQueue queue(paths, options, {});
  // The file is not open yet, and might be something to wait for.
  queue.ReadAhead();
  EXPECT_EQ(queue.read_count(), 0u);
  RecordBlock block;
  ASSERT_TRUE(queue.Take(block).has_value());
  queue.ReadAhead();
  queue.ReadAhead();
  EXPECT_EQ(queue.read_count(), 3u);
}

// Whoever reads ahead has a block to scan, which must not wait for a pipe.
TEST(BlockQueue, DoesNotReadAheadFromAPipe) {
  const std::string path = ::testing::TempDir() + "block_queue_test_" +
                           std::to_string(getpid()) + ".pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const TemporaryFile file("{\"a\":1}\n");
  const std::vector<std::string> paths = {file.path(), path};
  const FileScanOptions options = {.threads = 2};
  BlockQueue queue(paths, options, {});
  RecordBlock block;
  ASSERT_TRUE(queue.Take(block).has_value());
  // Opening the pipe would wait for somebody who writes to it.
  for (int i = 0; i < 3; ++i) queue.ReadAhead();
  EXPECT_LE(queue.read_count(), 2u);
  std::remove(path.c_str());
}

TEST(BlockQueue, EndsOnRequest) {
  const TemporaryFile file(ManyLines());
  const std::vector<std::string> paths = {file.path()};
  std::stop_source stop;
  const FileScanOptions options = {.threads = 2};
  BlockQueue queue(paths, options, stop.get_token());
  RecordBlock block;
  ASSERT_TRUE(queue.Take(block).has_value());
  queue.ReadAhead();
  stop.request_stop();
  EXPECT_FALSE(queue.Take(block).has_value());
}

}  // namespace
}  // namespace hypersigma::internal
