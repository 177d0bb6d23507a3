#include "lib/reference/rule_set.h"

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/source.h"
#include "lib/base/status_macros.h"
#include "lib/reference/collection.h"
#include "lib/reference/filter.h"
#include "lib/reference/loader.h"
#include "lib/rule/yaml.h"

namespace hypersigma::reference {
namespace {

using internal::YamlNode;
using Kind = ReferenceDocument::Kind;

// What a correlation refers to: a filter for it is for the rules under it.
struct Correlation {
  std::string id;
  std::string name;
  std::vector<std::string> rules;
};

std::string ScalarOf(const YamlNode* node) {
  return node != nullptr && node->is_scalar() ? node->text : std::string();
}

Correlation MakeCorrelation(const YamlNode& document) {
  Correlation made;
  made.id = ScalarOf(document.Find("id"));
  made.name = ScalarOf(document.Find("name"));
  const YamlNode* rules = document.Find("correlation")->Find("rules");
  if (rules == nullptr) return made;
  if (rules->is_scalar()) made.rules.push_back(rules->text);
  for (const YamlNode& item : rules->items) made.rules.push_back(item.text);
  return made;
}

class Loader {
 public:
  explicit Loader(const Placeholders& placeholders)
      : placeholders_(placeholders) {}

  void AddStream(std::size_t number, const ReferenceStream& stream) {
    const internal::Source source(std::string(stream.name), stream.yaml);
    Collection collection;
    std::size_t index = 0;
    for (const internal::YamlDocument& document : internal::ParseYaml(source)) {
      ReferenceDocument& made = documents_.emplace_back();
      made.stream = number;
      made.index = index++;
      made.status = Add(document, collection, made);
    }
  }

  std::vector<ReferenceDocument> Finish() {
    for (ReferenceFilter& filter : filters_) {
      if (filter.rules.has_value()) AddRulesOfCorrelations(*filter.rules);
    }
    for (ReferenceDocument& document : documents_) {
      if (!document.rule.has_value()) continue;
      for (const ReferenceFilter& filter : filters_) {
        if (!Applies(filter, *document.rule)) continue;
        document.rule->filters.push_back(filter.body);
      }
    }
    return std::move(documents_);
  }

 private:
  absl::Status Add(const internal::YamlDocument& document,
                   Collection& collection, ReferenceDocument& made) {
    HS_RETURN_IF_ERROR(CheckSyntax(document));
    const YamlNode& root = document.root;
    if (root.kind != YamlNode::Kind::kMap) {
      return absl::InvalidArgumentError("not a map");
    }
    if (root.Find("correlation") != nullptr) {
      made.kind = Kind::kCorrelation;
      correlations_.push_back(MakeCorrelation(root));
      return absl::OkStatus();
    }
    if (root.Find("filter") != nullptr) {
      made.kind = Kind::kFilter;
      HS_ASSIGN_OR_RETURN(ReferenceFilter filter,
                          MakeReferenceFilter(root, placeholders_));
      filters_.push_back(std::move(filter));
      return absl::OkStatus();
    }
    HS_ASSIGN_OR_RETURN(const std::optional<YamlNode> complete,
                        collection.Complete(root));
    made.kind = complete.has_value() ? Kind::kRule : Kind::kTemplate;
    if (!complete.has_value()) return absl::OkStatus();
    HS_ASSIGN_OR_RETURN(made.rule, MakeReferenceRule(*complete, placeholders_));
    return absl::OkStatus();
  }

  // Adds the rules under each correlation that `names` has, until none is
  // missing.
  void AddRulesOfCorrelations(std::set<std::string>& names) const {
    std::size_t before = 0;
    while (before != names.size()) {
      before = names.size();
      for (const Correlation& correlation : correlations_) {
        if (IsNamed(names, correlation.id, correlation.name)) {
          names.insert(correlation.rules.begin(), correlation.rules.end());
        }
      }
    }
  }

  const Placeholders& placeholders_;
  std::vector<Correlation> correlations_;
  std::vector<ReferenceDocument> documents_;
  std::vector<ReferenceFilter> filters_;
};

}  // namespace

std::vector<ReferenceDocument> LoadReferenceRules(
    std::span<const ReferenceStream> streams,
    const Placeholders& placeholders) {
  Loader loader(placeholders);
  for (std::size_t i = 0; i < streams.size(); ++i) {
    loader.AddStream(i, streams[i]);
  }
  return loader.Finish();
}

}  // namespace hypersigma::reference
