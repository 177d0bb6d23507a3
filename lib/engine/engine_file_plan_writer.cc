// Plan -> bytes.

#include <cstdint>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_buffer.h"
#include "lib/engine/engine_file_plan.h"

namespace hypersigma::internal {
namespace {

template <typename Container>
std::uint32_t Count(const Container& container) {
  return static_cast<std::uint32_t>(container.size());
}

template <typename Enum>
std::uint8_t Number(Enum value) {
  return static_cast<std::uint8_t>(value);
}

std::uint8_t BitsOf(const RegexFlags& flags) {
  return static_cast<std::uint8_t>(
      (flags.caseless ? 1 : 0) | (flags.multiline ? 2 : 0) |
      (flags.dot_all ? 4 : 0) | (flags.at_start ? 8 : 0) |
      (flags.at_end ? 16 : 0));
}

// The rows of a plan, in the order in which they are read. Braces, since the
// arguments of a call are evaluated in any order, and the order of texts is
// that of their sizes.
class PlanWriter {
 public:
  void Write(const Plan& plan, std::size_t field_count) {
    for (const std::string& name : plan.fields.names().first(field_count)) {
      field_sizes_.push_back(Text(name));
    }
    for (const Predicate& predicate : plan.predicates) Write(predicate);
    for (std::size_t i = 0; i < field_count; ++i) Write(plan.field_plans[i]);
    Write(plan.keyword_plan);
    for (const RulePlan& rule : plan.rules) Write(rule);
    for (const auto& [rule, reason] : plan.refused) {
      refusals_.push_back(
          file::RefusalRow{static_cast<std::uint32_t>(rule), Text(reason)});
    }
  }

  absl::StatusOr<std::string> Finish(const Plan& plan) {
    HS_RETURN_IF_ERROR(CheckFileSectionBytes("the plan is", ByteCount()));
    flatbuffers::FlatBufferBuilder builder(ByteCount() + 4096);
    const auto text = AddText(builder, text_);
    const auto field_sizes = builder.CreateVector(field_sizes_);
    const auto predicates = builder.CreateVectorOfStructs(predicates_);
    const auto parts = builder.CreateVectorOfStructs(parts_);
    const auto field_plans = builder.CreateVectorOfStructs(field_plans_);
    const auto patterns = builder.CreateVectorOfStructs(patterns_);
    const auto reactions = builder.CreateVectorOfStructs(reactions_);
    const auto equalities = builder.CreateVectorOfStructs(equalities_);
    const auto rules = builder.CreateVectorOfStructs(rules_);
    const auto selections = builder.CreateVectorOfStructs(selections_);
    const auto nodes = builder.CreateVectorOfStructs(nodes_);
    const auto values = builder.CreateVectorOfStructs(values_);
    const auto tests = builder.CreateVectorOfStructs(tests_);
    const auto ids = builder.CreateVector(predicate_ids_);
    const auto refusals = builder.CreateVectorOfStructs(refusals_);
    builder.Finish(file::CreatePlan(
        builder, text, field_sizes, predicates, parts, plan.decided_count,
        plan.has_keywords, field_plans, patterns, reactions, equalities, rules,
        selections, nodes, values, tests, ids, refusals));
    return BytesOf(builder);
  }

 private:
  std::uint32_t Text(std::string_view text) {
    text_.append(text);
    return Count(text);
  }

  std::uint32_t Ids(const std::vector<PredicateId>& ids) {
    for (const PredicateId id : ids) predicate_ids_.push_back(Index(id));
    return Count(ids);
  }

  void Write(const Predicate& predicate) {
    predicates_.push_back(file::PredicateRow{
        Index(predicate.field), Index(predicate.other_field),
        Text(predicate.operand), Count(predicate.glob), Number(predicate.op),
        Number(predicate.relation), Number(predicate.time_part),
        Number(predicate.comparison), BitsOf(predicate.regex_flags),
        predicate.cased, predicate.has_trigger});
    for (const PatternPart& part : predicate.glob) {
      parts_.push_back(file::PartRow{Text(part.literal), Number(part.kind)});
    }
  }

  void Write(const FieldPlan& plan) {
    for (const Pattern& pattern : plan.patterns) {
      patterns_.push_back(file::PatternRow{
          Text(pattern.literal), Count(pattern.reactions), pattern.cased});
      for (const Reaction& reaction : pattern.reactions) {
        reactions_.push_back(file::ReactionRow{Index(reaction.predicate),
                                               Number(reaction.anchor)});
      }
    }
    for (const Equality& equality : plan.equalities) {
      equalities_.push_back(file::EqualityRow{Text(equality.key),
                                              Index(equality.predicate),
                                              Number(equality.kind)});
    }
    field_plans_.push_back(
        file::FieldPlanRow{Count(plan.patterns), Count(plan.equalities),
                           Ids(plan.on_presence), Ids(plan.on_text)});
  }

  void Write(const RulePlan& rule) {
    for (const SelectionPlan& selection : rule.selections) {
      const std::uint32_t name_size = Text(selection.name);
      const std::uint32_t before = Count(nodes_);
      Write(selection.detection);
      selections_.push_back(
          file::SelectionRow{name_size, Count(nodes_) - before, selection.named,
                             selection.is_filter});
    }
    for (const Test& test : rule.program.tests) {
      tests_.push_back(
          file::TestRow{Index(test.predicate), test.if_true, test.if_false});
    }
    rules_.push_back(
        file::RulePlanRow{Count(rule.selections), Count(rule.program.tests),
                          Ids(rule.witness), rule.program.start, rule.always});
  }

  // Rules nest no deeper than kMaxYamlDepth.
  void Write(const DetectionPlan& node) {  // NOLINT(misc-no-recursion)
    nodes_.push_back(file::NodeRow{Index(node.field), Count(node.children),
                                   Count(node.values), Number(node.kind),
                                   node.all, node.neq});
    for (const ValuePlan& value : node.values) {
      values_.push_back(file::ValueRow{Text(value.written), Ids(value.any_of),
                                       Number(value.kind)});
    }
    for (const DetectionPlan& child : node.children) Write(child);
  }

  template <typename Row>
  static std::size_t BytesOfRows(const std::vector<Row>& rows) {
    return rows.size() * sizeof(Row);
  }

  std::size_t ByteCount() const {
    return text_.size() + BytesOfRows(field_sizes_) + BytesOfRows(predicates_) +
           BytesOfRows(parts_) + BytesOfRows(field_plans_) +
           BytesOfRows(patterns_) + BytesOfRows(reactions_) +
           BytesOfRows(equalities_) + BytesOfRows(rules_) +
           BytesOfRows(selections_) + BytesOfRows(nodes_) +
           BytesOfRows(values_) + BytesOfRows(tests_) +
           BytesOfRows(predicate_ids_) + BytesOfRows(refusals_);
  }

  std::string text_;
  std::vector<std::uint32_t> field_sizes_;
  std::vector<file::PredicateRow> predicates_;
  std::vector<file::PartRow> parts_;
  std::vector<file::FieldPlanRow> field_plans_;
  std::vector<file::PatternRow> patterns_;
  std::vector<file::ReactionRow> reactions_;
  std::vector<file::EqualityRow> equalities_;
  std::vector<file::RulePlanRow> rules_;
  std::vector<file::SelectionRow> selections_;
  std::vector<file::NodeRow> nodes_;
  std::vector<file::ValueRow> values_;
  std::vector<file::TestRow> tests_;
  std::vector<std::uint32_t> predicate_ids_;
  std::vector<file::RefusalRow> refusals_;
};

}  // namespace

absl::StatusOr<std::string> WritePlan(const Plan& plan,
                                      std::size_t field_count) {
  PlanWriter writer;
  writer.Write(plan, field_count);
  return writer.Finish(plan);
}

}  // namespace hypersigma::internal
