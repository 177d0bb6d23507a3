// Attributes of rules.

#include "lib/rule/metadata_parser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 23> kAttributes{
    "action",    "author",         "correlation", "date",      "description",
    "detection", "falsepositives", "fields",      "filter",    "generate",
    "id",        "level",          "license",     "logsource", "modified",
    "name",      "references",     "related",     "scope",     "status",
    "tags",      "taxonomy",       "title"};
constexpr std::array<std::string_view, 4> kLogSourceAttributes{
    "category", "definition", "product", "service"};
constexpr std::array<std::string_view, 5> kLevels{
    "critical", "high", "informational", "low", "medium"};
constexpr std::array<std::string_view, 5> kStatuses{
    "deprecated", "experimental", "stable", "test", "unsupported"};

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) {
    text.remove_prefix(DecodeCodePoint(text).byte_count);
  }
  return count;
}

// Returns whether `text` fits `shape`: 'x' is a hexadecimal digit, '0' a
// decimal one, anything else itself.
bool HasShape(std::string_view text, std::string_view shape) {
  const auto fits = [](char c, char wanted) {
    const bool is_digit = c >= '0' && c <= '9';
    const char folded = FoldAscii(c);
    if (wanted == '0') return is_digit;
    if (wanted == 'x') return is_digit || (folded >= 'a' && folded <= 'f');
    return c == wanted;
  };
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(), fits);
}

class MetadataParser {
 public:
  MetadataParser(const YamlNode& root, Reporter& reporter, LogSourceNeed need)
      : root_(root), reporter_(reporter), need_(need) {}

  Rule Parse();

 private:
  std::string ParseTitle();
  // Parses an optional text; a list is joined by ", ".
  std::string ParseText(std::string_view key);
  std::vector<std::string> ParseTexts(std::string_view key);
  std::vector<RelatedRule> ParseRelated();
  void ParseLogSource(Rule& rule);
  std::string ParseLogSourceText(const YamlNode& log_source,
                                 std::string_view key);
  void CheckOneOf(std::string_view key, std::string_view text,
                  std::span<const std::string_view> names);
  void CheckShape(std::string_view key, std::string_view text,
                  std::string_view shape, std::string_view expected);
  void CheckNames();

  const YamlNode& root_;
  Reporter& reporter_;
  LogSourceNeed need_;
};

Rule MetadataParser::Parse() {
  Rule rule;
  rule.title = ParseTitle();
  rule.id = ParseText("id");
  rule.name = ParseText("name");
  rule.description = ParseText("description");
  rule.level = ParseText("level");
  rule.status = ParseText("status");
  rule.author = ParseText("author");
  rule.date = ParseText("date");
  rule.modified = ParseText("modified");
  rule.tags = ParseTexts("tags");
  rule.references = ParseTexts("references");
  rule.false_positives = ParseTexts("falsepositives");
  rule.related = ParseRelated();
  CheckShape("id", rule.id, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "a UUID");
  CheckShape("date", rule.date, "0000-00-00", "YYYY-MM-DD");
  CheckShape("modified", rule.modified, "0000-00-00", "YYYY-MM-DD");
  CheckOneOf("level", rule.level, kLevels);
  CheckOneOf("status", rule.status, kStatuses);
  if (need_ != LogSourceNeed::kNone) ParseLogSource(rule);
  CheckNames();
  return rule;
}

std::string MetadataParser::ParseTitle() {
  const YamlNode* title = root_.Find("title");
  if (title == nullptr) {
    reporter_.Error(root_.range, "title is missing, expected a string");
    return {};
  }
  if (title->kind != Kind::kString || title->text.empty()) {
    reporter_.Mismatch(title->range, "title", Describe(*title), "a string");
    return title->text;
  }
  const std::size_t count = CountCodePoints(title->text);
  if (count > kMaxTitleCodePoints) {
    const std::string found = Concat({std::to_string(count), " characters"});
    const std::string expected =
        Concat({"at most ", std::to_string(kMaxTitleCodePoints)});
    reporter_.StrictWarning(title->range,
                            Concat({"title has ", found, ", expected ",
                                    expected, "; it is kept as it is"}),
                            found, expected);
  }
  return title->text;
}

std::string MetadataParser::ParseText(std::string_view key) {
  const YamlNode* node = root_.Find(key);
  if (node == nullptr) return {};
  if (node->is_scalar()) return node->text;
  std::string joined;
  for (const std::string& text : ParseTexts(key)) {
    if (!joined.empty()) joined.append(", ");
    joined.append(text);
  }
  return joined;
}

std::vector<std::string> MetadataParser::ParseTexts(std::string_view key) {
  std::vector<std::string> texts;
  const YamlNode* node = root_.Find(key);
  if (node == nullptr || node->kind == Kind::kNull) return texts;
  const auto add = [&](const YamlNode& text) {
    if (text.is_scalar()) {
      texts.push_back(text.text);
    } else {
      reporter_.Note(text.range, Concat({key, " has ", Describe(text),
                                         " where a string is expected; it is "
                                         "left out"}));
    }
  };
  if (node->kind == Kind::kList) {
    for (const YamlNode& item : node->items) add(item);
  } else {
    add(*node);
  }
  return texts;
}

std::vector<RelatedRule> MetadataParser::ParseRelated() {
  std::vector<RelatedRule> related;
  const YamlNode* node = root_.Find("related");
  if (node == nullptr || node->kind == Kind::kNull) return related;
  if (node->kind != Kind::kList) {
    reporter_.Note(node->range,
                   Concat({"related is ", Describe(*node),
                           ", expected a list of maps with id and type; it is "
                           "left out"}));
    return related;
  }
  for (const YamlNode& item : node->items) {
    std::string id = ScalarText(item, "id");
    if (id.empty()) {
      reporter_.Note(item.range,
                     "a member of related has no id, expected a map with id "
                     "and type; it is left out");
      continue;
    }
    related.push_back({std::move(id), ScalarText(item, "type")});
  }
  return related;
}

void MetadataParser::ParseLogSource(Rule& rule) {
  constexpr std::string_view kExpected =
      "a map with category, product or service";
  const YamlNode* log_source = root_.Find("logsource");
  const bool is_null = log_source != nullptr && log_source->kind == Kind::kNull;
  if (need_ == LogSourceNeed::kExpected && (log_source == nullptr || is_null)) {
    reporter_.StrictWarning(
        is_null ? log_source->range : root_.range,
        Concat({"logsource is ", is_null ? "null" : "missing", ", expected ",
                kExpected, "; the filter is taken to be for any of them"}));
    return;
  }
  if (log_source == nullptr) {
    reporter_.Error(root_.range,
                    Concat({"logsource is missing, expected ", kExpected}));
    return;
  }
  if (log_source->kind != Kind::kMap) {
    reporter_.Mismatch(log_source->range, "logsource", Describe(*log_source),
                       std::string(kExpected));
    return;
  }
  const std::size_t errors = reporter_.error_count();
  rule.product = ParseLogSourceText(*log_source, "product");
  rule.category = ParseLogSourceText(*log_source, "category");
  rule.service = ParseLogSourceText(*log_source, "service");
  for (const YamlNode::Entry& entry : log_source->entries) {
    const std::string_view name = entry.key.text;
    if (Contains(kLogSourceAttributes, name)) continue;
    const auto meant = Nearest(name, kLogSourceAttributes);
    if (!meant.has_value()) continue;
    reporter_.Warning(entry.key.range,
                      Concat({"unknown attribute ", Quoted(name),
                              " of logsource", DidYouMean(meant)}));
  }
  if (rule.product.empty() && rule.category.empty() && rule.service.empty() &&
      errors == reporter_.error_count()) {
    reporter_.Error(
        log_source->range,
        Concat({"logsource names no log source, expected ", kExpected}));
  }
}

std::string MetadataParser::ParseLogSourceText(const YamlNode& log_source,
                                               std::string_view key) {
  const YamlNode* node = log_source.Find(key);
  if (node == nullptr || node->kind == Kind::kNull) return {};
  if (node->kind != Kind::kString) {
    reporter_.Mismatch(node->range, Concat({key, " of logsource"}),
                       Describe(*node), "a string");
    return {};
  }
  return node->text;
}

void MetadataParser::CheckOneOf(std::string_view key, std::string_view text,
                                std::span<const std::string_view> names) {
  if (text.empty() || Contains(names, text)) return;
  reporter_.Note(root_.Find(key)->range,
                 Concat({"unknown ", key, " ", Quoted(text),
                         DidYouMean(Nearest(text, names))}));
}

void MetadataParser::CheckShape(std::string_view key, std::string_view text,
                                std::string_view shape,
                                std::string_view expected) {
  if (text.empty() || HasShape(text, shape)) return;
  reporter_.Note(root_.Find(key)->range,
                 Concat({key, " is ", Quoted(text), ", expected ", expected}),
                 Quoted(text), std::string(expected));
}

// Attributes of one's own are allowed; only what looks misspelt is remarked.
void MetadataParser::CheckNames() {
  for (const YamlNode::Entry& entry : root_.entries) {
    const std::string_view name = entry.key.text;
    if (Contains(kAttributes, name)) continue;
    const auto meant = Nearest(name, kAttributes);
    if (!meant.has_value() || root_.Find(*meant) != nullptr) continue;
    reporter_.Note(entry.key.range, Concat({"unknown attribute ", Quoted(name),
                                            DidYouMean(meant)}));
  }
}

}  // namespace

Rule ParseMetadata(const YamlNode& root, Reporter& reporter,
                   LogSourceNeed need) {
  return MetadataParser(root, reporter, need).Parse();
}

std::string ScalarText(const YamlNode& root, std::string_view key) {
  const YamlNode* node = root.Find(key);
  return node != nullptr && node->is_scalar() ? node->text : std::string();
}

}  // namespace hypersigma::internal
