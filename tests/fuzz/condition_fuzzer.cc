// Condition text: the parsers of library and slow path accept the same texts,
// which then have the same value whatever selections hold. As condition over
// rules it is parsed only.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/source.h"
#include "lib/reference/condition.h"
#include "lib/rule/condition_parser.h"
#include "lib/rule/reporter.h"
#include "lib/rule/selection_names.h"
#include "lib/rule/yaml.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/item_generator.h"

namespace hypersigma::fuzz {
namespace {

using internal::Condition;
using internal::ConditionOver;
using reference::Truth;

const std::vector<std::string> kNames = {"a", "b", "_x", "sel_1", "sel-2", "1"};

bool Holds(const Condition& condition, unsigned held) {
  const auto is_held = [held](std::uint32_t selection) {
    return (held >> selection & 1u) != 0;
  };
  switch (condition.kind) {
    case Condition::Kind::kAnd:
      for (const Condition& child : condition.children) {
        if (!Holds(child, held)) return false;
      }
      return true;
    case Condition::Kind::kOr:
      for (const Condition& child : condition.children) {
        if (Holds(child, held)) return true;
      }
      return false;
    case Condition::Kind::kNot:
      return !Holds(condition.children.at(0), held);
    case Condition::Kind::kSelection:
      return is_held(condition.selections.at(0));
    case Condition::Kind::kQuantifier: {
      std::uint32_t count = 0;
      for (const std::uint32_t selection : condition.selections) {
        count += is_held(selection) ? 1 : 0;
      }
      return count >= condition.at_least;
    }
  }
  return false;
}

void CheckValues(const Condition& condition,
                 const reference::ConditionNode& expected) {
  for (unsigned held = 0; held < 1u << kNames.size(); ++held) {
    const auto holds = [held](const std::string& name) {
      for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames[i] == name) return reference::ToTruth((held >> i & 1u) != 0);
      }
      Fail("the slow path asks for an unknown selection");
    };
    Require(reference::ToTruth(Holds(condition, held)) ==
                reference::ConditionHolds(expected, holds),
            "a condition has one value");
  }
}

// Brackets and `not` past the library's limit.
bool IsDeep(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text.substr(i, 3) == "not") ++count;
  }
  return count > static_cast<std::size_t>(internal::kMaxConditionDepth);
}

void Check(std::string_view text) {
  generator::Random random(text.size());
  const std::string yaml = generator::YamlQuoted(text, random);
  const internal::Source source("condition", yaml);
  const auto documents = internal::ParseYaml(source);
  if (documents.size() != 1 || !documents[0].is_complete) return;
  const internal::YamlNode& node = documents[0].root;
  if (node.kind != internal::YamlNode::Kind::kString) return;
  const internal::SelectionNames names(
      std::vector<std::string_view>(kNames.begin(), kNames.end()));
  internal::Reporter reporter(source);
  const auto condition = internal::ParseCondition(node, names, reporter);
  Require(condition.has_value() == (reporter.error_count() == 0),
          "a condition is refused with an error");
  const auto expected = reference::ParseCondition(node.text, kNames);
  if (!IsDeep(node.text) && expected.ok() != condition.has_value()) {
    Fail("condition accepted by one side alone: " + node.text + "\n" +
         expected.status().ToString());
  }
  if (condition.has_value() && expected.ok()) {
    CheckValues(*condition, *expected);
  }
  internal::ParseCondition(node, names, reporter, ConditionOver::kRules);
  for (const Diagnostic& diagnostic : reporter.TakeDiagnostics()) {
    Require(!Format(diagnostic).empty(), "a diagnostic has a text");
  }
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
