// Threads that take blocks of files, read ahead, and deliver in order; run
// under ThreadSanitizer by ./dev check.

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"

namespace hypersigma {
namespace {

constexpr char kRules[] = R"(
title: some
logsource: {category: test}
detection:
  s: {N|endswith: '7', Text|contains: 'needle'}
  condition: s
)";

// Several blocks of lines, some of which match and one of which is no JSON.
std::string ManyEvents() {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text += "{\"N\":\"" + std::to_string(i) + "\",\"Text\":\"a needle in " +
            std::string(60, '-') + "\"}\n";
  }
  return text + "{\n";
}

TEST(FileThreads, GiveWhatOneGives) {
  const std::string path =
      ::testing::TempDir() + "file_threads_test_" + std::to_string(getpid());
  std::ofstream(path, std::ios::binary) << ManyEvents();
  const Engine engine = Engine::Build(RuleSet::FromYaml(kRules)).value();
  const std::vector<std::string> paths = {path, path};
  const auto scan = [&](int threads) {
    std::string lines;
    const ScanSummary summary = ScanToNdjson(
        engine, paths, {.threads = threads}, [&](std::string_view block) {
          lines += block;
          return absl::OkStatus();
        });
    EXPECT_TRUE(summary.status.ok()) << summary.status;
    EXPECT_EQ(summary.matches, 4'000u);
    EXPECT_EQ(summary.malformed, 2u);
    return lines;
  };
  const std::string expected = scan(1);
  for (const int threads : {2, 4, 12}) EXPECT_EQ(scan(threads), expected);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace hypersigma
