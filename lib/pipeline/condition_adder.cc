#include "lib/pipeline/condition_adder.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/base/source.h"
#include "lib/base/text.h"
#include "lib/rule/reporter.h"
#include "lib/rule/selection_parser.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

bool IsNameCharacter(char c) {
  return c == '_' || (c >= '0' && c <= '9') ||
         (FoldAscii(c) >= 'a' && FoldAscii(c) <= 'z');
}

// Replaces `$category`, `$product` and `$service`, also in braces, by those of
// a rule; `$$` is `$`, and other names stay. As Python's string.Template.
class TemplateFiller {
 public:
  TemplateFiller(const Rule& rule, RuleRun& run) : rule_(rule), run_(run) {}

  void Fill(YamlNode& node) {
    if (node.kind == YamlNode::Kind::kString) node.text = Filled(node.text);
    for (YamlNode& item : node.items) Fill(item);
    for (YamlNode::Entry& entry : node.entries) Fill(entry.value);
  }

 private:
  std::string Filled(std::string_view text) {
    std::string filled;
    while (!text.empty()) {
      const std::size_t dollar = std::min(text.find('$'), text.size());
      filled += text.substr(0, dollar);
      text.remove_prefix(dollar);
      if (!text.empty()) FillOne(text, filled);
    }
    return filled;
  }

  // Takes what begins with `$` from `text`.
  void FillOne(std::string_view& text, std::string& filled) {
    if (text.starts_with("$$")) {
      filled.push_back('$');
      text.remove_prefix(2);
      return;
    }
    const bool has_brace = text.starts_with("${");
    const std::size_t begin = has_brace ? 2 : 1;
    std::size_t end = begin;
    while (end < text.size() && IsNameCharacter(text[end])) ++end;
    const bool is_closed = !has_brace || text.substr(end).starts_with('}');
    const std::string* value =
        is_closed ? Find(text.substr(begin, end - begin)) : nullptr;
    if (value == nullptr) {
      filled.push_back('$');
      text.remove_prefix(1);
      return;
    }
    filled += *value;
    text.remove_prefix(end + (has_brace ? 1 : 0));
  }

  const std::string* Find(std::string_view name) {
    const std::string* value = nullptr;
    if (name == "category") value = &rule_.category;
    if (name == "product") value = &rule_.product;
    if (name == "service") value = &rule_.service;
    if (value != nullptr && value->empty()) {
      run_.Fail(Concat({"the template names '$", name,
                        "', which the rule's log source does not have"}));
    }
    return value;
  }

  const Rule& rule_;
  RuleRun& run_;
};

// Returns the selection of a template; nullopt when the rule failed.
std::optional<Detection> FillTemplate(const AddCondition& add, RuleRun& run) {
  YamlNode conditions = add.conditions;
  TemplateFiller(*run.rule().attributes, run).Fill(conditions);
  if (run.failed()) return std::nullopt;
  const Source source("", "");
  Reporter reporter(source);
  PatternBudget budget;
  Detection detection = ParseSelectionBody(conditions, {}, budget, reporter);
  if (reporter.error_count() == 0) return detection;
  run.Fail(reporter.TakeDiagnostics().front().message);
  return std::nullopt;
}

void AddTo(Condition& condition, std::uint32_t selection, bool negated) {
  Condition added;
  added.kind = Condition::Kind::kSelection;
  added.selections.push_back(selection);
  if (negated) {
    Condition negation;
    negation.kind = Condition::Kind::kNot;
    negation.children.push_back(std::move(added));
    added = std::move(negation);
  }
  // One more operand rather than one more level, however many are added.
  if (condition.kind != Condition::Kind::kAnd) {
    Condition both;
    both.kind = Condition::Kind::kAnd;
    both.children.push_back(std::move(condition));
    condition = std::move(both);
  }
  condition.children.push_back(std::move(added));
}

std::size_t CostOf(const WorkDetection& detection) {
  std::size_t cost = internal::CostOf(detection.item);
  for (const WorkDetection& child : detection.children) cost += CostOf(child);
  return cost;
}

}  // namespace

void AddSelection(const AddCondition& add, const PipelineItem& item,
                  RuleRun& run) {
  WorkRule& rule = run.rule();
  if (rule.correlation != nullptr) return;
  std::optional<Detection> detection =
      add.is_template ? FillTemplate(add, run) : add.selection;
  if (!detection.has_value()) return;
  WorkSelection selection;
  const auto position = static_cast<std::uint32_t>(rule.selections.size());
  selection.name =
      add.name.empty() ? "_cond_" + std::to_string(position) : add.name;
  selection.detection = MakeWorkDetection(*std::move(detection));
  selection.is_filter = true;
  if (!run.Charge(CostOf(selection.detection) + rule.conditions.size())) return;
  if (!item.id.empty()) {
    for (WorkDetection& child : selection.detection.children) {
      child.applied.insert(item.id);
    }
  }
  rule.selections.push_back(std::move(selection));
  for (Condition& condition : rule.conditions) {
    AddTo(condition, position, add.negated);
  }
}

}  // namespace hypersigma::internal
