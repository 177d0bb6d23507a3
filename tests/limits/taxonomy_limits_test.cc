// Limits of taxonomies and routes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"
#include "lib/base/limits.h"

namespace hypersigma {
namespace {

using internal::kMaxLayoutPlaces;
using internal::kMaxLayouts;
using internal::kMaxLogSourceBytes;
using internal::kMaxLogSourceEntries;
using internal::kMaxRoutes;
using ::testing::HasSubstr;

std::string MessageOf(std::string_view yaml) {
  const auto taxonomy = Taxonomy::Empty().Extend(yaml);
  if (taxonomy.ok()) return "fine";
  EXPECT_EQ(taxonomy.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(taxonomy.status().message());
}

std::string Repeat(std::size_t count, std::string_view before,
                   std::string_view after) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += std::string(before) + std::to_string(i) + std::string(after);
  }
  return text;
}

TEST(Layouts, OfATaxonomyAreLimited) {
  const std::string head = "layouts:\n";
  EXPECT_EQ(MessageOf(head + Repeat(kMaxLayouts, "- {name: l", "}\n")), "fine");
  EXPECT_EQ(MessageOf(head + Repeat(kMaxLayouts + 1, "- {name: l", "}\n")),
            "<yaml>:1:1: too many layouts, expected at most 32");
}

TEST(LayoutPlaces, OfALayoutAreLimited) {
  const auto layout = [](std::size_t count) {
    return "layouts:\n- name: l\n  fields:\n" + Repeat(count, "  - p", ".*\n");
  };
  EXPECT_EQ(MessageOf(layout(kMaxLayoutPlaces)), "fine");
  EXPECT_THAT(MessageOf(layout(kMaxLayoutPlaces + 1)),
              HasSubstr("too many places, expected at most 32"));
}

TEST(LogSourceEntries, OfATaxonomyAreLimited) {
  const auto map = [](std::size_t count) {
    return "log_sources:\n" +
           Repeat(count, "- {when: {a: b}, is: [{product: p}], name: n", "}\n");
  };
  EXPECT_EQ(MessageOf(map(kMaxLogSourceEntries)), "fine");
  EXPECT_THAT(MessageOf(map(kMaxLogSourceEntries + 1)),
              HasSubstr("too many entries of log_sources, expected at most "
                        "10000"));
}

Engine Believing(const std::string& rules) {
  return Engine::Build(RuleSet::FromYaml(rules), {.taxonomy = Taxonomy::Empty(),
                                                  .log_source_field = "said"})
      .value();
}

std::size_t PeakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024;
}

TEST(Routes, OfAScannerAreLimited) {
  const Engine engine = Believing(
      Repeat(20'000, "title: r",
             "\nlogsource: {product: p}\ndetection: {s: {f: x}, condition: s}"
             "\n---\n"));
  ASSERT_EQ(engine.rules().size(), 20'000u);
  Scanner scanner = Scanner::Create(engine).value();
  const auto scan = [&scanner](std::size_t i) {
    const std::string event =
        R"({"f":"x","said":{"product":"p)" + std::to_string(i) + R"("}})";
    EXPECT_TRUE(scanner.ScanJson(event).value().matches.empty());
  };
  for (std::size_t i = 0; i < 2 * kMaxRoutes; ++i) scan(i);
  const std::size_t before = PeakBytes();
  // Ten times as many would take 25 MB more.
  for (std::size_t i = 0; i < 12 * kMaxRoutes; ++i) scan(i);
  EXPECT_LT(PeakBytes() - before, std::size_t{8} << 20);
}

TEST(StatedLogSource, LongAttributesAreNotBelieved) {
  const Engine engine = Believing(
      "title: t\nlogsource: {product: p}\n"
      "detection: {s: {f: x}, condition: s}\n");
  Scanner scanner = Scanner::Create(engine).value();
  const auto matches = [&scanner](std::size_t bytes) {
    const std::string event =
        R"({"f":"x","said":{"product":")" + std::string(bytes, 'q') + R"("}})";
    return scanner.ScanJson(event).value().matches.size();
  };
  EXPECT_EQ(matches(kMaxLogSourceBytes), 0u);
  // Unclassified: tested against all rules.
  EXPECT_EQ(matches(kMaxLogSourceBytes + 1), 1u);
}

}  // namespace
}  // namespace hypersigma
