// Loads a whole rule set: files to documents to rules, each accounted for, then
// what documents say of one another.

#ifndef HYPERSIGMA_LIB_RULE_RULE_LOADER_H_
#define HYPERSIGMA_LIB_RULE_RULE_LOADER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "hypersigma/rule_set.h"
#include "lib/rule/ast.h"
#include "lib/rule/correlation.h"
#include "lib/rule/correlation_linker.h"
#include "lib/rule/filter_linker.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_index.h"
#include "lib/rule/rule_parser.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::internal {

struct LoadedRules {
  std::vector<Rule> rules;
  std::vector<DetectionRule> detections;  // of the same positions
  std::vector<CorrelationRule> correlations;
  LoadReport report;
  std::vector<RuleText> texts;
};

// Give it all files, in order, then take the rules with Finish(). Borrows the
// options. Cost: linear, see filter_linker.h for filters.
class RuleLoader {
 public:
  explicit RuleLoader(const RuleSetOptions& options);
  ~RuleLoader();

  RuleLoader(const RuleLoader&) = delete;
  RuleLoader& operator=(const RuleLoader&) = delete;

  void AddFile(RuleFileText file);
  // `label` stands for the file in diagnostics.
  void AddYaml(std::string yaml, std::string_view label);
  // A document without text, for the report.
  void AddRefused(const Document& document) {
    loaded_.report.documents.push_back(document);
  }

  // Resolves references, applies filters, and returns everything.
  LoadedRules Finish();

 private:
  // A text that diagnostics of linking point into.
  struct Stream;

  void AddUnreadable(const std::string& path, const absl::Status& status);
  // Returns whether the document has something left to link.
  bool AddDocument(const Source& source, YamlDocument& tree,
                   RuleCollection& collection);
  // Refuses what comes after the last rule that the options allow.
  void CheckCount(const ParsedDocument& parsed, SourceRange range,
                  Reporter& reporter) const;
  // Warns when an earlier document has the same id.
  void CheckId(const ParsedDocument& parsed, std::uint32_t line,
               Reporter& reporter);
  void LinkCorrelationRules();
  // Takes the correlations that were not refused, at their new positions.
  void KeepCorrelations();
  void ApplyFilterRules();
  // Moves what was reported to the document, and refuses it if need be.
  // Returns whether it is not refused.
  bool Settle(Reporter& reporter, Document& document) const;

  const RuleSetOptions& options_;
  LoadedRules loaded_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::vector<UnlinkedFilter> filters_;
  std::vector<UnlinkedCorrelation> correlations_;
  std::vector<RuleIndex::Names> refused_;
  // Where each id, ASCII caseless, was used first.
  struct FirstUse {
    std::size_t document = 0;  // in the report
    std::uint32_t line = 0;
  };
  absl::flat_hash_map<std::string, FirstUse> ids_;
  // Rules, filters and correlations.
  std::size_t kept_count_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_RULE_LOADER_H_
