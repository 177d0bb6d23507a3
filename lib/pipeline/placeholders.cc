#include "lib/pipeline/placeholders.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "lib/base/source.h"
#include "lib/rule/placeholder.h"
#include "lib/rule/rule_loader.h"
#include "lib/rule/rule_set_parts.h"
#include "lib/rule/rule_text.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {
namespace {

using Names = std::set<std::string, std::less<>>;

// Gathers all names that could be placeholders: wherever `%name%` stands.
void CollectNames(const YamlNode& node, Names& names) {
  if (node.kind == YamlNode::Kind::kString) {
    const SigmaString text = SigmaString::ParseWithPlaceholders(node.text);
    for (const PatternPart& part : text.parts()) {
      if (part.kind == PatternPart::Kind::kPlaceholder) {
        names.insert(part.literal);
      }
    }
  }
  for (const YamlNode& item : node.items) CollectNames(item, names);
  for (const YamlNode::Entry& entry : node.entries) {
    CollectNames(entry.value, names);
  }
}

Names NamesOf(std::span<const RuleText> texts) {
  Names names;
  for (const RuleText& text : texts) {
    if (text.yaml.find('%') == std::string::npos) continue;
    const Source source(text.label, text.yaml);
    for (const YamlDocument& document : ParseYaml(source)) {
      CollectNames(document.root, names);
    }
  }
  return names;
}

bool IsFor(const ReplacePlaceholders& item, const std::string& name) {
  if (item.include.has_value()) return item.include->contains(name);
  return !item.exclude.contains(name);
}

// What all pipelines say of placeholders.
class PlaceholderItems {
 public:
  explicit PlaceholderItems(
      std::span<const PipelineDefinition* const> pipelines) {
    for (const PipelineDefinition* pipeline : pipelines) {
      for (const auto& [name, values] : pipeline->vars) vars_[name] = values;
      for (const PipelineItem& item : pipeline->items) {
        if (const auto* replace =
                std::get_if<ReplacePlaceholders>(&item.transformation)) {
          items_.push_back(replace);
        }
      }
    }
  }

  bool empty() const { return items_.empty(); }

  // Returns nullopt for a placeholder without values.
  std::optional<std::vector<std::string>> ValuesOf(
      const std::string& name) const {
    for (const ReplacePlaceholders* item : items_) {
      if (!IsFor(*item, name)) continue;
      if (item->by_wildcard) return std::vector<std::string>{"*"};
      const auto values = vars_.find(name);
      if (values == vars_.end()) return std::nullopt;
      return values->second;
    }
    return std::nullopt;
  }

 private:
  PlaceholderValues vars_;
  std::vector<const ReplacePlaceholders*> items_;
};

// Loads the texts of `rules` again. Documents without a text, those of files
// that could not be read, keep their places.
LoadedRules LoadAgain(const RuleSet& rules, const RuleSetOptions& options) {
  RuleLoader loader(options);
  const std::vector<Document>& documents = rules.report().documents;
  std::size_t next = 0;
  const auto keep_unreadable = [&](std::size_t end) {
    for (; next < end; ++next) {
      if (documents[next].line == 0) loader.AddRefused(documents[next]);
    }
  };
  for (const RuleText& text : rules.texts()) {
    keep_unreadable(text.first_document);
    loader.AddYaml(text.yaml, text.label);
  }
  keep_unreadable(documents.size());
  return loader.Finish();
}

}  // namespace

absl::StatusOr<RuleSet> ReplacePlaceholdersOf(
    const RuleSet& rules,
    std::span<const PipelineDefinition* const> pipelines) {
  const PlaceholderItems items(pipelines);
  if (items.empty()) return rules;
  if (!rules.pipelines().empty()) {
    return absl::FailedPreconditionError(
        "placeholders cannot be replaced after other pipelines; apply all "
        "pipelines at once");
  }
  RuleSetOptions options = rules.options();
  for (const std::string& name : NamesOf(rules.texts())) {
    if (options.placeholders.contains(name)) continue;
    if (auto values = items.ValuesOf(name)) {
      options.placeholders.emplace(name, *std::move(values));
    }
  }
  if (options.placeholders.size() == rules.options().placeholders.size()) {
    return rules;
  }
  return RuleSetParts::Join(LoadAgain(rules, options), options, {});
}

}  // namespace hypersigma::internal
