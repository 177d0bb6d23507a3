// Legacy rule collections: `action: global`, `reset` and `repeat`.
//
// Between yaml.h and rule_parser.h: turns the documents of one stream into the
// documents that stand for themselves. Not part of Sigma 2.1. Source: design
// document "semantics", 1.7.

#ifndef HYPERSIGMA_LIB_RULE_COLLECTION_H_
#define HYPERSIGMA_LIB_RULE_COLLECTION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "lib/base/limits.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// What a document does in a collection.
enum class CollectionRole : std::uint8_t {
  kOther,   // a correlation, a filter, not a map: takes no part
  kRule,    // takes the template, and can be repeated
  kGlobal,  // is the template from here on
  kReset,   // ends the template
  kRepeat,  // is the rule before it with changes
  kUnknown,
};

// Returns the role of a document. `correlation` and `filter` come before
// `action`: there are no collections of those.
CollectionRole RoleOf(const YamlNode& root);

// The state between the documents of one stream. A collection ends with its
// stream, so that no file changes what another means.
//
// Decided where the sources are silent: the template wins over the rule, as in
// pySigma; `repeat` takes the rule before it as it was loaded, with its
// template, and its own words are the last; without a rule before it, it is a
// rule of its own unless loading is strict; a template that is refused makes
// the rules that would take it refused too, since a rule without a part of its
// words means something else.
//
// Cost: linear in the nodes after merging, which are limited.
class RuleCollection {
 public:
  // Looks at all documents: what nobody repeats is not kept, and a template
  // that no rule takes gets a remark.
  explicit RuleCollection(std::span<const YamlDocument> documents);

  RuleCollection(const RuleCollection&) = delete;
  RuleCollection& operator=(const RuleCollection&) = delete;

  // Takes the next document, in order, and reports what is wrong with its part
  // in the collection. Returns the map to load as a detection rule, taken out
  // of the document; nullopt when it is none, or after an error. A document of
  // kOther is left as it is.
  std::optional<YamlNode> Resolve(YamlDocument& document, Reporter& reporter);

 private:
  // A tree that later documents use.
  struct Kept {
    std::optional<YamlNode> tree;
    bool is_broken = false;
  };

  std::optional<YamlNode> ResolveComplete(YamlNode root, CollectionRole role,
                                          Reporter& reporter);
  // Later documents must not be made of what could not be read.
  void TakeBroken(const YamlNode& root, CollectionRole role);
  std::optional<YamlNode> ResolveRule(YamlNode root, Reporter& reporter);
  std::optional<YamlNode> ResolveRepeat(YamlNode root, Reporter& reporter);
  void TakeTemplate(YamlNode root, Reporter& reporter);
  void ReportUnknown(const YamlNode& action, Reporter& reporter);
  // Whether a rule takes the template of the document that is resolved.
  bool IsTemplateUsed() const;
  bool Charge(std::size_t nodes, SourceRange range, Reporter& reporter);

  std::vector<CollectionRole> roles_;
  std::size_t next_ = 0;  // past the document that is resolved
  bool is_repeated_ = false;
  Kept template_;
  Kept previous_;
  std::size_t nodes_left_ = kMaxYamlNodes;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_COLLECTION_H_
