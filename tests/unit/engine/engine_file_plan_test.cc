// The section of the plan: whatever is in it, it is refused or it is a plan.

#include "lib/engine/engine_file_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "lib/base/whole_file.h"
#include "lib/engine/engine_state.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kRules = R"(title: texts
logsource: {category: process_creation}
detection:
  s: {Image|endswith: ['\cmd.exe', '\p?wer*.exe'], User|contains: 'É'}
  t: {Port: [443, 1.5, true, ~], Other|exists: false, A|fieldref: B}
  u: [{Hash|re|i: '^ab+c'}, {Ip|cidr: 10.0.0.0/8}, {N|gte: 7}, {T|hour: 3}]
  k: [mimikatz, x]
  condition: s and (t or not u) and k
)";

Plan MakePlan(std::string_view yaml) {
  return CompilePlan(RuleSet::FromYaml(yaml).detection_rules());
}

absl::StatusOr<Plan> Read(std::string_view bytes) {
  WholeFile aligned(bytes.size());
  std::copy(bytes.begin(), bytes.end(), aligned.begin());
  return ReadPlan(aligned.bytes());
}

std::string Write(const Plan& plan) {
  return WritePlan(plan, plan.fields.size()).value();
}

TEST(EngineFilePlan, GivesThePlanBack) {
  const Plan plan = MakePlan(kRules);
  const absl::StatusOr<Plan> read = Read(Write(plan));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_TRUE(std::ranges::equal(read->fields.names(), plan.fields.names()));
  EXPECT_EQ(read->predicates, plan.predicates);
  EXPECT_EQ(read->decided_count, plan.decided_count);
  EXPECT_EQ(read->field_plans, plan.field_plans);
  EXPECT_EQ(read->keyword_plan, plan.keyword_plan);
  EXPECT_EQ(read->has_keywords, plan.has_keywords);
  ASSERT_EQ(read->rules.size(), plan.rules.size());
  EXPECT_EQ(read->rules[0].program, plan.rules[0].program);
  EXPECT_EQ(read->rules[0].witness, plan.rules[0].witness);
  ASSERT_EQ(read->rules[0].selections.size(), 4u);
  const DetectionPlan& item = read->rules[0].selections[0].detection;
  ASSERT_EQ(item.children.size(), 2u);
  EXPECT_EQ(item.children[0].values[1].written, "\\p?wer*.exe");
  EXPECT_EQ(Write(*read), Write(plan));
}

TEST(EngineFilePlan, KeepsWhatWasRefused) {
  const RuleSet rules = RuleSet::FromYaml(kRules);
  const Plan plan = CompilePlan(rules.detection_rules(), 1);
  ASSERT_EQ(plan.refused.size(), 1u);
  EXPECT_EQ(Read(Write(plan))->refused, plan.refused);
}

TEST(EngineFilePlan, LeavesOutFieldsOfRouting) {
  Plan plan = MakePlan(kRules);
  const std::string before = Write(plan);
  const std::size_t count = plan.fields.size();
  plan.fields.Intern("of routing");
  plan.field_plans.emplace_back();
  EXPECT_EQ(WritePlan(plan, count).value(), before);
}

// Without the checksum of the file, which would find all of it.
TEST(EngineFilePlan, RefusesWhatIsNoPlan) {
  std::string bytes = Write(MakePlan(kRules));
  std::size_t refused_count = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char before = bytes[i];
    for (const int flip : {0x01, 0x02, 0x80, 0xff}) {
      bytes[i] = static_cast<char>(before ^ flip);
      const absl::StatusOr<Plan> read = Read(bytes);
      if (!read.ok()) {
        EXPECT_TRUE(absl::IsDataLoss(read.status())) << read.status();
        ++refused_count;
        continue;
      }
      // A letter of a text, say. What was read is a plan all the same.
      const std::string again = Write(*read);
      EXPECT_EQ(Write(Read(again).value()), again);
    }
    bytes[i] = before;
  }
  EXPECT_GT(refused_count, bytes.size());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const absl::StatusOr<Plan> read = Read(bytes.substr(0, size));
    // What fills up the last row may be missing.
    EXPECT_TRUE(!read.ok() || Write(*read) == bytes) << size;
  }
}

TEST(EngineFilePlan, RefusesProgramsThatTurnBack) {
  Plan plan = MakePlan(kRules);
  Program& program = plan.rules[0].program;
  ASSERT_GT(program.tests.size(), 2u);
  program.tests[1].if_true = 1;
  EXPECT_TRUE(absl::IsDataLoss(Read(Write(plan)).status()));
  program.tests[1].if_true = 2;
  EXPECT_TRUE(Read(Write(plan)).ok());
  program.start = static_cast<ProgramTarget>(program.tests.size());
  EXPECT_TRUE(absl::IsDataLoss(Read(Write(plan)).status()));
}

TEST(EngineFilePlan, RefusesIdsOutOfRange) {
  const auto refuses = [](auto change) {
    Plan plan = MakePlan(kRules);
    change(plan);
    return absl::IsDataLoss(Read(Write(plan)).status());
  };
  EXPECT_FALSE(refuses([](Plan&) {}));
  EXPECT_TRUE(refuses([](Plan& plan) {
    plan.rules[0].witness = {
        PredicateId{static_cast<std::uint32_t>(plan.predicates.size())}};
  }));
  EXPECT_TRUE(refuses([](Plan& plan) {
    plan.predicates[0].field =
        FieldId{static_cast<std::uint32_t>(plan.fields.size())};
  }));
  EXPECT_TRUE(refuses([](Plan& plan) { plan.decided_count = 10'000; }));
  EXPECT_TRUE(refuses(
      [](Plan& plan) { plan.predicates[0].op = static_cast<Operator>(200); }));
  EXPECT_TRUE(refuses([](Plan& plan) {
    plan.refused.emplace_back(RuleId{1}, "there is one rule");
  }));
  EXPECT_TRUE(refuses([](Plan& plan) {
    const auto with_two = std::find_if(
        plan.field_plans.begin(), plan.field_plans.end(),
        [](const FieldPlan& field) { return field.equalities.size() > 1; });
    ASSERT_NE(with_two, plan.field_plans.end());
    std::reverse(with_two->equalities.begin(), with_two->equalities.end());
  }));
}

TEST(EngineFilePlan, RefusesTreesThatAreTooDeep) {
  Plan plan = MakePlan(kRules);
  DetectionPlan& root = plan.rules[0].selections[0].detection;
  for (int depth = 0; depth < 1000; ++depth) {
    DetectionPlan above;
    above.kind = DetectionPlan::Kind::kAllOf;
    above.children.push_back(std::move(root));
    root = std::move(above);
  }
  EXPECT_TRUE(absl::IsDataLoss(Read(Write(plan)).status()));
}

}  // namespace
}  // namespace hypersigma::internal
