#include "lib/rule/rule_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

// A folder of its own for each test.
class RuleFiles : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(testing::TempDir()) /
            ("hypersigma_rule_files_" + std::to_string(getpid()) + "_" +
             test->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string Path(const std::string& name) { return (root_ / name).string(); }

  void Write(const std::string& name, const std::string& content = "") {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name, std::ios::binary) << content;
  }

  // Returns the paths below the folder, problems with their message.
  std::vector<std::string> Find() {
    const auto files = FindRuleFiles(root_.string());
    std::vector<std::string> found;
    for (const RuleFile& file : files.value()) {
      std::string path = fs::path(file.path).lexically_relative(root_).string();
      if (!file.status.ok()) {
        path += ": " + std::string(file.status.message());
      }
      found.push_back(path);
    }
    return found;
  }

  fs::path root_;
};

TEST_F(RuleFiles, AreFoundBelowAFolderInOrder) {
  Write("b/x.yml");
  Write("b.yaml");
  Write("a.yml");
  Write("b/c/y.yml");
  Write("a.txt");
  Write("yml");
  EXPECT_THAT(Find(), ElementsAre("a.yml", "b.yaml", "b/c/y.yml", "b/x.yml"));
}

TEST_F(RuleFiles, AreFoundThroughLinksOnce) {
  Write("a/x.yml");
  fs::create_directory_symlink(root_, root_ / "a" / "loop");
  fs::create_directory_symlink("a", root_ / "b");
  fs::create_symlink("a/x.yml", root_ / "y.yml");
  fs::create_symlink("nothing", root_ / "z.yml");
  EXPECT_THAT(Find(), ElementsAre("a/x.yml", "y.yml", "z.yml: broken link"));
}

TEST_F(RuleFiles, ThatAreNoFilesAreProblems) {
  ASSERT_EQ(mkfifo(Path("x.yml").c_str(), 0600), 0);
  EXPECT_THAT(Find(), ElementsAre("x.yml: not a file"));
}

TEST_F(RuleFiles, InUnreadableFoldersAreProblems) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may read every folder";
  Write("a/x.yml");
  fs::permissions(root_ / "a", fs::perms::none);
  EXPECT_THAT(Find(), ElementsAre("a: Permission denied"));
  fs::permissions(root_ / "a", fs::perms::owner_all);
}

TEST_F(RuleFiles, AreTakenByPathWhateverTheirName) {
  Write("rules.txt");
  const auto files = FindRuleFiles(Path("rules.txt"));
  ASSERT_TRUE(files.ok());
  ASSERT_EQ(files->size(), 1u);
  EXPECT_EQ(files->at(0).path, Path("rules.txt"));
}

TEST_F(RuleFiles, ThatDoNotExistAreAnError) {
  const auto files = FindRuleFiles(Path("nothing"));
  EXPECT_EQ(files.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(files.status().message(),
            Path("nothing") + ": no such file or folder");
}

TEST_F(RuleFiles, AreReadWhole) {
  std::string content(300'000, 'x');
  content[1'000] = '\0';
  Write("a.yml", content);
  EXPECT_EQ(ReadRuleFile(Path("a.yml")).value(), content);
  Write("empty.yml");
  EXPECT_EQ(ReadRuleFile(Path("empty.yml")).value(), "");
}

TEST_F(RuleFiles, ThatAreMissingOrFoldersCannotBeRead) {
  EXPECT_EQ(ReadRuleFile(Path("nothing")).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadRuleFile(root_.string()).status().code(),
            absl::StatusCode::kInternal);
}

TEST_F(RuleFiles, OverTheLimitAreNotRead) {
  Write("a.yml");
  fs::resize_file(root_ / "a.yml", kMaxYamlBytes);
  EXPECT_TRUE(ReadRuleFile(Path("a.yml")).ok());
  fs::resize_file(root_ / "a.yml", kMaxYamlBytes + 1);
  const auto content = ReadRuleFile(Path("a.yml"));
  EXPECT_EQ(content.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(content.status().message(),
            "file is too large, expected at most 16777216 bytes");
}

}  // namespace
}  // namespace hypersigma::internal
