#include "tests/property/verdicts.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine_state.h"
#include "lib/reference/loader.h"
#include "tests/support/item_generator.h"

namespace hypersigma::property {
namespace {

using reference::JsonValue;

Verdicts Convert(const ScanResult& result) {
  Verdicts verdicts;
  for (const Match& match : result.matches) {
    std::vector<std::string>& selections =
        verdicts.matches[static_cast<std::size_t>(match.rule)];
    selections.assign(match.selections.begin(), match.selections.end());
  }
  for (const Undecided& undecided : result.undecided) {
    verdicts.undecided.insert(static_cast<std::size_t>(undecided.rule));
  }
  return verdicts;
}

// Borrows from `value`.
Value Convert(const JsonValue& value) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return Value::Null();
    case JsonValue::Kind::kBool:
      return Value::Bool(value.text == "true");
    case JsonValue::Kind::kNumber:
      return Value::Number(value.text);
    case JsonValue::Kind::kString:
      return Value::String(value.text);
    case JsonValue::Kind::kArray:
      return Value::EmptyArray();
    case JsonValue::Kind::kObject:
      return Value::Object();
  }
  return Value::Null();
}

// Adds the scalars and objects in `value`, arrays flattened.
void AddElements(FieldId field, const JsonValue& value,
                 std::vector<FieldValue>& pairs) {
  if (value.kind != JsonValue::Kind::kArray) {
    pairs.push_back({field, Convert(value)});
  }
  for (const JsonValue& element : value.elements) {
    AddElements(field, element, pairs);
  }
}

void AddField(FieldId field, const std::vector<const JsonValue*>& found,
              std::vector<FieldValue>& pairs) {
  const std::size_t before = pairs.size();
  for (const JsonValue* value : found) AddElements(field, *value, pairs);
  if (pairs.size() == before) pairs.push_back({field, Value::EmptyArray()});
}

void AddScalars(const JsonValue& value, std::vector<FieldValue>& pairs) {
  if (value.is_scalar()) pairs.push_back({kUnnamedField, Convert(value)});
  for (const JsonValue& element : value.elements) AddScalars(element, pairs);
  for (const JsonValue::Member& member : value.members) {
    AddScalars(member.second, pairs);
  }
}

absl::Status LoadedByOneOnly(const std::string& yaml, const Document& document,
                             const absl::Status& reference) {
  const bool by_engine = !reference.ok();
  std::string text =
      by_engine ? "only the engine loads\n" : "only the reference loads\n";
  text += yaml + reference.ToString() + "\n";
  for (const Diagnostic& diagnostic : document.diagnostics) {
    text += Format(diagnostic);
  }
  return absl::FailedPreconditionError(text);
}

}  // namespace

RuleSetOptions GeneratedOptions() {
  RuleSetOptions options;
  options.placeholders =
      reference::Placeholders(generator::GeneratedPlaceholders().begin(),
                              generator::GeneratedPlaceholders().end());
  return options;
}

absl::StatusOr<Pair> LoadPair(const std::vector<std::string>& documents) {
  std::string stream;
  for (const std::string& document : documents) stream += "---\n" + document;
  Pair pair;
  pair.rule_set = RuleSet::FromYaml(stream, GeneratedOptions());
  const std::vector<Document>& report = pair.rule_set.report().documents;
  if (report.size() != documents.size()) {
    return absl::FailedPreconditionError("documents were lost:\n" + stream);
  }
  for (std::size_t i = 0; i < documents.size(); ++i) {
    auto rule = reference::ParseReferenceRule(
        documents[i], generator::GeneratedPlaceholders());
    const bool is_loaded = report[i].status != DocumentStatus::kRefused;
    if (rule.ok() != is_loaded) {
      return LoadedByOneOnly(documents[i], report[i], rule.status());
    }
    if (!rule.ok()) continue;
    pair.references.push_back(*std::move(rule));
    pair.documents.push_back(documents[i]);
  }
  return pair;
}

absl::StatusOr<Verdicts> ScanText(Scanner& scanner, std::string_view json) {
  HS_ASSIGN_OR_RETURN(const ScanResult result, scanner.ScanJson(json));
  return Convert(result);
}

std::vector<FieldValue> PairsOf(const Engine& engine, const JsonValue& event) {
  std::vector<FieldValue> pairs;
  // Those of the log source map, too.
  for (const std::string& name : engine.state().plan().fields.names()) {
    const auto found = reference::LookUp(event, name);
    if (found.has_value()) AddField(engine.FindField(name), *found, pairs);
  }
  AddScalars(event, pairs);
  return pairs;
}

absl::StatusOr<Verdicts> ScanPairs(const Engine& engine, Scanner& scanner,
                                   const JsonValue& event) {
  const std::vector<FieldValue> pairs = PairsOf(engine, event);
  HS_ASSIGN_OR_RETURN(const ScanResult result, scanner.Scan(pairs));
  return Convert(result);
}

Verdicts Expected(const std::vector<reference::ReferenceRule>& rules,
                  reference::ReferenceEvent& event) {
  Verdicts verdicts;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const reference::Truth truth = RuleHolds(rules[i], event);
    if (truth == reference::Truth::kUnknown) verdicts.undecided.insert(i);
    if (truth != reference::Truth::kTrue) continue;
    verdicts.matches[i] = TrueSelections(rules[i], event);
  }
  return verdicts;
}

std::set<std::size_t> Differences(const Verdicts& expected,
                                  const Verdicts& actual) {
  std::set<std::size_t> differ;
  const auto compare = [&](const Verdicts& a, const Verdicts& b) {
    for (const auto& [rule, selections] : a.matches) {
      const auto other = b.matches.find(rule);
      if (other == b.matches.end() || other->second != selections) {
        differ.insert(rule);
      }
    }
  };
  compare(expected, actual);
  compare(actual, expected);
  for (const std::size_t rule : actual.undecided) differ.erase(rule);
  for (const std::size_t rule : expected.undecided) differ.erase(rule);
  return differ;
}

}  // namespace hypersigma::property
