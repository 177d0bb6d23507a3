#include "lib/pipeline/map_reader.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

// Python's `\Z` is the end of the text, which PCRE2 calls `\z`; PCRE2's `\Z`
// may stand before a newline.
std::string FromPython(std::string_view pattern) {
  std::string result(pattern);
  for (std::size_t i = 0; i + 1 < result.size(); ++i) {
    if (result[i] != '\\') continue;
    ++i;
    if (result[i] == 'Z') result[i] = 'z';
  }
  return result;
}

}  // namespace

std::vector<std::string> TextsOf(const YamlNode& node, const std::string& what,
                                 Reporter& reporter) {
  const std::span<const YamlNode> nodes =
      node.kind == Kind::kList ? std::span<const YamlNode>(node.items)
                               : std::span<const YamlNode>(&node, 1);
  std::vector<std::string> texts;
  for (const YamlNode& text : nodes) {
    if (text.is_scalar() && text.kind != Kind::kNull) {
      texts.push_back(text.text);
    } else {
      reporter.Mismatch(text.range, what, Describe(text),
                        "a string or a list of strings");
    }
  }
  if (nodes.empty()) {
    reporter.Mismatch(node.range, what, Describe(node),
                      "a string or a list of strings");
  }
  return texts;
}

std::shared_ptr<const Regex> CompileRegex(const YamlNode& node,
                                          RegexFlags flags,
                                          Reporter& reporter) {
  auto compiled = Regex::Compile(FromPython(node.text), flags);
  if (Regex* regex = std::get_if<Regex>(&compiled)) {
    return std::make_shared<const Regex>(std::move(*regex));
  }
  const auto& error = std::get<RegexError>(compiled);
  reporter.Error(
      PlaceInScalar(reporter.source(), node, error.offset, error.offset + 1),
      Concat({"invalid regular expression: ", error.message}),
      Quoted(node.text));
  return nullptr;
}

const YamlNode* MapReader::Find(std::string_view key) {
  asked_.push_back(key);
  return map_.Find(key);
}

const YamlNode* MapReader::Require(std::string_view key) {
  const YamlNode* member = Find(key);
  if (member == nullptr) {
    reporter_.Error(map_.range, Concat({what_, " has no ", Quoted(key)}));
  }
  return member;
}

std::string MapReader::Member(std::string_view key) const {
  return Concat({Quoted(key), " of ", what_});
}

std::string MapReader::Text(std::string_view key) {
  const YamlNode* member = Find(key);
  if (member == nullptr || member->kind == Kind::kNull) return {};
  if (member->is_scalar()) return member->text;
  reporter_.Mismatch(member->range, Member(key), Describe(*member), "a string");
  return {};
}

std::string MapReader::RequiredText(std::string_view key) {
  const YamlNode* member = Require(key);
  if (member == nullptr) return {};
  if (member->is_scalar() && member->kind != Kind::kNull) return member->text;
  reporter_.Mismatch(member->range, Member(key), Describe(*member), "a string");
  return {};
}

std::vector<std::string> MapReader::TextsOf(std::string_view key,
                                            const YamlNode& node) {
  return internal::TextsOf(node, Member(key), reporter_);
}

std::vector<std::string> MapReader::Texts(std::string_view key) {
  const YamlNode* member = Find(key);
  if (member == nullptr || member->kind == Kind::kNull) return {};
  if (member->kind == Kind::kList && member->items.empty()) return {};
  return TextsOf(key, *member);
}

std::vector<std::string> MapReader::RequiredTexts(std::string_view key) {
  const YamlNode* member = Require(key);
  if (member == nullptr) return {};
  return TextsOf(key, *member);
}

bool MapReader::Flag(std::string_view key) {
  const YamlNode* member = Find(key);
  if (member == nullptr) return false;
  if (member->kind != Kind::kBool) {
    reporter_.Mismatch(member->range, Member(key), Describe(*member),
                       "true or false");
  }
  return member->text == "true";
}

Scalar MapReader::RequiredScalar(std::string_view key) {
  const YamlNode* member = Require(key);
  if (member == nullptr) return {};
  if (auto scalar = ScalarOf(*member)) return *std::move(scalar);
  reporter_.Mismatch(member->range, Member(key), Describe(*member),
                     "a string, number, boolean or null");
  return {};
}

std::size_t MapReader::Choice(std::string_view key,
                              std::span<const std::string_view> names,
                              std::size_t otherwise) {
  const YamlNode* member = Find(key);
  if (member == nullptr) return otherwise;
  const auto name = std::find(names.begin(), names.end(), member->text);
  if (name != names.end())
    return static_cast<std::size_t>(name - names.begin());
  std::string expected;
  for (const std::string_view one : names) {
    if (!expected.empty()) expected += one == names.back() ? " or " : ", ";
    expected += Quoted(one);
  }
  reporter_.Mismatch(member->range, Member(key), Describe(*member),
                     std::move(expected));
  return otherwise;
}

std::shared_ptr<const Regex> MapReader::RequiredRegex(std::string_view key,
                                                      RegexFlags flags) {
  const YamlNode* member = Require(key);
  if (member == nullptr) return nullptr;
  if (member->is_scalar() && member->kind != Kind::kNull) {
    return CompileRegex(*member, flags, reporter_);
  }
  reporter_.Mismatch(member->range, Member(key), Describe(*member),
                     "a regular expression");
  return nullptr;
}

void MapReader::Finish() {
  for (const YamlNode::Entry& entry : map_.entries) {
    const std::string& key = entry.key.text;
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    reporter_.Error(entry.key.range,
                    Concat({"unknown key ", Quoted(key), " in ", what_,
                            DidYouMean(Nearest(key, asked_))}));
  }
}

}  // namespace hypersigma::internal
