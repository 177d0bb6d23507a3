// Routing through the public interface: which rules an event is tested against,
// and what its fields are called.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hypersigma/engine.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {
namespace {

constexpr std::string_view kMap = R"(
fields:
  Channel: [Channel, channel]
log_sources:
  - name: sysmon 1
    when: {Channel: Sysmon, EventID: 1}
    is: [{product: windows, category: process_creation, service: sysmon}]
  - name: security
    when: {Channel: Security}
    is: [{product: windows, service: security}]
  - name: security 4688
    when: {Channel: Security, EventID: 4688}
    is: [{product: windows, category: process_creation}]
    fields:
      Image: NewProcessName
      ProcessId: [NewProcessId]
      ParentProcessId: [ProcessId]
  - name: cloud
    when:
      - {source|endswith: .cloud, kind|exists: true, Channel|exists: false}
      - {source|startswith: 'cloud.'}
    is: [{product: cloud}]
)";

std::string Rule(std::string_view title, std::string_view log_source,
                 std::string_view detection) {
  return "title: " + std::string(title) +
         "\nlogsource: " + std::string(log_source) +
         "\nlevel: " + (title.size() % 2 == 0 ? "high" : "low") +
         "\ntags: [attack.t1059.001]\ndetection:\n" + std::string(detection) +
         "---\n";
}

const std::string& Rules() {
  static const std::string rules =
      Rule("process", "{product: windows, category: process_creation}",
           "  s: {Image|endswith: whoami.exe}\n  condition: s\n") +
      Rule("parent", "{category: process_creation}",
           "  s: {ProcessId: 7, ParentProcessId: 8}\n  condition: s\n") +
      Rule("negation", "{product: windows, category: registry_set}",
           "  s: {TargetObject: x}\n  condition: not s\n") +
      Rule("service", "{product: Windows, service: SECURITY}",
           "  s: {NewProcessName|endswith: whoami.exe}\n  condition: s\n") +
      Rule("cloudy", "{product: cloud}",
           "  s: {kind: login}\n  condition: s\n") +
      Rule("keyword", "{product: cloud, service: other}",
           "  s: [login]\n  condition: s\n");
  return rules;
}

Engine MakeEngine(EngineOptions options = {}) {
  absl::StatusOr<Taxonomy> taxonomy = Taxonomy::Empty().Extend(kMap);
  EXPECT_TRUE(taxonomy.ok()) << taxonomy.status();
  options.taxonomy = *std::move(taxonomy);
  return Engine::Build(RuleSet::FromYaml(Rules()), options).value();
}

std::string Matches(Scanner& scanner, std::string_view json,
                    const Engine& engine) {
  const absl::StatusOr<ScanResult> result = scanner.ScanJson(json);
  if (!result.ok()) return std::string(result.status().message());
  std::string titles;
  for (const Match& match : result->matches) {
    if (!titles.empty()) titles += ' ';
    titles += engine.rules()[static_cast<std::size_t>(match.rule)].title;
  }
  return titles;
}

std::string Matches(std::string_view json, ScannerOptions options = {},
                    EngineOptions engine_options = {}) {
  const Engine engine = MakeEngine(std::move(engine_options));
  Scanner scanner = Scanner::Create(engine, options).value();
  return Matches(scanner, json, engine);
}

TEST(RouterTest, OnlyAdmittedRulesAreTested) {
  EXPECT_EQ(Matches(R"({"Channel":"Sysmon","EventID":1,"Image":"whoami.exe"})"),
            "process");
  EXPECT_EQ(Matches(R"({"Channel":"Security","EventID":1,
                        "Image":"whoami.exe"})"),
            "");
}

TEST(RouterTest, UnclassifiedEventsAreTestedAgainstAll) {
  const std::string_view event = R"({"Channel":"Odd","Image":"whoami.exe"})";
  EXPECT_EQ(Matches(event), "process negation");
  EXPECT_EQ(Matches(event, {.routing = Routing::kStrict}), "");
}

TEST(RouterTest, OffTestsAllAndRenamesNothing) {
  const std::string_view event = R"({"Channel":"Security","EventID":4688,
      "NewProcessName":"whoami.exe","kind":"login"})";
  EXPECT_EQ(Matches(event), "process service");
  EXPECT_EQ(Matches(event, {.routing = Routing::kOff}),
            "negation service cloudy keyword");
}

TEST(RouterTest, ConditionsAreCaselessAndTakeNumbersAsText) {
  EXPECT_EQ(Matches(R"({"channel":"SECURITY","EventID":"4688",
                        "NewProcessName":"whoami.exe"})"),
            "process service");
  EXPECT_EQ(Matches(R"({"Channel":["x","security"],"EventID":[1,4688.0],
                        "NewProcessName":"whoami.exe"})"),
            "process service");
}

TEST(RouterTest, AliasesMeanTheEventsOwnMembers) {
  // ParentProcessId is the event's ProcessId, which is also a rule's field.
  EXPECT_EQ(Matches(R"({"Channel":"Security","EventID":4688,"NewProcessId":7,
                        "ProcessId":8})"),
            "parent");
  EXPECT_EQ(Matches(R"({"Channel":"Security","EventID":4688,"NewProcessId":8,
                        "ProcessId":7})"),
            "");
  // What the alias hides is not the field's value any more.
  EXPECT_EQ(Matches(R"({"Channel":"Security","EventID":4688,
                        "NewProcessName":"other.exe","Image":"whoami.exe"})"),
            "");
  EXPECT_EQ(Matches(R"({"Channel":"Security","EventID":4688,
                        "Image":"whoami.exe"})"),
            "process");
}

TEST(RouterTest, AliasesDoNotOutliveTheirEvent) {
  const Engine engine = MakeEngine();
  Scanner scanner = Scanner::Create(engine).value();
  EXPECT_EQ(Matches(scanner, R"({"Channel":"Security","EventID":4688,
                                 "NewProcessName":"whoami.exe"})",
                    engine),
            "process service");
  EXPECT_EQ(Matches(scanner, R"({"Channel":"Sysmon","EventID":1,
                                 "NewProcessName":"whoami.exe"})",
                    engine),
            "");
}

TEST(RouterTest, TestsOfMembers) {
  EXPECT_EQ(Matches(R"({"source":"a.CLOUD","kind":"login"})"), "cloudy");
  EXPECT_EQ(Matches(R"({"source":"cloud.a","kind":"login","Channel":"x"})"),
            "cloudy");
  // Unclassified: the channel is there.
  EXPECT_EQ(Matches(R"({"source":"a.cloud","kind":"login","Channel":"x"})"),
            "negation cloudy keyword");
}

TEST(RouterTest, StatedLogSource) {
  const std::string_view event = R"({"Channel":"Security","EventID":4688,
      "NewProcessName":"whoami.exe","kind":"login"})";
  EXPECT_EQ(Matches(event, {.log_source = LogSource{"cloud", "", ""}}),
            "cloudy keyword");
  EXPECT_EQ(Matches(event, {.log_source = LogSource{"", "", "other"}}),
            "process negation cloudy keyword");
  EXPECT_EQ(Matches(event, {.log_source = LogSource{"WINDOWS", "", ""}}),
            "process negation service");
}

TEST(RouterTest, EventsAreOnlyBelievedIfToldTo) {
  const std::string_view event =
      R"({"logsource":{"product":"cloud"},"kind":"login"})";
  EXPECT_EQ(Matches(event), "negation cloudy keyword");
  EngineOptions options;
  options.log_source_field = "logsource";
  EXPECT_EQ(Matches(event, {}, options), "cloudy keyword");
  EXPECT_EQ(Matches(R"({"kind":"login"})", {}, options),
            "negation cloudy keyword");
}

TEST(RouterTest, ResultSaysWhatTheEventIs) {
  const Engine engine = MakeEngine();
  Scanner scanner = Scanner::Create(engine).value();
  const ScanResult known =
      scanner.ScanJson(R"({"Channel":"Security","EventID":4688})").value();
  ASSERT_EQ(known.log_sources.size(), 2u);
  EXPECT_EQ(known.log_sources[0], (LogSource{"windows", "", "security"}));
  EXPECT_EQ(known.log_sources[1],
            (LogSource{"windows", "process_creation", ""}));
  EXPECT_TRUE(scanner.ScanJson("{}").value().log_sources.empty());
}

TEST(RouterTest, ParsedEventsAreRoutedToo) {
  const Engine engine = MakeEngine();
  Scanner scanner = Scanner::Create(engine).value();
  const std::vector<FieldValue> event = {
      {engine.FindField("Channel"), Value::String("Security")},
      {engine.FindField("EventID"), Value::Number("4688")},
      {engine.FindField("NewProcessName"), Value::String("whoami.exe")}};
  EXPECT_EQ(scanner.Scan(event).value().matches.size(), 2u);
  // Routing's members are no fields of rules.
  for (const std::string& field : engine.fields()) {
    EXPECT_NE(field, "Channel");
  }
}

// The same fires for both, and what does not match the one matches the other.
TEST(RouterTest, WhatEventsStateIsToldApartEveryTime) {
  EngineOptions options;
  options.log_source_field = "logsource";
  const std::string rules =
      Rule("one", "{product: one}", "  s: {kind: login}\n  condition: s\n") +
      Rule("two", "{product: two}",
           "  s: {kind: login, id: 1}\n  condition: s\n");
  const Engine engine =
      Engine::Build(RuleSet::FromYaml(rules), options).value();
  Scanner scanner = Scanner::Create(engine).value();
  const std::string_view one =
      R"({"logsource":{"product":"one"},"kind":"login"})";
  const std::string_view two =
      R"({"logsource":{"product":"two"},"kind":"login"})";
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(Matches(scanner, two, engine), "");
    EXPECT_EQ(Matches(scanner, one, engine), "one");
  }
}

TEST(RouterTest, ManyDifferentEventsDoNotFillTheMemory) {
  EngineOptions options;
  options.log_source_field = "logsource";
  const Engine engine = MakeEngine(std::move(options));
  Scanner scanner = Scanner::Create(engine).value();
  for (int i = 0; i < 5000; ++i) {
    const std::string event = R"({"logsource":{"product":"p)" +
                              std::to_string(i) + R"("},"kind":"login"})";
    EXPECT_EQ(Matches(scanner, event, engine), "");
  }
}

TEST(RuleMaskTest, SelectsByAttributes) {
  const Engine engine = MakeEngine();
  const auto count = [&engine](const RuleCriteria& criteria) {
    return engine.Select(criteria).count();
  };
  EXPECT_EQ(count({}), 6u);
  EXPECT_EQ(count({.levels = {"HIGH"}}), 3u);
  EXPECT_EQ(count({.levels = {"high", "low"}}), 6u);
  EXPECT_EQ(count({.statuses = {"stable"}}), 0u);
  EXPECT_EQ(count({.tags = {"attack.t1059"}}), 6u);
  EXPECT_EQ(count({.tags = {"attack.t105"}}), 0u);
  EXPECT_EQ(count({.log_source = LogSource{"cloud", "", ""}}), 3u);
}

TEST(RuleMaskTest, MasksApplyWithoutCompiling) {
  const Engine engine = MakeEngine();
  const std::string_view event = R"({"Image":"whoami.exe","kind":"login"})";
  auto mask = std::make_shared<RuleMask>(engine.rules().size());
  mask->Add(RuleId{4});
  mask->Add(RuleId{2});
  Scanner scanner = Scanner::Create(engine, {.rules = mask}).value();
  EXPECT_EQ(Matches(scanner, event, engine), "negation cloudy");
  ASSERT_TRUE(scanner.Select(nullptr).ok());
  EXPECT_EQ(Matches(scanner, event, engine), "process negation cloudy keyword");
  EXPECT_EQ(scanner.Select(std::make_shared<RuleMask>(3)).code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(
      Scanner::Create(engine, {.rules = std::make_shared<RuleMask>(3)}).ok());
}

TEST(RuleMaskTest, BitsPastTheEndStayOut) {
  RuleMask all(70, true);
  EXPECT_EQ(all.count(), 70u);
  all.Add(RuleId{70});
  all.Remove(RuleId{69});
  EXPECT_EQ(all.count(), 69u);
  RuleMask other(70);
  other.Add(RuleId{69});
  all |= other;
  EXPECT_EQ(all, RuleMask(70, true));
  all &= other;
  EXPECT_TRUE(all.Contains(RuleId{69}));
  EXPECT_EQ(all.count(), 1u);
}

}  // namespace
}  // namespace hypersigma
