#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/stages/per_event.h"
#include "bench/support/check.h"
#include "bench/support/events.h"
#include "bench/support/flags.h"
#include "bench/support/json_line.h"
#include "bench/support/or_die.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/event.h"

namespace hypersigma::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::ExitedWithCode;

Events NumberedEvents(int count) {
  std::vector<std::string> lines;
  for (int i = 0; i < count; ++i) {
    lines.push_back(JsonLine().Add("n", std::to_string(i)).Finish());
  }
  return Events::FromLines(lines);
}

TEST(Flags, TakesItsOwnAndLeavesTheOthers) {
  std::string arguments[] = {"program", "--rules=a=b", "--benchmark_filter=x",
                             "--large", "--check=7"};
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  int argc = static_cast<int>(argv.size());
  Flags flags(argc, argv.data());
  EXPECT_EQ(flags.TakeText("rules", "none"), "a=b");
  EXPECT_EQ(flags.TakeText("rules", "none"), "none");
  EXPECT_EQ(flags.TakeCount("check", 1), 7u);
  EXPECT_TRUE(flags.TakeSwitch("large"));
  EXPECT_FALSE(flags.TakeSwitch("large"));
  ASSERT_EQ(argc, 2);
  EXPECT_STREQ(argv[1], "--benchmark_filter=x");
}

TEST(FlagsDeathTest, RefusesWhatIsNoNumber) {
  std::string program = "program";
  std::string check = "--check=7x";
  char* argv[] = {program.data(), check.data()};
  int argc = 2;
  EXPECT_EXIT(Flags(argc, argv).TakeCount("check", 1),
              ExitedWithCode(kCannotRun), "--check takes a whole number");
}

TEST(Events, AreSpreadEvenlyInASample) {
  EXPECT_THAT(NumberedEvents(8).Sample(4).lines(),
              ElementsAre(R"({"n":"0"})", R"({"n":"2"})", R"({"n":"4"})",
                          R"({"n":"6"})"));
  EXPECT_EQ(NumberedEvents(3).Sample(100).lines().size(), 3u);
}

TEST(Events, CanBeReadBehindTheLast) {
  const Events events = NumberedEvents(2);
  EXPECT_GE(events.ReadableBehind(events.lines().back()), kJsonPadding);
  EXPECT_EQ(events.byte_count(), 18u);
}

TEST(Events, AreReadFromAFileWithoutEmptyLines) {
  const std::string path =
      (std::filesystem::path(::testing::TempDir()) / "events.ndjson").string();
  std::ofstream(path) << "{\"a\":1}\n\n{\"b\":2}";
  EXPECT_THAT(Events::Read(path).lines(),
              ElementsAre(R"({"a":1})", R"({"b":2})"));
  EXPECT_THAT(Events::Read(path).Having("b").lines(),
              ElementsAre(R"({"b":2})"));
}

TEST(JsonLine, EscapesWhatItHasTo) {
  EXPECT_EQ(JsonLine().Add("a", "\"\\").AddRaw("b", "[1]").Finish(),
            R"({"a":"\"\\","b":[1]})");
  EXPECT_EQ(EscapeEveryByte("aZ"), R"(\u0061\u005a)");
}

TEST(PerEvent, KeepsTheListsOfEventsApart) {
  PerEvent<int> lists;
  lists.Add(1);
  lists.Add(2);
  lists.EndEvent();
  lists.EndEvent();
  lists.Add(3);
  lists.EndEvent();
  ASSERT_EQ(lists.event_count(), 3u);
  EXPECT_THAT(lists[0], ElementsAre(1, 2));
  EXPECT_THAT(lists[1], ElementsAre());
  EXPECT_THAT(lists[2], ElementsAre(3));
}

TEST(Texts, StayWhereTheyAre) {
  Texts texts;
  const std::string_view first = texts.Add("first");
  const std::string large(std::size_t{3} << 20, 'x');
  EXPECT_EQ(texts.Add(large), large);
  EXPECT_EQ(texts.Add("last"), "last");
  EXPECT_EQ(first, "first");
}

TEST(CheckDeathTest, EndsTheProgramWhenResultsDiffer) {
  EXPECT_EXIT(CheckEqual("scan", 1, 2), ExitedWithCode(kWrongResults),
              "scan: 1 matches, not 2");
  CheckEqual("scan", 2, 2);
}

constexpr char kRule[] =
    "title: T\nlogsource:\n  product: windows\ndetection:\n  s:\n    n: 3\n"
    "  condition: s\n";

TEST(Check, AgreesWithTheReferenceEvaluator) {
  const Engine engine = BuildEngine(RuleSet::FromYaml(kRule));
  CheckAgainstReference("scan", engine, NumberedEvents(10), 10);
  Scanner scanner = MakeScanner(engine, {.routing = Routing::kOff});
  EXPECT_EQ(ScanPass(scanner, NumberedEvents(10)), 1u);
}

// An engine that is not allowed a pattern refuses a rule that the reference
// evaluator knows no reason to refuse.
TEST(CheckDeathTest, EndsTheProgramWhenTheReferenceSaysOtherwise) {
  std::string yaml = kRule;
  yaml.replace(yaml.find("n: 3"), 4, "n|contains: abcd");
  const RuleSet rules = RuleSet::FromYaml(yaml);
  const Engine engine = OrDie(Engine::Build(rules, {.max_field_patterns = 0}));
  EXPECT_EXIT(CheckAgainstReference("scan", engine, NumberedEvents(10), 10),
              ExitedWithCode(kWrongResults), "scan: only one side loads 'T'");
}

}  // namespace
}  // namespace hypersigma::bench
