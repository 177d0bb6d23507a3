// Many scanners on one engine at once; run under ThreadSanitizer by ./dev
// check.

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace hypersigma {
namespace {

constexpr char kRules[] = R"(
title: literal
logsource: {category: test}
detection:
  s: {Image|endswith: '\cmd.exe', Args|contains|all: ['/c', 'whoami']}
  condition: s
---
title: on demand
logsource: {category: test}
detection:
  s: {Args|re: 'who(ami)? /all$'}
  k: ['secret*word']
  condition: s or k
---
title: negation
logsource: {category: test}
detection:
  s: {Image: null}
  condition: not s
)";

TEST(SharedEngine, ScannersOnManyThreadsAgree) {
  absl::StatusOr<Engine> engine = Engine::Build(RuleSet::FromYaml(kRules));
  ASSERT_TRUE(engine.ok()) << engine.status();
  const std::vector<std::pair<std::string, std::size_t>> events = {
      {R"({"Image":"C:\\CMD.EXE","Args":"/c whoami /all"})", 3},
      {R"({"Image":"C:\\x.exe","Args":"a secret wörd, a secret word"})", 2},
      {R"({"Args":"/c whoami"})", 0},
  };
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      absl::StatusOr<Scanner> scanner = Scanner::Create(*engine);
      for (int i = 0; i < 300; ++i) {
        const auto& [json, expected] = events[i % events.size()];
        const auto result = scanner->ScanJson(json);
        if (!result.ok() || result->matches.size() != expected) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace hypersigma
