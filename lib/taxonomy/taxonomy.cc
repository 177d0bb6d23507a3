#include "hypersigma/taxonomy.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lib/base/limits.h"
#include "lib/base/source.h"
#include "lib/base/status_macros.h"
#include "lib/rule/reporter.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml.h"
#include "lib/taxonomy/built_in.h"
#include "lib/taxonomy/log_source_map.h"
#include "lib/taxonomy/taxonomy_parser.h"
#include "lib/taxonomy/taxonomy_parts.h"

namespace hypersigma {
namespace internal {
namespace {

absl::Status Invalid(const std::string& message) {
  return absl::InvalidArgumentError(
      absl::string_view(message.data(), message.size()));
}

absl::Status Invalid(std::vector<Diagnostic> diagnostics) {
  SortByPlace(diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += '\n';
    text +=
        Concat({diagnostic.file, ":", std::to_string(diagnostic.line), ":",
                std::to_string(diagnostic.column), ": ", diagnostic.message});
  }
  return Invalid(text);
}

// Past these the places of every field of every layout would cost too much.
void CheckCounts(const TaxonomyData& data, SourceRange range,
                 Reporter& reporter) {
  if (data.layouts.size() > kMaxLayouts) {
    reporter.Error(range, Concat({"too many layouts, expected at most ",
                                  std::to_string(kMaxLayouts)}));
  }
  if (data.entries.size() > kMaxLogSourceEntries) {
    reporter.Error(range,
                   Concat({"too many entries of log_sources, expected at most ",
                           std::to_string(kMaxLogSourceEntries)}));
  }
}

absl::StatusOr<TaxonomyData> Extended(TaxonomyData base, std::string_view yaml,
                                      std::string_view label) {
  if (yaml.size() > kMaxYamlBytes) {
    return Invalid(Concat({label,
                           ":1:1: the file is too large, expected at "
                           "most ",
                           std::to_string(kMaxYamlBytes), " bytes"}));
  }
  const Source source{std::string(label), yaml};
  Reporter reporter(source);
  std::vector<Diagnostic> diagnostics;
  for (const YamlDocument& document : ParseYaml(source)) {
    diagnostics.insert(diagnostics.end(), document.diagnostics.begin(),
                       document.diagnostics.end());
    if (!document.is_complete) continue;
    MergeTaxonomy(ParseTaxonomy(document.root, reporter), base);
    CheckCounts(base, document.range, reporter);
  }
  std::vector<Diagnostic> reported = reporter.TakeDiagnostics();
  diagnostics.insert(diagnostics.end(), reported.begin(), reported.end());
  if (HasError(diagnostics)) return Invalid(std::move(diagnostics));
  return base;
}

std::shared_ptr<const TaxonomyData> MakeBuiltIn() {
  absl::StatusOr<TaxonomyData> data =
      Extended({}, BuiltInTaxonomyYaml(), "logsources.yml");
  // A test holds the built-in file to this.
  return std::make_shared<const TaxonomyData>(data.ok() ? *std::move(data)
                                                        : TaxonomyData());
}

}  // namespace

Taxonomy TaxonomyParts::Join(TaxonomyData data) {
  return Taxonomy(std::make_shared<const TaxonomyData>(std::move(data)));
}

}  // namespace internal

absl::StatusOr<LogSource> ParseLogSource(std::string_view text) {
  using internal::Concat;
  using internal::Quoted;
  LogSource source;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    const std::size_t sign = std::min(part.find('='), part.size());
    const std::string_view key = part.substr(0, sign);
    std::string* const attribute = key == "product"    ? &source.product
                                   : key == "category" ? &source.category
                                   : key == "service"  ? &source.service
                                                       : nullptr;
    if (attribute == nullptr || part.size() < sign + 2) {
      return internal::Invalid(
          Concat({"log source ", Quoted(text),
                  ": expected product=..., category=... or service=..., "
                  "joined by commas"}));
    }
    *attribute = part.substr(sign + 1);
    begin = end + 1;
  }
  return source;
}

Taxonomy::Taxonomy() {
  static const std::shared_ptr<const internal::TaxonomyData> built_in =
      internal::MakeBuiltIn();
  data_ = built_in;
}
Taxonomy::Taxonomy(std::shared_ptr<const internal::TaxonomyData> data)
    : data_(std::move(data)) {}
Taxonomy::Taxonomy(const Taxonomy&) = default;
Taxonomy& Taxonomy::operator=(const Taxonomy&) = default;
Taxonomy::Taxonomy(Taxonomy&&) noexcept = default;
Taxonomy& Taxonomy::operator=(Taxonomy&&) noexcept = default;
Taxonomy::~Taxonomy() = default;

Taxonomy Taxonomy::Empty() {
  return Taxonomy(std::make_shared<const internal::TaxonomyData>());
}

absl::StatusOr<Taxonomy> Taxonomy::Extend(std::string_view yaml,
                                          std::string_view label) const {
  HS_ASSIGN_OR_RETURN(internal::TaxonomyData data,
                      internal::Extended(*data_, yaml, label));
  return Taxonomy(
      std::make_shared<const internal::TaxonomyData>(std::move(data)));
}

absl::StatusOr<Taxonomy> Taxonomy::ExtendFromFile(
    const std::string& path) const {
  HS_ASSIGN_OR_RETURN(const std::string yaml, internal::ReadRuleFile(path));
  return Extend(yaml, path);
}

std::vector<std::string_view> Taxonomy::layout_names() const {
  std::vector<std::string_view> names;
  for (const internal::EventLayout& layout : data_->layouts) {
    names.push_back(layout.name);
  }
  return names;
}

const internal::TaxonomyData& Taxonomy::data() const { return *data_; }

}  // namespace hypersigma
