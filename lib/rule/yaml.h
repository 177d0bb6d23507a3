// A YAML stream as trees of nodes with source positions. Door to libyaml.
//
// YAML 1.2 core typing, duplicate keys, merge keys and alias limits are decided
// here, since libyaml is a 1.1 scanner. Source: design documents "semantics",
// 1.1, and "architecture", decision 9.

#ifndef HYPERSIGMA_LIB_RULE_YAML_H_
#define HYPERSIGMA_LIB_RULE_YAML_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/diagnostic.h"
#include "lib/base/source.h"

namespace hypersigma::internal {

struct YamlNode {
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kInteger,
    kFloat,
    kString,
    kList,
    kMap,
  };
  struct Entry;

  Kind kind = Kind::kNull;
  // Scalars: a string unquoted; an integer as decimal digits, any length
  // (0x17 is "23"); a float in the form that Number::Parse takes; "true" or
  // "false"; null is empty. Keys of maps are strings as written.
  std::string text;
  std::vector<YamlNode> items;  // kList
  std::vector<Entry> entries;   // kMap, as written, keys unique
  SourceRange range;

  bool is_scalar() const { return kind < Kind::kList; }
  // Returns the value of `key` in a map, or null.
  const YamlNode* Find(std::string_view key) const;
};

struct YamlNode::Entry {
  YamlNode key;
  YamlNode value;
};

// What a copy of a tree costs of the node limits, and how deep it is.
struct YamlExtent {
  std::size_t nodes = 1;  // long texts count for more
  std::size_t depth = 0;  // lists and maps in each other
};
YamlExtent MeasureYaml(const YamlNode& node);

struct YamlDocument {
  YamlNode root;
  // False after a syntax error or at a limit: `root` lacks what follows.
  bool is_complete = true;
  SourceRange range;
  std::vector<Diagnostic> diagnostics;
};

// Splits and parses a stream. Empty documents are left out. After a syntax
// error the reader goes on at the next line that begins with `---`, so that one
// bad document costs no other.
std::vector<YamlDocument> ParseYaml(const Source& source);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_YAML_H_
