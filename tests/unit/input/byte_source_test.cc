#include "lib/input/byte_source.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::HasSubstr;

// A file of this test that grows.
class GrowingFile {
 public:
  GrowingFile() { std::remove(path_.c_str()); }
  ~GrowingFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }
  void Append(std::string_view text) const {
    std::ofstream(path_, std::ios::app | std::ios::binary) << text;
  }

 private:
  std::string path_ = ::testing::TempDir() + "byte_source_test";
};

class ByteSourceTest : public ::testing::Test {
 protected:
  ByteReaderOptions Following() {
    return {.stop = stop_.get_token(),
            .follow = true,
            .stored_bytes = &stored_bytes_};
  }

  std::unique_ptr<ByteSource> Open(const ByteReaderOptions& options) {
    auto source = ByteSource::Open(file_.path(), options);
    EXPECT_TRUE(source.ok()) << source.status();
    return *std::move(source);
  }

  // Some bytes, or "error: ...".
  static std::string Read(ByteSource& source) {
    std::string bytes(100, '\0');
    const absl::StatusOr<std::size_t> count = source.ReadInto(bytes);
    if (!count.ok()) return "error: " + std::string(count.status().message());
    return bytes.substr(0, *count);
  }

  GrowingFile file_;
  std::stop_source stop_;
  std::atomic<std::uint64_t> stored_bytes_ = 0;
};

TEST_F(ByteSourceTest, EndsAtTheEndOfTheFile) {
  file_.Append("abc");
  const auto source = Open({.stored_bytes = &stored_bytes_});
  EXPECT_EQ(Read(*source), "abc");
  EXPECT_EQ(Read(*source), "");
  EXPECT_EQ(stored_bytes_, 3u);
}

TEST_F(ByteSourceTest, FollowsAFileThatGrows) {
  file_.Append("a\n");
  const auto source = Open(Following());
  EXPECT_EQ(Read(*source), "a\n");
  std::thread writer([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    file_.Append("b\n");
  });
  EXPECT_EQ(Read(*source), "b\n");
  writer.join();
  EXPECT_EQ(stored_bytes_, 4u);
}

TEST_F(ByteSourceTest, StopsWaiting) {
  file_.Append("a\n");
  const auto source = Open(Following());
  EXPECT_EQ(Read(*source), "a\n");
  std::thread stopper([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop_.request_stop();
  });
  EXPECT_EQ(Read(*source), "error: stopped");
  stopper.join();
}

TEST_F(ByteSourceTest, GoesOnWithTheFileThatTakesTheName) {
  file_.Append("a\n");
  const auto source = Open(Following());
  EXPECT_EQ(Read(*source), "a\n");
  // Its last words come before those of the new file.
  const std::string old_name = file_.path() + ".1";
  std::filesystem::rename(file_.path(), old_name);
  std::ofstream(old_name, std::ios::app) << "last";
  file_.Append("new\n");
  EXPECT_EQ(Read(*source), "last");
  // The line that has no end gets one.
  EXPECT_EQ(Read(*source), "\n");
  EXPECT_EQ(Read(*source), "new\n");
  std::remove(old_name.c_str());
}

TEST_F(ByteSourceTest, WaitsForANameThatIsGone) {
  file_.Append("a\n");
  const auto source = Open(Following());
  EXPECT_EQ(Read(*source), "a\n");
  std::remove(file_.path().c_str());
  std::thread writer([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    file_.Append("b\n");
  });
  EXPECT_EQ(Read(*source), "b\n");
  writer.join();
}

TEST_F(ByteSourceTest, BeginsAnewWhenTheFileIsTruncated) {
  file_.Append("some text\n");
  const auto source = Open(Following());
  EXPECT_EQ(Read(*source), "some text\n");
  std::ofstream(file_.path(), std::ios::trunc) << "b\n";
  EXPECT_EQ(Read(*source), "b\n");
}

TEST_F(ByteSourceTest, DoesNotFollowStandardInput) {
  const auto source = ByteSource::Open("-", Following());
  EXPECT_EQ(source.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(source.status().message()),
              HasSubstr("cannot be followed"));
}

}  // namespace
}  // namespace hypersigma::internal
