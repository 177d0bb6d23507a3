// Bytes -> plan, with everything checked that the engine takes for granted.

#include <algorithm>
#include <cstdint>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_buffer.h"
#include "lib/engine/engine_file_plan.h"
#include "lib/engine/engine_file_rows.h"

namespace hypersigma::internal {
namespace {

// Filters and pipelines put selections beside those of a rule, not into them.
constexpr int kMaxDetectionDepth = 2 * kMaxYamlDepth;

class PlanReader {
 public:
  explicit PlanReader(const file::Plan& section)
      : section_(section),
        text_(TextOf(section.text()), damage_),
        predicates_(RowsOf(section.predicates()), damage_),
        parts_(RowsOf(section.parts()), damage_),
        field_plans_(RowsOf(section.field_plans()), damage_),
        patterns_(RowsOf(section.patterns()), damage_),
        reactions_(RowsOf(section.reactions()), damage_),
        equalities_(RowsOf(section.equalities()), damage_),
        rules_(RowsOf(section.rules()), damage_),
        selections_(RowsOf(section.selections()), damage_),
        nodes_(RowsOf(section.nodes()), damage_),
        values_(RowsOf(section.values()), damage_),
        tests_(RowsOf(section.tests()), damage_),
        ids_(RowsOf(section.predicate_ids()), damage_),
        refusals_(RowsOf(section.refusals()), damage_) {}

  absl::StatusOr<Plan> Read() {
    Plan plan;
    for (const std::uint32_t size : RowsOf(section_.field_sizes())) {
      plan.fields.Intern(text_.View(size));
    }
    field_count_ = section_.field_sizes()->size();
    damage_.Require(plan.fields.size() == field_count_);
    predicate_count_ = section_.predicates()->size();
    plan.predicates.resize(predicate_count_);
    for (Predicate& predicate : plan.predicates) ReadPredicate(predicate);
    plan.decided_count = section_.decided_count();
    damage_.Require(plan.decided_count <= predicate_count_);
    plan.has_keywords = section_.has_keywords();
    damage_.Require(section_.field_plans()->size() == field_count_ + 1);
    if (damage_.is_damaged()) return Damaged();
    plan.field_plans.resize(field_count_);
    for (FieldPlan& each : plan.field_plans) ReadFieldPlan(each);
    ReadFieldPlan(plan.keyword_plan);
    plan.rules.resize(section_.rules()->size());
    for (RulePlan& rule : plan.rules) {
      ReadRule(rule);
      if (damage_.is_damaged()) return Damaged();
    }
    ReadRefusals(plan);
    if (damage_.is_damaged() || !IsAtEnd()) return Damaged();
    return plan;
  }

 private:
  static absl::Status Damaged() {
    return absl::DataLossError("the plan is damaged");
  }

  bool IsAtEnd() const {
    return text_.is_at_end() && parts_.is_at_end() && patterns_.is_at_end() &&
           reactions_.is_at_end() && equalities_.is_at_end() &&
           selections_.is_at_end() && nodes_.is_at_end() &&
           values_.is_at_end() && tests_.is_at_end() && ids_.is_at_end();
  }

  FieldId ToField(std::uint32_t number) {
    damage_.Require(number < field_count_ || number == Index(kUnnamedField));
    return FieldId{number};
  }

  PredicateId ToPredicate(std::uint32_t number) {
    damage_.Require(number < predicate_count_);
    return PredicateId{number};
  }

  void ReadIds(std::uint32_t count, std::vector<PredicateId>& ids) {
    ids.resize(ids_.Left(count));
    for (PredicateId& id : ids) id = ToPredicate(ids_.Next());
  }

  RegexFlags ToFlags(std::uint8_t bits) {
    damage_.Require(bits < 32);
    return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0,
            (bits & 16) != 0};
  }

  void ReadPredicate(Predicate& predicate) {
    const file::PredicateRow& row = predicates_.Next();
    predicate.field = ToField(row.field());
    predicate.other_field = ToField(row.other_field());
    predicate.operand = text_.View(row.operand_size());
    predicate.op = EnumOf(row.op(), Operator::kMissing, damage_);
    predicate.relation =
        EnumOf(row.relation(), FieldRelation::kContains, damage_);
    predicate.time_part = EnumOf(row.time_part(), TimePart::kYear, damage_);
    predicate.comparison = EnumOf(row.comparison(), Comparison::kGte, damage_);
    predicate.regex_flags = ToFlags(row.regex_flags());
    predicate.cased = row.cased();
    predicate.has_trigger = row.has_trigger();
    // Comparing with another field takes one that is named on both sides.
    damage_.Require(predicate.op != Operator::kFieldRef ||
                    (predicate.field != kUnnamedField &&
                     predicate.other_field != kUnnamedField));
    predicate.glob.resize(parts_.Left(row.part_count()));
    for (PatternPart& part : predicate.glob) {
      const file::PartRow& part_row = parts_.Next();
      part.literal = text_.View(part_row.literal_size());
      part.kind = EnumOf(part_row.kind(), PatternPart::Kind::kAnyDash, damage_);
      damage_.Require((part.kind == PatternPart::Kind::kLiteral) !=
                      part.literal.empty());
    }
  }

  void ReadPattern(Pattern& pattern) {
    const file::PatternRow& row = patterns_.Next();
    pattern.literal = text_.View(row.literal_size());
    pattern.cased = row.cased();
    damage_.Require(!pattern.literal.empty() &&
                    pattern.literal.size() <= kMaxLiteralBytes);
    pattern.reactions.resize(reactions_.Left(row.reaction_count()));
    for (Reaction& reaction : pattern.reactions) {
      const file::ReactionRow& reaction_row = reactions_.Next();
      reaction.anchor = EnumOf(reaction_row.anchor(), Anchor::kEnd, damage_);
      reaction.predicate = ToPredicate(reaction_row.predicate());
    }
  }

  void ReadFieldPlan(FieldPlan& plan) {
    const file::FieldPlanRow& row = field_plans_.Next();
    plan.patterns.resize(patterns_.Left(row.pattern_count()));
    for (Pattern& pattern : plan.patterns) ReadPattern(pattern);
    plan.equalities.resize(equalities_.Left(row.equality_count()));
    for (Equality& equality : plan.equalities) {
      const file::EqualityRow& equality_row = equalities_.Next();
      equality.key = text_.View(equality_row.key_size());
      equality.kind = EnumOf(equality_row.kind(), EqualityKind::kBool, damage_);
      equality.predicate = ToPredicate(equality_row.predicate());
    }
    // Equal keys are looked up as one range.
    damage_.Require(
        std::is_sorted(plan.equalities.begin(), plan.equalities.end()));
    ReadIds(row.presence_count(), plan.on_presence);
    ReadIds(row.text_count(), plan.on_text);
  }

  void ReadRule(RulePlan& rule) {
    const file::RulePlanRow& row = rules_.Next();
    rule.selections.resize(selections_.Left(row.selection_count()));
    for (SelectionPlan& selection : rule.selections) {
      const file::SelectionRow& selection_row = selections_.Next();
      selection.name = text_.View(selection_row.name_size());
      selection.named = selection_row.named();
      selection.is_filter = selection_row.is_filter();
      nodes_left_ = selection_row.node_count();
      ReadNode(selection.detection, 0);
      damage_.Require(nodes_left_ == 0);
      if (damage_.is_damaged()) return;
    }
    ReadProgram(row, rule.program);
    ReadIds(row.witness_count(), rule.witness);
    rule.always = row.always();
  }

  void ReadNode(DetectionPlan& node, int depth) {  // NOLINT(misc-no-recursion)
    damage_.Require(depth <= kMaxDetectionDepth && nodes_left_ > 0);
    if (damage_.is_damaged()) return;
    --nodes_left_;
    const file::NodeRow& row = nodes_.Next();
    node.kind = EnumOf(row.kind(), DetectionPlan::Kind::kAnyOf, damage_);
    node.field = ToField(row.field());
    node.all = row.all();
    node.neq = row.neq();
    node.values.resize(values_.Left(row.value_count()));
    for (ValuePlan& value : node.values) {
      const file::ValueRow& value_row = values_.Next();
      value.written = text_.View(value_row.written_size());
      value.kind = EnumOf(value_row.kind(), IndicatorKind::kYear, damage_);
      ReadIds(value_row.predicate_count(), value.any_of);
    }
    if (row.child_count() > nodes_left_) {
      damage_.Report();
      return;
    }
    node.children.resize(nodes_.Left(row.child_count()));
    for (DetectionPlan& child : node.children) ReadNode(child, depth + 1);
  }

  void ReadProgram(const file::RulePlanRow& row, Program& program) {
    program.tests.resize(tests_.Left(row.test_count()));
    const std::size_t count = program.tests.size();
    program.start = ToTarget(row.start(), 0, count);
    for (std::size_t i = 0; i < count; ++i) {
      const file::TestRow& test_row = tests_.Next();
      Test& test = program.tests[i];
      test.predicate = ToPredicate(test_row.predicate());
      test.if_true = ToTarget(test_row.if_true(), i + 1, count);
      test.if_false = ToTarget(test_row.if_false(), i + 1, count);
    }
  }

  // Jumps go forward, so every run ends.
  ProgramTarget ToTarget(std::uint32_t number, std::size_t first,
                         std::size_t count) {
    damage_.Require(number == kAccept || number == kReject ||
                    (number >= first && number < count));
    return number;
  }

  void ReadRefusals(Plan& plan) {
    for (const file::RefusalRow& row : RowsOf(section_.refusals())) {
      damage_.Require(row.rule() < plan.rules.size());
      plan.refused.emplace_back(RuleId{row.rule()},
                                text_.Take(row.reason_size()));
    }
  }

  const file::Plan& section_;
  FileDamage damage_;
  FileText text_;
  RowCursor<file::PredicateRow> predicates_;
  RowCursor<file::PartRow> parts_;
  RowCursor<file::FieldPlanRow> field_plans_;
  RowCursor<file::PatternRow> patterns_;
  RowCursor<file::ReactionRow> reactions_;
  RowCursor<file::EqualityRow> equalities_;
  RowCursor<file::RulePlanRow> rules_;
  RowCursor<file::SelectionRow> selections_;
  RowCursor<file::NodeRow> nodes_;
  RowCursor<file::ValueRow> values_;
  RowCursor<file::TestRow> tests_;
  RowCursor<std::uint32_t> ids_;
  RowCursor<file::RefusalRow> refusals_;
  std::size_t field_count_ = 0;
  std::size_t predicate_count_ = 0;
  std::uint32_t nodes_left_ = 0;  // of the selection
};

}  // namespace

absl::StatusOr<Plan> ReadPlan(std::string_view bytes) {
  HS_ASSIGN_OR_RETURN(const file::Plan* section,
                      VerifiedRoot<file::Plan>(bytes));
  return PlanReader(*section).Read();
}

}  // namespace hypersigma::internal
