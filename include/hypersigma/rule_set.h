// Sigma rules as loaded from YAML: the rules that work and a report that
// accounts for every document.
//
// First step of the data's way: RuleSet -> Engine -> Scanner. Matching, and
// everything about events, is left to engine.h.

#ifndef HYPERSIGMA_RULE_SET_H_
#define HYPERSIGMA_RULE_SET_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "hypersigma/diagnostic.h"
#include "hypersigma/export.h"

namespace hypersigma {

namespace internal {
struct CorrelationRule;
struct DetectionRule;
class RuleSetParts;
struct RuleText;
}  // namespace internal

// Position of a rule in RuleSet::rules() and Engine::rules(), from 0, in load
// order: paths as given, files of a folder sorted by path, documents as
// written.
enum class RuleId : std::uint32_t {};

// Another rule that a rule names. Source: Sigma rules specification,
// "Related".
struct RelatedRule {
  std::string id;
  std::string type;  // "derived", "obsolete", "merged", "renamed", "similar"

  friend bool operator==(const RelatedRule&, const RelatedRule&) = default;
};

// Attributes of a rule that never change matching, as written. Empty where the
// rule does not set them. Source: Sigma rules specification, "Components".
struct Rule {
  std::string title;
  std::string id;
  std::string name;
  std::string description;
  std::string level;
  std::string status;
  std::string author;
  std::string date;
  std::string modified;
  std::vector<std::string> tags;
  std::vector<std::string> references;
  std::vector<std::string> false_positives;
  std::vector<RelatedRule> related;
  std::string product;
  std::string category;
  std::string service;
  // The file, or the label of an in-memory text, and the line (from 1) at
  // which the document begins.
  std::string file;
  std::uint32_t line = 0;
  // Titles of the filters that apply to the rule, in load order. The rule holds
  // only where its own condition and those of all its filters hold. Source:
  // Sigma filters specification.
  std::vector<std::string> filters;
};

// What a document is. Source: Sigma specification, rules, filters and
// correlations; "collection" is what came before them.
enum class DocumentKind : std::uint8_t {
  // A detection rule, and everything that cannot be told to be another kind.
  kRule,
  // Narrows the rules that it names, see Rule::filters. Has no rule of its own.
  kFilter,
  // Counts or orders the hits of other rules over time. Has no rule yet.
  kCorrelation,
  // `action: global` or `reset`: what the later rules of its file have in
  // common. Has no rule of its own.
  kCollection,
};

// Returns "rule", "filter", "correlation" or "collection".
HYPERSIGMA_EXPORT std::string_view DocumentKindName(DocumentKind kind);

// What became of a document. Exactly one applies.
enum class DocumentStatus : std::uint8_t {
  kLoaded,
  // Loaded, and part of its meaning is missing; a diagnostic says which.
  kDegraded,
  // Not evaluated; at least one diagnostic of severity kError says why.
  kRefused,
};

// Returns "loaded", "degraded" or "refused".
HYPERSIGMA_EXPORT std::string_view DocumentStatusName(DocumentStatus status);

// One YAML document. An unreadable or unparsable rest of a file counts as one
// refused document.
struct Document {
  DocumentStatus status = DocumentStatus::kRefused;
  std::string file;
  // Position in its file, from 0; empty documents are skipped and not counted.
  std::uint32_t index = 0;
  // At which it begins, from 1; 0 for a file that cannot be read.
  std::uint32_t line = 0;
  DocumentKind kind = DocumentKind::kRule;
  std::string title;
  std::string id;
  // The rule it became; nullopt when it was refused or is of another kind.
  std::optional<RuleId> rule;
  std::vector<Diagnostic> diagnostics;
};

// Every document that was read, in load order.
struct HYPERSIGMA_EXPORT LoadReport {
  std::vector<Document> documents;

  // Number of documents with this status. Cost: linear.
  std::uint32_t Count(DocumentStatus status) const;
};

// Returns the report as one JSON object, without a newline: "counts" of all
// documents and of each status, and "documents", each with its members by their
// names here and its "diagnostics". "rule" is a number or null.
// docs/load_report.md has the schema. Cost: linear.
HYPERSIGMA_EXPORT std::string ToJson(const LoadReport& report);

struct RuleSetOptions {
  // Behaviour: refuse documents that carry a kStrictWarning.
  bool strict = false;
  // Behaviour: values of `%name%` under the modifier `expand`, each a Sigma
  // string. A rule that names a placeholder without values is refused.
  std::map<std::string, std::vector<std::string>, std::less<>> placeholders{};
  // Behaviour: rules, filters and correlations that are loaded; those past it
  // are refused.
  std::size_t max_rules = 1'000'000;
};

// A YAML stream in memory. `label` stands for the file in diagnostics.
struct RuleStream {
  std::string label;
  std::string yaml;
};

// An immutable list of loaded rules with its report.
//
// Thread safety: const methods may be called from any thread. Copies are cheap
// and share the rules. Cost of loading: some 20 us a rule.
class HYPERSIGMA_EXPORT RuleSet {
 public:
  // Loads the given files, and all files below the given folders that end in
  // .yml or .yaml, in sorted order. Filters and correlations refer to rules of
  // any file, collections to those of their own file. A path that cannot be
  // read becomes a refused document. Errors: kNotFound when a given path does
  // not exist.
  static absl::StatusOr<RuleSet> FromPaths(std::span<const std::string> paths,
                                           const RuleSetOptions& options = {});

  // Loads the documents of one YAML stream. `label` stands for the file in
  // diagnostics. Never fails: problems are in report().
  static RuleSet FromYaml(std::string_view yaml,
                          const RuleSetOptions& options = {},
                          std::string_view label = "<yaml>");

  // Does the same for several streams, as FromPaths() does for several files:
  // the limits of size are those of one stream, not of all.
  static RuleSet FromStreams(std::span<const RuleStream> streams,
                             const RuleSetOptions& options = {});

  RuleSet();
  RuleSet(const RuleSet&);
  RuleSet& operator=(const RuleSet&);
  RuleSet(RuleSet&&) noexcept;
  RuleSet& operator=(RuleSet&&) noexcept;
  ~RuleSet();

  // The loaded and degraded rules, indexed by RuleId.
  std::span<const Rule> rules() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  const LoadReport& report() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Names of the pipelines that were applied, in that order: see pipeline.h.
  // With any, the rules are not what their texts say.
  std::span<const std::string> pipelines() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // For the layers above; not part of the contract.
  std::span<const internal::DetectionRule> detection_rules() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;
  std::span<const internal::CorrelationRule> correlations() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;
  // The streams that were read, in load order, and the options they were
  // loaded with.
  std::span<const internal::RuleText> texts() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;
  const RuleSetOptions& options() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  friend class internal::RuleSetParts;
  struct State;
  explicit RuleSet(std::shared_ptr<const State> state);

  std::shared_ptr<const State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_RULE_SET_H_
