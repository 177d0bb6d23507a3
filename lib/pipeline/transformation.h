// What the items of a pipeline do. Plain data, one struct for each
// transformation or family of them.
// Source: pySigma documentation, "Processing Pipelines", transformations.

#ifndef HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_H_
#define HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "lib/base/regex.h"
#include "lib/pipeline/scalar.h"
#include "lib/rule/ast.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// `field_name_mapping`: one or several names for each.
struct MapFieldNames {
  absl::flat_hash_map<std::string, std::vector<std::string>> names;
};

// `field_name_prefix_mapping`: the first prefix that fits is replaced.
struct MapFieldPrefixes {
  std::vector<std::pair<std::string, std::vector<std::string>>> prefixes;
};

// `field_name_prefix` and `field_name_suffix`.
struct ExtendFieldNames {
  std::string prefix;
  std::string suffix;
};

// `hashes_fields`: values such as `SHA1=...` go to a field for each algorithm.
struct SplitHashes {
  std::vector<std::string> algorithms;  // as written
  std::string field_prefix;
  bool drop_algorithm = false;
  std::vector<std::string> fields;  // that hold hashes
};

struct DropItem {};

struct AddCondition {
  // The map of items. `selection` is made of it, unless it is a template, whose
  // `$category`, `$product` and `$service` depend on the rule.
  YamlNode conditions;
  Detection selection;
  std::string name;  // of the selection
  bool is_template = false;
  bool negated = false;
};

struct ChangeLogSource {
  std::string product;
  std::string category;
  std::string service;
};

// A piece of a replacement: a text, or what a group matched.
struct ReplacementPart {
  std::string text;
  std::optional<std::size_t> group;
};

struct ReplaceString {
  std::shared_ptr<const Regex> pattern;
  std::vector<ReplacementPart> replacement;
  // Only what stands between wildcards is looked at.
  bool skip_special = false;
  // With it: wildcards in the replacement are wildcards.
  bool interpret_special = false;
};

// `map_string`: from the text of a value to Sigma strings.
struct MapString {
  absl::flat_hash_map<std::string, std::vector<std::string>> texts;
};

struct SetValue {
  RuleValue value;
};

struct ConvertType {
  bool to_number = false;
};

struct ChangeCase {
  enum class To : std::uint8_t { kLower, kUpper, kSnakeCase };
  To to = To::kLower;
};

// `value_placeholders` and `wildcard_placeholders`, done while rules are
// loaded: see placeholders.h.
struct ReplacePlaceholders {
  bool by_wildcard = false;
  std::optional<absl::flat_hash_set<std::string>> include;
  absl::flat_hash_set<std::string> exclude;
};

// `rule_failure`, and `detection_item_failure`, which looks at items.
struct Fail {
  std::string message;
  bool on_item = false;
};

struct SetState {
  std::string key;
  Scalar value;
};

struct SetAttribute {
  std::string name;
  std::vector<Scalar> values;
  bool is_list = false;
};

// `add_field`, `remove_field`, `set_field`: which fields a rule shows has no
// bearing on matching.
struct NoEffect {};

struct PipelineItem;

// `nest`.
struct Nest {
  std::shared_ptr<const std::vector<PipelineItem>> items;
};

using Transformation =
    std::variant<NoEffect, MapFieldNames, MapFieldPrefixes, ExtendFieldNames,
                 SplitHashes, DropItem, AddCondition, ChangeLogSource,
                 ReplaceString, MapString, SetValue, ConvertType, ChangeCase,
                 ReplacePlaceholders, Fail, SetState, SetAttribute, Nest>;

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_H_
