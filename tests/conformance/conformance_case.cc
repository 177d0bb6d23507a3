#include "tests/conformance/conformance_case.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/source.h"
#include "lib/base/status_macros.h"
#include "lib/reference/json_value.h"
#include "lib/reference/text.h"
#include "lib/rule/yaml.h"
#include "tests/support/json_writer.h"

namespace hypersigma::conformance {
namespace {

using internal::YamlNode;
using reference::JsonValue;

constexpr std::string_view kHead =
    "title: T\nlogsource: {category: test}\ndetection:\n";

// Returns `text` with each line moved to the right.
std::string Indent(std::string_view text) {
  std::string indented = "  ";
  for (const char c : text) {
    indented += c;
    if (c == '\n') indented += "  ";
  }
  return indented;
}

std::string TextOf(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.Find(key);
  return node == nullptr ? "" : node->text;
}

std::vector<YamlNode> ItemsOf(const YamlNode& map, std::string_view key) {
  const YamlNode* node = map.Find(key);
  return node == nullptr ? std::vector<YamlNode>() : node->items;
}

// Returns the bytes that the characters U+0000 to U+00FF of `text` stand for.
std::string ToBytes(std::string_view text) {
  std::string bytes;
  for (const char32_t character : reference::DecodeUtf8(text)) {
    bytes += static_cast<char>(character);
  }
  return bytes;
}

void AddEvents(const YamlNode& map, std::string_view key,
               const std::set<std::string>& expect, Case& made) {
  for (const YamlNode& event : ItemsOf(map, key)) {
    made.events.push_back(event.text);
    made.expect.push_back(expect);
  }
}

absl::StatusOr<Case::Loading> LoadingOf(const std::string& refuse) {
  if (refuse.empty()) return Case::Loading::kLoads;
  if (refuse == "always") return Case::Loading::kRefused;
  if (refuse == "strict") return Case::Loading::kRefusedIfStrict;
  return absl::InvalidArgumentError(absl::StrCat("refuse: ", refuse));
}

absl::Status CheckKeys(const YamlNode& map) {
  static const std::set<std::string> kKeys = {
      "id",       "section", "note",     "decision",    "detection", "context",
      "rules",    "match",   "no_match", "events",      "expect",    "refuse",
      "degraded", "says",    "bytes",    "placeholders"};
  for (const YamlNode::Entry& entry : map.entries) {
    if (kKeys.count(entry.key.text) == 0) {
      return absl::InvalidArgumentError(absl::StrCat("key ", entry.key.text));
    }
  }
  if (TextOf(map, "section").empty()) {
    return absl::InvalidArgumentError("no section");
  }
  return absl::OkStatus();
}

void AddPlaceholders(const YamlNode& map, Case& made) {
  const YamlNode* placeholders = map.Find("placeholders");
  if (placeholders == nullptr) return;
  for (const YamlNode::Entry& entry : placeholders->entries) {
    for (const YamlNode& value : entry.value.items) {
      made.placeholders[entry.key.text].push_back(value.text);
    }
  }
}

absl::StatusOr<Case> FromYaml(const YamlNode& map) {
  HS_RETURN_IF_ERROR(CheckKeys(map));
  Case made;
  made.id = TextOf(map, "id");
  made.rules = TextOf(map, "rules");
  const std::string context = TextOf(map, "context");
  if (!context.empty()) made.rules = context + "---\n" + made.rules;
  const std::string detection = TextOf(map, "detection");
  if (!detection.empty()) made.rules = std::string(kHead) + Indent(detection);
  HS_ASSIGN_OR_RETURN(made.loading, LoadingOf(TextOf(map, "refuse")));
  if (made.rules.empty()) return absl::InvalidArgumentError("no rules");
  AddEvents(map, "match", {"T"}, made);
  AddEvents(map, "no_match", {}, made);
  for (const YamlNode& event : ItemsOf(map, "events")) {
    made.events.push_back(event.text);
  }
  for (const YamlNode& titles : ItemsOf(map, "expect")) {
    std::set<std::string> expected;
    for (const YamlNode& title : titles.items) expected.insert(title.text);
    made.expect.push_back(std::move(expected));
  }
  if (made.events.size() != made.expect.size()) {
    return absl::InvalidArgumentError("events and expect differ in length");
  }
  if (TextOf(map, "bytes") == "true") {
    for (std::string& event : made.events) event = ToBytes(event);
  }
  AddPlaceholders(map, made);
  made.degraded = 0;
  if (const YamlNode* degraded = map.Find("degraded")) {
    made.degraded = std::stoul(degraded->text);
  }
  for (const YamlNode& text : ItemsOf(map, "says")) {
    made.says.push_back(text.text);
  }
  return made;
}

const JsonValue* Find(const JsonValue& object, std::string_view key) {
  for (const JsonValue::Member& member : object.members) {
    if (member.first == key) return &member.second;
  }
  return nullptr;
}

std::set<std::string> Texts(const JsonValue& array) {
  std::set<std::string> texts;
  for (const JsonValue& element : array.elements) texts.insert(element.text);
  return texts;
}

Case FromJson(const JsonValue& object) {
  Case made;
  made.id = Find(object, "id")->text;
  made.rules = Find(object, "rules")->text;
  made.is_correlation = Find(object, "expect_correlation") != nullptr ||
                        Find(object, "timestamps") != nullptr;
  if (Find(object, "expect_error") != nullptr) {
    made.loading = Find(object, "strict") == nullptr
                       ? Case::Loading::kRefused
                       : Case::Loading::kRefusedIfStrict;
  }
  for (const JsonValue& event : Find(object, "events")->elements) {
    made.events.push_back(reference::WriteJson(event));
  }
  if (const JsonValue* expect = Find(object, "expect")) {
    for (const JsonValue& titles : expect->elements) {
      made.expect.push_back(Texts(titles));
    }
  }
  if (const JsonValue* placeholders = Find(object, "placeholders")) {
    for (const JsonValue::Member& member : placeholders->members) {
      for (const JsonValue& value : member.second.elements) {
        made.placeholders[member.first].push_back(value.text);
      }
    }
  }
  return made;
}

}  // namespace

absl::StatusOr<std::vector<Case>> ParseYamlCases(std::string_view file,
                                                 std::string_view yaml) {
  const internal::Source source(std::string(file), yaml);
  std::vector<Case> cases;
  for (const internal::YamlDocument& document : internal::ParseYaml(source)) {
    for (const Diagnostic& diagnostic : document.diagnostics) {
      return absl::InvalidArgumentError(Format(diagnostic));
    }
    for (const YamlNode& map : document.root.items) {
      absl::StatusOr<Case> made = FromYaml(map);
      if (!made.ok()) {
        return absl::InvalidArgumentError(
            absl::StrCat(TextOf(map, "id"), ": ", made.status().message()));
      }
      cases.push_back(*std::move(made));
    }
  }
  return cases;
}

absl::StatusOr<std::vector<Case>> ParseJsonCases(std::string_view json) {
  HS_ASSIGN_OR_RETURN(const JsonValue array, reference::ParseJson(json));
  std::vector<Case> cases;
  for (const JsonValue& object : array.elements) {
    cases.push_back(FromJson(object));
  }
  return cases;
}

}  // namespace hypersigma::conformance
