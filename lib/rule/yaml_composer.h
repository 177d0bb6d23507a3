// Builds the tree of one YAML document from parser events.
//
// Between yaml.cc, which makes the events, and everything that reads YamlNode.
// Anchors, merge keys, tags, duplicate keys and limits are decided here.

#ifndef HYPERSIGMA_LIB_RULE_YAML_COMPOSER_H_
#define HYPERSIGMA_LIB_RULE_YAML_COMPOSER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "lib/base/source.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {

struct YamlEvent {
  enum class Type : std::uint8_t {
    kScalar,
    kAlias,
    kListBegin,
    kListEnd,
    kMapBegin,
    kMapEnd,
  };
  Type type = Type::kScalar;
  std::string anchor;  // of an alias: what it refers to
  std::string tag;     // resolved, e.g. "tag:yaml.org,2002:str"; may be empty
  std::string text;    // kScalar, unquoted
  bool plain = false;  // kScalar without quotes or block indicator
  SourceRange range;
};

// One document. Give it the events in order; stop when Add() returns false.
// Cost: linear in the nodes after aliases, which are limited.
class YamlComposer {
 public:
  // `nodes_left` is what remains of the stream's node limit; it is reduced.
  YamlComposer(Reporter& reporter, std::size_t& nodes_left)
      : reporter_(reporter), nodes_left_(nodes_left) {}

  YamlComposer(const YamlComposer&) = delete;
  YamlComposer& operator=(const YamlComposer&) = delete;

  // Returns false, after a report, when a limit ends the document.
  bool Add(YamlEvent event);

  // Returns the tree. In an unfinished document, what is complete of the
  // outermost map or list.
  YamlNode TakeRoot();

 private:
  // An open list or map.
  struct Frame {
    YamlNode node;
    std::string anchor;
    std::optional<YamlNode> key;
    bool key_is_plain = false;
    // The value of `<<` and how many entries stood before it.
    std::optional<YamlNode> merged;
    std::size_t merge_position = 0;
    absl::flat_hash_map<std::string, SourceRange> key_ranges;
  };

  bool Open(YamlEvent event);
  bool Close(const YamlEvent& event);
  bool AddScalar(YamlEvent event);
  // Types a scalar that is quoted or has a tag.
  TypedScalar TypeByTag(const YamlEvent& event);
  bool AddAlias(const YamlEvent& event);
  // Puts a complete node where it belongs. `plain`: an unquoted scalar.
  bool Place(YamlNode node, const std::string& anchor, bool plain);
  void PlaceKey(Frame& frame, YamlNode key, bool plain);
  void PlaceValue(Frame& frame, YamlNode value);
  void ResolveMerge(Frame& frame);
  void CheckCollectionTag(const YamlEvent& event);
  bool Charge(std::size_t nodes, SourceRange range);

  Reporter& reporter_;
  std::size_t& nodes_left_;
  std::vector<Frame> frames_;
  std::optional<YamlNode> root_;
  std::map<std::string, YamlNode, std::less<>> anchors_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_YAML_COMPOSER_H_
