// A warm scanner allocates nothing. A program of its own, since it replaces the
// global operator new.

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"

namespace {

std::atomic<std::size_t> allocation_count = 0;

void* CountedAllocate(std::size_t size) {
  ++allocation_count;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return CountedAllocate(size); }
void* operator new[](std::size_t size) { return CountedAllocate(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace hypersigma {
namespace {

constexpr char kRules[] = R"(
title: r
logsource: {category: test}
detection:
  s:
    Image|endswith: '\cmd.exe'
    Args|re: 'who(ami)? /all'
    Port|gt: 10
    Address|cidr: 10.0.0.0/8
    Name|contains: 'a*é'
    Nested.Field: 1.5
  k: [evil]
  condition: s and k
)";

constexpr char kEvent[] =
    R"({"Image":"C:\\CMD.EXE","Args":"whoami /all","Port":1e3,)"
    R"("Address":"10.1.2.3","Name":"xAxxÉ","Nested":{"Field":1.50},)"
    R"("Other":[1,"evil \u00e9\n",{"deep":null}]})";

TEST(Allocation, WarmScannerNeedsNone) {
  absl::StatusOr<Engine> engine = Engine::Build(RuleSet::FromYaml(kRules));
  ASSERT_TRUE(engine.ok()) << engine.status();
  absl::StatusOr<Scanner> scanner = Scanner::Create(*engine);
  ASSERT_TRUE(scanner.ok()) << scanner.status();
  const std::string damaged = std::string(kEvent).replace(20, 1, "\xFF");
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(scanner->ScanJson(kEvent)->matches.size(), 1u);
    ASSERT_TRUE(scanner->ScanJson(damaged)->repaired);
  }
  const std::size_t before = allocation_count;
  for (int i = 0; i < 100; ++i) {
    const auto result = scanner->ScanJson(kEvent);
    ASSERT_TRUE(result.ok());
    ASSERT_EQ(result->matches.size(), 1u);
    ASSERT_TRUE(scanner->ScanJson(damaged)->repaired);
  }
  EXPECT_EQ(allocation_count, before);
}

}  // namespace
}  // namespace hypersigma
