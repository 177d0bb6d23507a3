#include "hypersigma/engine_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "hypersigma/scanner.h"
#include "lib/base/whole_file.h"

namespace hypersigma {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr char kRule[] =
    "title: a\nlogsource: {product: x}\ndetection:\n  s: {f|contains: "
    "needle}\n  condition: s\n";

class EngineCacheTest : public ::testing::Test {
 protected:
  EngineCacheTest()
      : folder_(::testing::TempDir() + "engine_cache_test_" +
                std::to_string(getpid())) {
    fs::create_directories(folder_ / "rules");
    WriteRule("a.yml", kRule);
  }
  ~EngineCacheTest() override { fs::remove_all(folder_); }

  void WriteRule(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / "rules" / name) << text;
  }
  std::string cache() const { return (folder_ / "new" / "cache").string(); }
  EngineSource source() const {
    EngineSource source;
    source.paths = {(folder_ / "rules").string()};
    return source;
  }

  // Errors fail the test.
  CachedEngine Get(const EngineSource& source) const {
    absl::StatusOr<CachedEngine> cached = LoadOrBuild(source, cache());
    EXPECT_TRUE(cached.ok()) << cached.status();
    return *std::move(cached);
  }
  CachedEngine Get() const { return Get(source()); }

  std::size_t FileCount() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(cache()), {}));
  }

  fs::path folder_;
};

std::size_t MatchCount(const Engine& engine) {
  Scanner scanner = Scanner::Create(engine).value();
  return scanner.ScanJson(R"({"f":"a needle"})")->matches.size();
}

TEST_F(EngineCacheTest, BuildsOnceAndLoadsThen) {
  const CachedEngine first = Get();
  EXPECT_FALSE(first.is_loaded);
  EXPECT_EQ(first.note, "");
  EXPECT_TRUE(fs::exists(first.file));
  const CachedEngine second = Get();
  EXPECT_TRUE(second.is_loaded);
  EXPECT_EQ(second.note, "");
  EXPECT_EQ(second.file, first.file);
  EXPECT_EQ(MatchCount(first.engine), 1u);
  EXPECT_EQ(MatchCount(second.engine), 1u);
  EXPECT_EQ(ToJson(second.engine.report()), ToJson(first.engine.report()));
}

TEST_F(EngineCacheTest, BuildsForEveryChange) {
  EXPECT_FALSE(Get().is_loaded);
  WriteRule("a.yml", std::string(kRule) + "level: high\n");
  EXPECT_FALSE(Get().is_loaded);
  WriteRule("b.yml", kRule);
  EXPECT_FALSE(Get().is_loaded);
  EngineSource changed = source();
  changed.rule_options.strict = true;
  EXPECT_FALSE(Get(changed).is_loaded);
  changed = source();
  changed.rule_options.placeholders["p"] = {"v"};
  EXPECT_FALSE(Get(changed).is_loaded);
  changed = source();
  changed.pipelines.push_back(Pipeline::BuiltIn("sysmon").value());
  EXPECT_FALSE(Get(changed).is_loaded);
  changed = source();
  changed.engine_options.taxonomy = Taxonomy::Empty();
  EXPECT_FALSE(Get(changed).is_loaded);
  changed = source();
  changed.engine_options.log_source_field = "source";
  EXPECT_FALSE(Get(changed).is_loaded);
  changed = source();
  changed.engine_options.profile = Profile::FromNdjson(
                                       "{\"hypersigma_profile\":1,\"events\":0,"
                                       "\"log_sources\":0,\"predicates\":0}")
                                       .value();
  EXPECT_FALSE(Get(changed).is_loaded);
  // Each has left its own file.
  EXPECT_EQ(FileCount(), 9u);
  EXPECT_TRUE(Get().is_loaded);
  EXPECT_TRUE(Get(changed).is_loaded);
}

TEST_F(EngineCacheTest, ReplacesWhatIsDamaged) {
  const std::string file = Get().file;
  std::string bytes(internal::ReadWholeFile(file)->bytes());
  bytes[bytes.size() / 2] ^= 1;
  ASSERT_TRUE(internal::WriteWholeFile(file, bytes).ok());
  const CachedEngine rebuilt = Get();
  EXPECT_FALSE(rebuilt.is_loaded);
  EXPECT_EQ(rebuilt.note,
            "engine file replaced: " + file + ": its checksum is wrong");
  EXPECT_EQ(MatchCount(rebuilt.engine), 1u);
  EXPECT_TRUE(Get().is_loaded);
}

TEST_F(EngineCacheTest, ReplacesTheFileOfOtherRules) {
  const std::string file = Get().file;
  EngineSource other = source();
  other.rule_options.strict = true;
  fs::copy_file(Get(other).file, file, fs::copy_options::overwrite_existing);
  const CachedEngine rebuilt = Get();
  EXPECT_FALSE(rebuilt.is_loaded);
  EXPECT_THAT(rebuilt.note, HasSubstr("of rules and options"));
  EXPECT_TRUE(Get().is_loaded);
}

TEST_F(EngineCacheTest, WorksWithoutAFolder) {
  WriteRule("file", "");
  const std::string file = (folder_ / "rules" / "file").string();
  const absl::StatusOr<CachedEngine> cached = LoadOrBuild(source(), file);
  ASSERT_TRUE(cached.ok()) << cached.status();
  EXPECT_THAT(cached->note, HasSubstr("engine file not written: "));
  EXPECT_EQ(MatchCount(cached->engine), 1u);
}

TEST_F(EngineCacheTest, HasTheErrorsOfLoading) {
  EngineSource missing;
  missing.paths = {"no/such/path"};
  EXPECT_TRUE(absl::IsNotFound(LoadOrBuild(missing, cache()).status()));
}

TEST_F(EngineCacheTest, AccountsForFilesThatCannotBeRead) {
  fs::create_symlink("nowhere", folder_ / "rules" / "c.yml");
  const CachedEngine first = Get();
  EXPECT_EQ(first.engine.report().Count(DocumentStatus::kRefused), 1u);
  const RuleSet rules = RuleSet::FromPaths(source().paths).value();
  EXPECT_EQ(ToJson(first.engine.report()), ToJson(rules.report()));
  EXPECT_EQ(ToJson(Get().engine.report()), ToJson(rules.report()));
}

TEST_F(EngineCacheTest, IsSharedByProcesses) {
  constexpr int kProcesses = 4;
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      bool is_right = true;
      for (int round = 0; round < 20 && is_right; ++round) {
        const absl::StatusOr<CachedEngine> cached =
            LoadOrBuild(source(), cache());
        is_right = cached.ok() && cached->note.empty() &&
                   MatchCount(cached->engine) == 1;
        // The next one builds again.
        std::error_code ignored;
        if (is_right && round % 3 == 0) fs::remove(cached->file, ignored);
      }
      _exit(is_right ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  // Nothing half written is left.
  for (const auto& entry : fs::directory_iterator(cache())) {
    EXPECT_EQ(entry.path().extension(), ".hsengine");
  }
}

}  // namespace
}  // namespace hypersigma
