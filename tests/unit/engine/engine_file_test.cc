// An engine file gives the same engine back, or is refused and says why.

#include "lib/engine/engine_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/verifier.h"
#include "lib/base/whole_file.h"
#include "tests/unit/engine/temporary_file.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;

// Something of every kind that a plan has.
constexpr std::string_view kRules = R"(title: texts
id: 5d1f4a1b-4d4b-4c47-8fb6-1d4a7f3a0c11
level: high
tags: [attack.t1059, attack.execution]
logsource: {category: process_creation, product: windows}
detection:
  s: {Image|endswith: ['\cmd.exe', '\p?wer*.exe'], User|contains: 'É'}
  t: {Port: [443, 1.5, true, ~], Other|exists: false, A|fieldref: B}
  u: [{Hash|re|i: '^ab+c'}, {Ip|cidr: 10.0.0.0/8}, {N|gte: 7}, {T|hour: 3}]
  condition: s and (t or not u)
---
title: keywords
logsource: {product: linux}
detection:
  k: ['mimikatz', 'two*parts', x]
  condition: k
---
title: refused
detection: {}
)";

constexpr std::string_view kEvents[] = {
    R"({"Image":"C:\\cmd.exe","User":"éa","Port":443,"A":"a","B":"a"})",
    R"({"Image":"C:\\powershell.exe","User":"É","Hash":"ABBC","N":9})",
    R"({"Image":"C:\\cmd.exe","User":"é","Ip":"10.1.2.3","T":"2024-01-01 03:00"})",
    R"({"message":"run mimikatz now"})",
    R"({"message":"two and more parts"})",
    R"({"x":"nothing"})"};

Engine BuildEngine(const EngineOptions& options = {}) {
  return Engine::Build(RuleSet::FromYaml(kRules), options).value();
}

// What a scan says, with all details.
std::string Found(const Engine& engine) {
  Scanner scanner = Scanner::Create(engine).value();
  std::string found;
  for (const std::string_view event : kEvents) {
    const ScanResult result = scanner.ScanJson(event).value();
    for (const Match& match : result.matches) {
      found += std::to_string(static_cast<unsigned>(match.rule)) + ":";
      for (const std::string_view name : match.selections) {
        found += " " + std::string(name);
      }
      for (const Indicator& indicator : match.indicators) {
        found += " [" + std::string(indicator.field) + " " +
                 std::string(IndicatorKindName(indicator.kind)) + " " +
                 std::string(indicator.value) + "]";
      }
      found += "\n";
    }
    found += "-\n";
  }
  return found;
}

// The bytes of a file in aligned memory, as ReadWholeFile() has them.
class Aligned {
 public:
  explicit Aligned(std::string_view bytes) : file_(bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), file_.begin());
  }
  std::string_view bytes() const { return file_.bytes(); }

 private:
  internal::WholeFile file_;
};

absl::StatusOr<std::shared_ptr<const internal::EngineState>> Read(
    std::string_view bytes, const EngineLoadOptions& options = {}) {
  return internal::ReadEngineFile(Aligned(bytes).bytes(), options);
}

std::string Bytes(const Engine& engine, std::string_view rules_hash = {}) {
  return internal::WriteEngineFile(engine.state(), rules_hash).value();
}

TEST(EngineFile, GivesTheSameEngineBack) {
  const Engine built = BuildEngine();
  const TemporaryFile file("", "engine");
  ASSERT_TRUE(built.Save(file.path()).ok());
  const absl::StatusOr<Engine> loaded = Engine::Load(file.path());
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(Found(*loaded), Found(built));
  EXPECT_THAT(Found(built), HasSubstr("k [ keyword mimikatz]"));
  EXPECT_EQ(ToJson(loaded->report()), ToJson(built.report()));
  EXPECT_EQ(loaded->report().Count(DocumentStatus::kRefused), 1u);
  ASSERT_EQ(loaded->rules().size(), 2u);
  EXPECT_EQ(loaded->rules()[0].title, "texts");
  EXPECT_EQ(loaded->rules()[0].tags, built.rules()[0].tags);
  EXPECT_EQ(loaded->rules()[1].line, built.rules()[1].line);
  EXPECT_TRUE(std::ranges::equal(loaded->fields(), built.fields()));
}

TEST(EngineFile, IsTheSameWhenWrittenAgain) {
  const std::string bytes = Bytes(BuildEngine(), "hash");
  const auto state = Read(bytes);
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_EQ(internal::WriteEngineFile(**state, "hash").value(), bytes);
}

TEST(EngineFile, KeepsTaxonomyAndLogSourceField) {
  const Taxonomy taxonomy = Taxonomy()
                                .Extend(
                                    "log_sources:\n"
                                    "  - name: shop\n"
                                    "    when: {app: shop}\n"
                                    "    is: [{product: linux}]\n")
                                .value();
  const Engine built =
      BuildEngine({.taxonomy = taxonomy, .log_source_field = "source"});
  const TemporaryFile file("", "engine");
  ASSERT_TRUE(built.Save(file.path()).ok());
  const Engine loaded = Engine::Load(file.path()).value();
  EXPECT_EQ(loaded.taxonomy().layout_names(), taxonomy.layout_names());
  for (const std::string_view event :
       {R"({"app":"shop","m":"mimikatz"})",
        R"({"m":"mimikatz","source":{"product":"linux"}})",
        R"({"m":"mimikatz","source":{"product":"windows"}})"}) {
    Scanner one = Scanner::Create(built).value();
    Scanner other = Scanner::Create(loaded).value();
    const ScanResult expected = one.ScanJson(event).value();
    const ScanResult found = other.ScanJson(event).value();
    EXPECT_EQ(found.matches.size(), expected.matches.size()) << event;
    EXPECT_TRUE(std::ranges::equal(found.log_sources, expected.log_sources));
  }
}

TEST(EngineFile, HoldsNoRulesToo) {
  const Engine none = Engine::Build(RuleSet()).value();
  const auto state = Read(Bytes(none));
  ASSERT_TRUE(state.ok()) << state.status();
  EXPECT_TRUE((*state)->rules().rules().empty());
}

TEST(EngineFile, RefusesEveryByteThatChanged) {
  const Engine small =
      Engine::Build(
          RuleSet::FromYaml("title: a\nlogsource: {product: x}\ndetection:\n"
                            "  s: {f: b}\n  condition: s\n"),
          {.taxonomy = Taxonomy::Empty()})
          .value();
  std::string bytes = Bytes(small);
  ASSERT_LT(bytes.size(), 20'000u);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char before = bytes[i];
    for (const int flip : {0x01, 0x80, 0xff}) {
      bytes[i] = static_cast<char>(before ^ flip);
      const absl::Status status = Read(bytes).status();
      EXPECT_TRUE(absl::IsDataLoss(status) ||
                  absl::IsFailedPrecondition(status))
          << i << " " << status;
    }
    bytes[i] = before;
  }
  EXPECT_TRUE(Read(bytes).ok());
}

TEST(EngineFile, RefusesEveryLength) {
  const std::string bytes =
      Bytes(Engine::Build(RuleSet(), {.taxonomy = Taxonomy::Empty()}).value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_TRUE(absl::IsDataLoss(Read(bytes.substr(0, size)).status())) << size;
  }
  EXPECT_TRUE(absl::IsDataLoss(Read(bytes + "x").status()));
}

TEST(EngineFile, SaysWhoseRulesItHas) {
  const std::string bytes = Bytes(BuildEngine(), "these");
  EXPECT_TRUE(Read(bytes, {.rules_hash = "these"}).ok());
  EXPECT_TRUE(Read(bytes).ok());
  EXPECT_EQ(Read(bytes, {.rules_hash = "those"}).status(),
            absl::FailedPreconditionError(
                "it is of rules and options 'these', expected 'those'"));
}

// Returns the file of the same engine, had it been written elsewhere.
std::string WrittenAs(const internal::EngineFileOrigin& origin) {
  const std::string bytes = Bytes(BuildEngine());
  const Aligned aligned(bytes);
  const auto parts = internal::SplitEngineFile(aligned.bytes()).value();
  const std::vector<std::string> sections(parts.sections.begin(),
                                          parts.sections.end());
  return internal::JoinEngineFile(origin, sections);
}

TEST(EngineFile, RefusesOtherVersions) {
  const internal::EngineFileOrigin here = internal::OriginOfThisProcess("");
  internal::EngineFileOrigin other = here;
  other.hypersigma = "0.0.1";
  EXPECT_EQ(Read(WrittenAs(other)).status(),
            absl::FailedPreconditionError("it is of hypersigma '0.0.1', "
                                          "expected '" +
                                          here.hypersigma + "'"));
  other = here;
  other.library = "4.7.0 2018-01-01";
  EXPECT_TRUE(absl::IsFailedPrecondition(Read(WrittenAs(other)).status()));
  EXPECT_THAT(std::string(Read(WrittenAs(other)).status().message()),
              HasSubstr("libhs '4.7.0 2018-01-01'"));
  other = here;
  other.unicode = "1.0";
  EXPECT_TRUE(absl::IsFailedPrecondition(Read(WrittenAs(other)).status()));
}

TEST(EngineFile, ProvesDatabasesOfAnotherBuildOrCpuAgain) {
  internal::EngineFileOrigin other = internal::OriginOfThisProcess("");
  other.cpu = "another";
  const auto state = Read(WrittenAs(other));
  ASSERT_TRUE(state.ok()) << state.status();
  other = internal::OriginOfThisProcess("");
  other.library = other.library.substr(0, other.library.find(' ')) + " anew";
  EXPECT_TRUE(Read(WrittenAs(other)).ok());
}

TEST(EngineFile, RefusesDatabasesOfOtherRules) {
  const std::string bytes = Bytes(BuildEngine());
  const Aligned aligned(bytes);
  const auto parts = internal::SplitEngineFile(aligned.bytes()).value();
  std::vector<std::string> sections(parts.sections.begin(),
                                    parts.sections.end());
  sections.pop_back();
  EXPECT_TRUE(absl::IsDataLoss(
      Read(internal::JoinEngineFile(parts.origin, sections)).status()));
  sections.emplace_back();
  sections[2] = "no database";
  EXPECT_TRUE(absl::IsDataLoss(
      Read(internal::JoinEngineFile(parts.origin, sections)).status()));
  sections.resize(1);
  EXPECT_TRUE(absl::IsDataLoss(
      Read(internal::JoinEngineFile(parts.origin, sections)).status()));
}

TEST(EngineFile, HasNoTextsToVerify) {
  const TemporaryFile file("", "engine");
  ASSERT_TRUE(BuildEngine().Save(file.path()).ok());
  const auto verifier = Verifier::Create(Engine::Load(file.path()).value());
  EXPECT_TRUE(absl::IsFailedPrecondition(verifier.status()));
}

TEST(EngineFile, IsNotThere) {
  EXPECT_TRUE(absl::IsNotFound(Engine::Load("no/such/file").status()));
  EXPECT_TRUE(absl::IsNotFound(BuildEngine().Save("no/such/folder/file")));
}

}  // namespace
}  // namespace hypersigma
