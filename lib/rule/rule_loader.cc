// Loading in two steps: each document by itself, then what they are to each
// other.

#include "lib/rule/rule_loader.h"

#include <iterator>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "lib/base/source.h"
#include "lib/base/text.h"
#include "lib/rule/collection.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {
namespace {

// Gives a reference its position among the correlations that were kept.
void Renumber(const std::vector<std::uint32_t>& positions,
              RuleReference& reference) {
  for (RuleTarget& target : reference.targets) {
    if (target.kind == RuleTarget::Kind::kCorrelation) {
      target.index = positions[target.index];
    }
  }
}

}  // namespace

struct RuleLoader::Stream {
  Stream(std::string_view label, std::string yaml)
      : text(std::move(yaml)), source(std::string(label), text) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::string text;
  Source source;
};

RuleLoader::RuleLoader(const RuleSetOptions& options) : options_(options) {}
RuleLoader::~RuleLoader() = default;

void RuleLoader::AddFile(RuleFileText file) {
  if (file.yaml.ok()) {
    AddYaml(*std::move(file.yaml), file.path);
  } else {
    AddUnreadable(file.path, file.yaml.status());
  }
}

void RuleLoader::AddUnreadable(const std::string& path,
                               const absl::Status& status) {
  Diagnostic diagnostic;
  diagnostic.file = path;
  const absl::string_view reason = status.message();
  diagnostic.message = Concat(
      {"cannot be read: ", std::string_view(reason.data(), reason.size())});
  Document document;
  document.file = path;
  document.diagnostics.push_back(std::move(diagnostic));
  loaded_.report.documents.push_back(std::move(document));
}

void RuleLoader::AddYaml(std::string yaml, std::string_view label) {
  auto stream = std::make_unique<Stream>(label, std::move(yaml));
  loaded_.texts.push_back(
      {stream->source.name(), stream->text, loaded_.report.documents.size()});
  std::vector<YamlDocument> trees = ParseYaml(stream->source);
  RuleCollection collection(trees);
  std::uint32_t index = 0;
  bool is_needed = false;
  for (YamlDocument& tree : trees) {
    Document& document = loaded_.report.documents.emplace_back();
    document.file = stream->source.name();
    document.index = index++;
    document.line = stream->source.PositionOf(tree.range.begin).line;
    if (AddDocument(stream->source, tree, collection)) is_needed = true;
  }
  if (is_needed) streams_.push_back(std::move(stream));
}

bool RuleLoader::AddDocument(const Source& source, YamlDocument& tree,
                             RuleCollection& collection) {
  const std::size_t position = loaded_.report.documents.size() - 1;
  Document& document = loaded_.report.documents[position];
  auto reporter = std::make_unique<Reporter>(source);
  ParsedDocument parsed =
      ParseRuleDocument(tree, options_.placeholders, collection, *reporter);
  document.kind = parsed.kind;
  document.title = parsed.title;
  document.id = parsed.id;
  document.diagnostics = std::move(tree.diagnostics);
  CheckCount(parsed, tree.range, *reporter);
  if (!Settle(*reporter, document)) {
    refused_.push_back({std::move(parsed.id), std::move(parsed.name)});
    return false;
  }
  document.status = DocumentStatus::kLoaded;
  if (parsed.content.index() != 0) ++kept_count_;
  CheckId(parsed, document.line, *reporter);
  Settle(*reporter, document);
  if (auto* rule = std::get_if<ParsedRule>(&parsed.content)) {
    document.rule = static_cast<RuleId>(loaded_.rules.size());
    loaded_.rules.push_back(std::move(rule->attributes));
    loaded_.detections.push_back(std::move(rule->detection));
    return false;
  }
  if (auto* filter = std::get_if<FilterRule>(&parsed.content)) {
    filters_.push_back({std::move(*filter), std::move(reporter), position});
    return true;
  }
  if (auto* rule = std::get_if<CorrelationRule>(&parsed.content)) {
    correlations_.push_back({std::move(*rule), std::move(reporter), position});
    return true;
  }
  return false;
}

void RuleLoader::CheckCount(const ParsedDocument& parsed, SourceRange range,
                            Reporter& reporter) const {
  if (kept_count_ < options_.max_rules || parsed.content.index() == 0) return;
  reporter.Error({range.begin, range.begin},
                 Concat({"there are too many rules, expected at most ",
                         std::to_string(options_.max_rules)}));
}

void RuleLoader::CheckId(const ParsedDocument& parsed, std::uint32_t line,
                         Reporter& reporter) {
  if (parsed.id.empty()) return;
  std::string folded = parsed.id;
  for (char& c : folded) c = FoldAscii(c);
  const auto [entry, is_new] = ids_.try_emplace(
      std::move(folded), FirstUse{loaded_.report.documents.size() - 1, line});
  if (is_new) return;
  const FirstUse& first = entry->second;
  reporter.Warning(
      parsed.id_range,
      Concat({"id ", Quoted(parsed.id), " is not unique, first used at ",
              loaded_.report.documents[first.document].file, ":",
              std::to_string(first.line),
              "; what refers to it means all that have it"}));
}

bool RuleLoader::Settle(Reporter& reporter, Document& document) const {
  std::vector<Diagnostic> found = reporter.TakeDiagnostics();
  std::vector<Diagnostic>& all = document.diagnostics;
  all.insert(all.end(), std::make_move_iterator(found.begin()),
             std::make_move_iterator(found.end()));
  SortByPlace(all);
  if (options_.strict) MakeStrict(all);
  if (!HasError(all)) return true;
  document.status = DocumentStatus::kRefused;
  return false;
}

LoadedRules RuleLoader::Finish() {
  // Filters come second: those for a correlation go to the rules under it.
  if (!correlations_.empty()) LinkCorrelationRules();
  if (!filters_.empty()) ApplyFilterRules();
  return std::move(loaded_);
}

void RuleLoader::LinkCorrelationRules() {
  std::vector<const Rule*> attributes;
  for (const UnlinkedCorrelation& unlinked : correlations_) {
    attributes.push_back(&unlinked.correlation.attributes);
  }
  RuleIndex index(loaded_.rules, attributes, refused_);
  LinkCorrelations(correlations_, index, options_.strict);
  for (UnlinkedCorrelation& unlinked : correlations_) {
    Document& document = loaded_.report.documents[unlinked.document];
    if (!unlinked.is_refused) {
      // Nothing is hidden in the meantime: the rules that it refers to report
      // as if there were no correlation, whatever `generate` says, since
      // otherwise their hits would be lost.
      document.status = DocumentStatus::kDegraded;
      unlinked.reporter->Warning(
          unlinked.correlation.range,
          "correlations are evaluated by a later version; the rules it names "
          "still work");
    }
    if (!Settle(*unlinked.reporter, document)) {
      const Rule& rule = unlinked.correlation.attributes;
      refused_.push_back({rule.id, rule.name});
    }
  }
  KeepCorrelations();
}

void RuleLoader::KeepCorrelations() {
  std::vector<std::uint32_t> positions(correlations_.size());
  for (std::size_t i = 0; i < correlations_.size(); ++i) {
    if (correlations_[i].is_refused) continue;
    positions[i] = static_cast<std::uint32_t>(loaded_.correlations.size());
    loaded_.correlations.push_back(std::move(correlations_[i].correlation));
  }
  // None that was kept refers to one that was not.
  for (CorrelationRule& correlation : loaded_.correlations) {
    for (RuleReference& reference : correlation.rules) {
      Renumber(positions, reference);
    }
    for (CorrelationAlias& alias : correlation.aliases) {
      for (CorrelationAlias::Field& field : alias.fields) {
        Renumber(positions, field.rule);
      }
    }
  }
}

void RuleLoader::ApplyFilterRules() {
  std::vector<const Rule*> attributes;
  for (const CorrelationRule& correlation : loaded_.correlations) {
    attributes.push_back(&correlation.attributes);
  }
  RuleIndex index(loaded_.rules, attributes, refused_);
  ApplyFilters(filters_, index,
               {loaded_.rules, loaded_.detections, loaded_.correlations});
  for (UnlinkedFilter& unlinked : filters_) {
    Settle(*unlinked.reporter, loaded_.report.documents[unlinked.document]);
  }
}

}  // namespace hypersigma::internal
