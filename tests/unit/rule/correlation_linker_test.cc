#include "lib/rule/correlation_linker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/base/limits.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRules[] =
    "---\ntitle: R\nname: r\nlogsource: {product: p}\n"
    "detection: {s: {a: 1}, condition: s}\n";

std::string Temporal(const std::string& name, const std::string& rules,
                     const std::string& more = "") {
  return "---\ntitle: " + name + "\nname: " + name +
         "\ncorrelation: {type: temporal, timespan: 1h, rules: [" + rules +
         "]" + more + "}\n";
}

// Returns "name: target target" for each correlation, targets as r0 and c0.
std::vector<std::string> Targets(const RuleSet& rules) {
  std::vector<std::string> shown;
  for (const CorrelationRule& correlation : rules.correlations()) {
    std::string text = correlation.attributes.name + ":";
    for (const RuleReference& reference : correlation.rules) {
      for (const RuleTarget target : reference.targets) {
        text += target.kind == RuleTarget::Kind::kRule ? " r" : " c";
        text += std::to_string(target.index);
      }
    }
    shown.push_back(text);
  }
  return shown;
}

TEST(CorrelationLinker, ResolvesInAnyOrder) {
  const RuleSet rules =
      RuleSet::FromYaml(Temporal("c", "d, r") + kRules + Temporal("d", "r"));
  EXPECT_THAT(Targets(rules), ElementsAre("c: c1 r0", "d: r0"));
  EXPECT_EQ(rules.report().Count(DocumentStatus::kDegraded), 2u);
}

TEST(CorrelationLinker, RefersToPositionsOfWhatIsKept) {
  const RuleSet rules =
      RuleSet::FromYaml(Temporal("bad", "unknown") +
                        Temporal("c", "d",
                                 ", group-by: [x], "
                                 "aliases: {x: {d: f}}") +
                        Temporal("bad2", "bad") + kRules + Temporal("d", "r"));
  EXPECT_THAT(Targets(rules), ElementsAre("c: c1", "d: r0"));
  EXPECT_EQ(rules.correlations()[0].aliases.at(0).fields.at(0).rule.targets,
            (std::vector<RuleTarget>{{RuleTarget::Kind::kCorrelation, 1}}));
}

TEST(CorrelationLinker, RefusesWhatRefersToARefusedOne) {
  const RuleSet rules = RuleSet::FromYaml(Temporal("top", "middle") +
                                          Temporal("middle", "bottom") +
                                          Temporal("bottom", "unknown"));
  EXPECT_THAT(rules.correlations(), IsEmpty());
  const std::vector<Document>& documents = rules.report().documents;
  EXPECT_THAT(Problems(documents[0].diagnostics),
              ElementsAre("4:53 error: rule 'middle' is refused"));
  EXPECT_THAT(Problems(documents[1].diagnostics),
              ElementsAre("8:53 error: rule 'bottom' is refused"));
  EXPECT_EQ(documents[1].status, DocumentStatus::kRefused);
  EXPECT_EQ(documents[1].kind, DocumentKind::kCorrelation);
}

TEST(CorrelationLinker, ShowsCycles) {
  const RuleSet rules = RuleSet::FromYaml(
      std::string(kRules) + Temporal("a", "r, b") + Temporal("b", "c") +
      Temporal("c", "a, r") + Temporal("above", "r, above2") +
      Temporal("above2", "b") + Temporal("other", "other") +
      Temporal("good", "r"));
  EXPECT_THAT(Targets(rules), ElementsAre("good: r0"));
  const auto problems = [&](std::size_t index) {
    return Problems(rules.report().documents[index].diagnostics);
  };
  EXPECT_THAT(problems(1),
              ElementsAre("9:56 error: correlations refer to each other in a "
                          "cycle: 'a' -> 'b' -> 'c' -> 'a'"));
  EXPECT_THAT(problems(2),
              ElementsAre("13:53 error: correlations refer to each other in a "
                          "cycle: 'b' -> 'c' -> 'a' -> 'b'"));
  EXPECT_THAT(problems(4),
              ElementsAre("21:56 error: rule 'above2' is refused"));
  EXPECT_THAT(problems(5), ElementsAre("25:53 error: rule 'b' is refused"));
  EXPECT_THAT(problems(6),
              ElementsAre("29:53 error: correlations refer to each other in a "
                          "cycle: 'other' -> 'other'"));
}

TEST(CorrelationLinker, CutsLongCycles) {
  std::string yaml;
  for (int i = 0; i < 20; ++i) {
    yaml +=
        Temporal("c" + std::to_string(i), "c" + std::to_string((i + 1) % 20));
  }
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_THAT(rules.report().documents[3].diagnostics.at(0).message,
              HasSubstr("'c3' -> 'c4' -> 'c5' -> 'c6' -> 'c7' -> 'c8' -> ..."));
}

TEST(CorrelationLinker, LimitsDepth) {
  std::string yaml = kRules + Temporal("c0", "r");
  for (int i = 1; i <= kMaxCorrelationDepth; ++i) {
    yaml += Temporal("c" + std::to_string(i), "c" + std::to_string(i - 1));
  }
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_THAT(rules.correlations(), SizeIs(kMaxCorrelationDepth));
  EXPECT_EQ(rules.report().documents.back().diagnostics.at(0).message,
            "correlations are nested too deeply, expected at most 64 levels");
}

TEST(CorrelationLinker, ComparesExpressionAndListByWhatTheyMean) {
  const std::string rules = std::string(kRules) +
                            "---\ntitle: Q\nname: q\nid: 0b\n"
                            "logsource: {product: p}\n"
                            "detection: {s: {a: 1}, condition: s}\n";
  RuleSetOptions strict;
  strict.strict = true;
  const auto problems = [&](const std::string& correlation) {
    std::vector<std::string> messages;
    const RuleSet set = RuleSet::FromYaml(rules + correlation, strict);
    for (const Diagnostic& diagnostic :
         set.report().documents.back().diagnostics) {
      if (diagnostic.severity == Severity::kError) {
        messages.push_back(diagnostic.message);
      }
    }
    return messages;
  };
  EXPECT_THAT(problems(Temporal("c", "r, q", ", condition: r and 0B")),
              IsEmpty());
  EXPECT_THAT(problems(Temporal("c", "r, q", ", condition: r and r")),
              ElementsAre("rule 'q' is in rules and not in condition, expected "
                          "the same rules in both; all of them are taken"));
  EXPECT_THAT(problems(Temporal("c", "r", ", condition: r or q")),
              ElementsAre("rule 'q' is in condition and not in rules, expected "
                          "the same rules in both; all of them are taken"));
}

// A hundred thousand references in a mesh of correlations take no more than a
// moment.
TEST(CorrelationLinker, IsLinear) {
  std::string yaml = kRules;
  for (int i = 0; i < 300; ++i) {
    std::string below = "r";
    for (int j = i - i % 30 - 30; j < i - i % 30; ++j) {
      if (j >= 0) below += ", c" + std::to_string(j);
    }
    for (int k = 0; k < 3; ++k) below += ", " + std::string(below);
    yaml += Temporal("c" + std::to_string(i), below);
  }
  const auto start = std::chrono::steady_clock::now();
  const RuleSet rules = RuleSet::FromYaml(yaml);
  EXPECT_THAT(rules.correlations(), SizeIs(300));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

}  // namespace
}  // namespace hypersigma::internal
