#include "lib/base/whole_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace hypersigma::internal {
namespace {

namespace fs = std::filesystem;

class WholeFileTest : public ::testing::Test {
 protected:
  WholeFileTest()
      : folder_(::testing::TempDir() + "whole_file_test_" +
                std::to_string(getpid())) {
    fs::create_directory(folder_);
  }
  ~WholeFileTest() override { fs::remove_all(folder_); }

  std::string PathOf(const std::string& name) const {
    return (folder_ / name).string();
  }
  std::size_t FileCount() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_), {}));
  }

  fs::path folder_;
};

TEST_F(WholeFileTest, GivesBackWhatWasWritten) {
  const std::string path = PathOf("a");
  const std::string bytes("\0 bytes \xff", 9);
  ASSERT_TRUE(WriteWholeFile(path, bytes).ok());
  const absl::StatusOr<WholeFile> file = ReadWholeFile(path);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->bytes(), bytes);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file->bytes().data()) % 16, 0u);
}

TEST_F(WholeFileTest, ReplacesAndLeavesNothingBehind) {
  const std::string path = PathOf("a");
  ASSERT_TRUE(WriteWholeFile(path, "a long text").ok());
  ASSERT_TRUE(WriteWholeFile(path, "short").ok());
  EXPECT_EQ(ReadWholeFile(path)->bytes(), "short");
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(WholeFileTest, IsNeverSeenInParts) {
  const std::string path = PathOf("a");
  const std::string one(1 << 20, '1');
  const std::string two(1 << 20, '2');
  ASSERT_TRUE(WriteWholeFile(path, one).ok());
  const auto write = [&path](const std::string& text) {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(WriteWholeFile(path, text).ok());
  };
  std::thread first(write, one);
  std::thread second(write, two);
  for (int i = 0; i < 50; ++i) {
    const absl::StatusOr<WholeFile> file = ReadWholeFile(path);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_TRUE(file->bytes() == one || file->bytes() == two);
  }
  first.join();
  second.join();
  EXPECT_EQ(FileCount(), 1u);
}

TEST_F(WholeFileTest, SaysWhatIsWrong) {
  EXPECT_EQ(
      ReadWholeFile(PathOf("none")).status(),
      absl::NotFoundError(PathOf("none") + ": No such file or directory"));
  EXPECT_EQ(ReadWholeFile(folder_.string()).status(),
            absl::InvalidArgumentError(folder_.string() + ": not a file"));
  EXPECT_EQ(WriteWholeFile(folder_.string(), ""),
            absl::InvalidArgumentError(folder_.string() + ": not a file"));
  EXPECT_EQ(WriteWholeFile(PathOf("no/folder"), "").code(),
            absl::StatusCode::kNotFound);
}

TEST_F(WholeFileTest, DoesNotTakeTheNameOfAnotherWriter) {
  // As a writer leaves it that was killed.
  const std::string left = PathOf("a." + std::to_string(getpid()) + "-0.tmp");
  ASSERT_TRUE(WriteWholeFile(left, "left").ok());
  ASSERT_TRUE(WriteWholeFile(PathOf("a"), "new").ok());
  EXPECT_EQ(ReadWholeFile(PathOf("a"))->bytes(), "new");
  EXPECT_EQ(ReadWholeFile(left)->bytes(), "left");
}

}  // namespace
}  // namespace hypersigma::internal
