#include "tests/property/changes.h"

#include <algorithm>
#include <set>

#include "lib/base/source.h"
#include "lib/reference/text.h"
#include "lib/rule/yaml.h"
#include "tests/support/item_generator.h"

namespace hypersigma::property {
namespace {

using generator::Random;
using internal::YamlNode;
using reference::JsonValue;

// Letters whose other case has the same folding, in the other case.
std::string OtherCase(std::string_view text, Random& random) {
  reference::Text swapped = reference::DecodeUtf8(text);
  for (char32_t& character : swapped) {
    if (character >= reference::kInvalidByte || random.Chance(50)) continue;
    const char32_t other = reference::SwapCase(character);
    if (reference::FoldCharacter(other) ==
        reference::FoldCharacter(character)) {
      character = other;
    }
  }
  return reference::EncodeUtf8(swapped);
}

bool HasModifier(std::string_view key, const std::set<std::string>& names) {
  std::size_t bar = key.find('|');
  while (bar != std::string_view::npos) {
    const std::size_t end = std::min(key.find('|', bar + 1), key.size());
    if (names.contains(std::string(key.substr(bar + 1, end - bar - 1)))) {
      return true;
    }
    bar = end == key.size() ? std::string_view::npos : end;
  }
  return false;
}

YamlNode Parse(std::string_view document) {
  const internal::Source source("<rule>", document);
  return ParseYaml(source).at(0).root;
}

// Calls `function` with the key of every item and its value; keywords outside
// maps have the key "".
template <typename Node, typename Function>
void ForEachItem(Node& body, const Function& function) {
  if (body.kind == YamlNode::Kind::kMap) {
    for (auto& entry : body.entries) function(entry.key.text, entry.value);
  } else if (body.kind == YamlNode::Kind::kList) {
    for (auto& item : body.items) ForEachItem(item, function);
  } else {
    function(std::string(), body);
  }
}

template <typename Node, typename Function>
void ForEachItemOfRule(Node& root, const Function& function) {
  for (auto& entry : root.entries) {
    if (entry.key.text != "detection") continue;
    for (auto& selection : entry.value.entries) {
      if (selection.key.text == "condition") continue;
      ForEachItem(selection.value, function);
    }
  }
}

void SwapCasesOf(YamlNode& value, Random& random) {
  if (value.kind == YamlNode::Kind::kString) {
    value.text = OtherCase(value.text, random);
  }
  for (YamlNode& item : value.items) SwapCasesOf(item, random);
}

// Returns the node as YAML flow text.
std::string Write(const YamlNode& node, Random& random) {
  std::string text;
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "null";
    case YamlNode::Kind::kString:
      return generator::YamlQuoted(node.text, random);
    case YamlNode::Kind::kList:
      for (const YamlNode& item : node.items) {
        text += (text.empty() ? "" : ", ") + Write(item, random);
      }
      return "[" + text + "]";
    case YamlNode::Kind::kMap:
      for (const YamlNode::Entry& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + Write(entry.key, random) + ": " +
                Write(entry.value, random);
      }
      return "{" + text + "}";
    default:
      return node.text;
  }
}

}  // namespace

void ShuffleMembers(JsonValue& value, Random& random) {
  Shuffle(value.members, random);
  for (JsonValue::Member& member : value.members) {
    ShuffleMembers(member.second, random);
  }
  for (JsonValue& element : value.elements) ShuffleMembers(element, random);
}

void DropDuplicates(JsonValue& value) {
  std::set<std::string> names;
  std::erase_if(value.members, [&names](const JsonValue::Member& member) {
    return !names.insert(member.first).second;
  });
  for (JsonValue::Member& member : value.members) {
    DropDuplicates(member.second);
  }
  for (JsonValue& element : value.elements) DropDuplicates(element);
}

void SwapCases(JsonValue& value, Random& random) {
  if (value.kind == JsonValue::Kind::kString) {
    value.text = OtherCase(value.text, random);
  }
  for (JsonValue::Member& member : value.members) {
    SwapCases(member.second, random);
  }
  for (JsonValue& element : value.elements) SwapCases(element, random);
}

std::string NegateTwice(std::string_view document) {
  YamlNode root = Parse(document);
  for (YamlNode::Entry& entry : root.entries) {
    if (entry.key.text != "detection") continue;
    YamlNode& condition = entry.value.entries.back().value;
    condition.text = "not (not (" + condition.text + "))";
    for (YamlNode& item : condition.items) {
      item.text = "not (not (" + item.text + "))";
    }
  }
  Random random(document.size());
  return Write(root, random) + "\n";
}

std::string SwapCasesOfValues(std::string_view document, Random& random) {
  static const std::set<std::string> kExact = {
      "cased", "re",      "base64",  "base64offset", "expand",
      "wide",  "utf16le", "utf16be", "utf16",        "fieldref"};
  YamlNode root = Parse(document);
  ForEachItemOfRule(root, [&](const std::string& key, YamlNode& value) {
    if (!HasModifier(key, kExact)) SwapCasesOf(value, random);
  });
  return Write(root, random) + "\n";
}

bool DependsOnCase(std::string_view document) {
  static const std::set<std::string> kExact = {
      "cased", "re", "minute", "hour", "day", "week", "month", "year"};
  bool depends = false;
  const YamlNode root = Parse(document);
  ForEachItemOfRule(root, [&](const std::string& key, const YamlNode&) {
    depends = depends || HasModifier(key, kExact);
  });
  return depends;
}

bool HasKeywords(std::string_view document) {
  bool has = false;
  const YamlNode root = Parse(document);
  ForEachItemOfRule(root, [&](const std::string& key, const YamlNode&) {
    has = has || key.empty() || key.front() == '|';
  });
  return has;
}

}  // namespace hypersigma::property
