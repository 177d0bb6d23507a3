// Reading of references.

#include "lib/rule/rule_reference.h"

#include <utility>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kExpected = "the id or name of a rule";

void ParseOne(const YamlNode& node, Reporter& reporter,
              std::vector<RuleReference>& references) {
  const bool has_text = node.is_scalar() &&
                        node.kind != YamlNode::Kind::kNull &&
                        !node.text.empty();
  if (!has_text) {
    reporter.Mismatch(node.range, "a member of rules", Describe(node),
                      std::string(kExpected));
    return;
  }
  if (node.kind != YamlNode::Kind::kString) {
    reporter.StrictWarning(
        node.range,
        Concat({"a member of rules is ", Describe(node), ", expected ",
                kExpected, " as a string; it is taken as its text"}),
        Describe(node), std::string(kExpected));
  }
  references.push_back({node.text, node.range, {}});
}

}  // namespace

std::vector<RuleReference> ParseRuleReferences(const YamlNode& node,
                                               Reporter& reporter) {
  std::vector<RuleReference> references;
  if (node.kind == YamlNode::Kind::kList) {
    for (const YamlNode& item : node.items) {
      ParseOne(item, reporter, references);
    }
  } else if (node.kind == YamlNode::Kind::kMap) {
    reporter.Mismatch(node.range, "rules", Describe(node),
                      "a list of ids or names");
  } else {
    ParseOne(node, reporter, references);
  }
  return references;
}

}  // namespace hypersigma::internal
