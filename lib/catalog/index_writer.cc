#include "lib/catalog/index_writer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/catalog/address.h"
#include "lib/catalog/event_coverage.h"
#include "lib/catalog/json_writer.h"
#include "lib/catalog/page_writer.h"
#include "lib/engine/rule_groups.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr std::string_view kNone;

std::size_t At(RuleId rule) { return static_cast<std::size_t>(rule); }

// By product, category and service, in lower case.
using LogSourceKey = std::tuple<std::string, std::string, std::string>;

// Writes members one after the other and hands over what has gathered.
class IndexWriter {
 public:
  IndexWriter(const CatalogState& catalog, const Catalog::Write& write)
      : catalog_(catalog), write_(write), json_(&buffer_) {
    for (const FieldId field : SortedFields()) {
      const auto position = static_cast<std::uint32_t>(field_positions_.size());
      field_positions_.emplace(field, position);
    }
    for (std::uint32_t i = 0; i < catalog_.rules.rules().size(); ++i) {
      const Rule& rule = catalog_.rules.rules()[i];
      const LogSource source =
          FoldLogSource({rule.product, rule.category, rule.service});
      log_sources_[{source.product, source.category, source.service}].push_back(
          RuleId{i});
    }
  }

  absl::Status Write() {
    json_.OpenObject();
    json_.Member("schema_version", kCatalogSchema);
    WriteHead();
    WriteTotals();
    HS_RETURN_IF_ERROR(WriteRules());
    HS_RETURN_IF_ERROR(WriteFields());
    HS_RETURN_IF_ERROR(WriteIndicators());
    HS_RETURN_IF_ERROR(WriteTactics());
    HS_RETURN_IF_ERROR(WriteTechniques());
    HS_RETURN_IF_ERROR(WriteLogSources());
    WriteCounted("levels", "level", &Rule::level);
    WriteCounted("statuses", "status", &Rule::status);
    HS_RETURN_IF_ERROR(WriteLogic());
    json_.CloseObject();
    return write_(buffer_);
  }

 private:
  absl::Status Flush() {
    if (buffer_.size() < kPieceBytes) return absl::OkStatus();
    absl::Status status = write_(buffer_);
    buffer_.clear();
    return status;
  }

  // Writes a list, each member by `write_one`.
  template <typename List, typename WriteOne>
  absl::Status WriteList(std::string_view name, const List& list,
                         const WriteOne& write_one) {
    json_.Key(name);
    json_.OpenArray();
    for (const auto& member : list) {
      write_one(member);
      HS_RETURN_IF_ERROR(Flush());
    }
    json_.CloseArray();
    return absl::OkStatus();
  }

  std::vector<FieldId> SortedFields() const {
    std::vector<FieldId> fields;
    for (const auto& [field, rules] : catalog_.by_field) {
      fields.push_back(field);
    }
    const auto place = [this](FieldId field) {
      return std::pair(field != kUnnamedField, catalog_.NameOf(field));
    };
    std::sort(fields.begin(), fields.end(),
              [&](FieldId a, FieldId b) { return place(a) < place(b); });
    return fields;
  }

  void WriteHead() {
    json_.Key("generator");
    json_.OpenObject();
    json_.Member("name", "hypersigma");
    json_.Member("version", HYPERSIGMA_VERSION);
    json_.CloseObject();
    const LoadReport& report = catalog_.rules.report();
    json_.Key("documents");
    json_.OpenObject();
    for (const DocumentStatus status :
         {DocumentStatus::kLoaded, DocumentStatus::kDegraded,
          DocumentStatus::kRefused}) {
      json_.Member(DocumentStatusName(status), report.Count(status));
    }
    json_.CloseObject();
    json_.MemberStrings("pipelines", catalog_.rules.pipelines());
  }

  void WriteTotals() {
    std::vector<RuleId> all;
    for (std::uint32_t i = 0; i < catalog_.rules.rules().size(); ++i) {
      all.push_back(RuleId{i});
    }
    const CatalogCounts counts = catalog_.Count(all);
    json_.Key("totals");
    json_.OpenObject();
    json_.Member("rules", counts.rules);
    json_.Key("sources");
    json_.OpenArray();
    for (const CatalogCounts::OfSource& source : counts.sources) {
      json_.OpenObject();
      json_.Member("label", source.label);
      json_.Member("rules", source.rules);
      json_.CloseObject();
    }
    json_.CloseArray();
    const std::span<const IndicatorEntry> entries =
        catalog_.indicators.entries();
    json_.Member("fields", catalog_.by_field.size());
    json_.Member("indicators", entries.size());
    json_.Member(
        "shared_indicators",
        static_cast<std::uint64_t>(std::count_if(
            entries.begin(), entries.end(),
            [](const IndicatorEntry& e) { return e.rules.size() > 1; })));
    json_.Member("predicates", catalog_.plan.predicates.size());
    json_.Member("tactics", catalog_.tactics.size());
    json_.Member("techniques", catalog_.techniques.size());
    json_.Member("log_sources", log_sources_.size());
    json_.Member("equal_groups", catalog_.relations.equal.size());
    json_.Member("implied_pairs", catalog_.relations.implied.size());
    json_.Member("not_decided_pairs", catalog_.relations.not_decided.size());
    json_.CloseObject();
  }

  absl::Status WriteRules() {
    json_.Key("rules");
    json_.OpenArray();
    for (std::uint32_t i = 0; i < catalog_.rules.rules().size(); ++i) {
      WriteRule(RuleId{i});
      HS_RETURN_IF_ERROR(Flush());
    }
    json_.CloseArray();
    return absl::OkStatus();
  }

  void WriteRule(RuleId id) {
    const Rule& rule = catalog_.rules.rules()[At(id)];
    const RulePlace& place = catalog_.places.Of(id);
    const RuleRelations& relations = catalog_.relations_of[At(id)];
    json_.OpenObject();
    json_.Member("key", place.key);
    json_.Member("title", rule.title);
    json_.Member("id", rule.id);
    json_.Member("status", rule.status);
    json_.Member("level", rule.level);
    json_.Member("author", rule.author);
    json_.Member("date", rule.date);
    json_.Member("modified", rule.modified);
    json_.Member("product", rule.product);
    json_.Member("category", rule.category);
    json_.Member("service", rule.service);
    json_.Member("source", catalog_.LabelOf(id));
    json_.Member("path", place.path);
    json_.MemberStrings("tactics", catalog_.attack[At(id)].tactics);
    json_.MemberStrings("techniques", catalog_.attack[At(id)].techniques);
    json_.Key("fields");
    json_.OpenArray();
    for (const FieldId field : catalog_.fields[At(id)]) {
      json_.Number(field_positions_.find(field)->second);
    }
    json_.CloseArray();
    json_.Member("indicators", catalog_.indicators.RowsOf(id).size());
    json_.Member("equal", relations.equal.size());
    json_.Member("implies", relations.implies.size());
    json_.Member("implied_by", relations.implied_by.size());
    json_.CloseObject();
  }

  // Writes the rules of something: how many, by source, which.
  void WriteHolders(std::span<const RuleId> rules) {
    const CatalogCounts counts = catalog_.Count(rules);
    json_.Member("rules", counts.rules);
    json_.Key("sources");
    WriteSources(counts, json_);
    WritePositions("positions", rules);
  }

  void WritePositions(std::string_view name, std::span<const RuleId> rules) {
    json_.Key(name);
    json_.OpenArray();
    for (const RuleId rule : rules) json_.Number(At(rule));
    json_.CloseArray();
  }

  absl::Status WriteFields() {
    std::map<FieldId, std::uint64_t> indicators;
    for (const IndicatorEntry& entry : catalog_.indicators.entries()) {
      ++indicators[entry.field];
    }
    return WriteList("fields", SortedFields(), [&](FieldId field) {
      json_.OpenObject();
      json_.MemberOrNull("field", catalog_.NameOf(field));
      json_.Member("field_id", catalog_.AddressOfField(field));
      WriteHolders(catalog_.by_field.find(field)->second);
      json_.Member("indicators", indicators[field]);
      json_.CloseObject();
    });
  }

  absl::Status WriteIndicators() {
    return WriteList(
        "indicators", catalog_.indicators.order(), [&](std::uint32_t position) {
          const IndicatorEntry& entry = catalog_.indicators.entries()[position];
          json_.OpenObject();
          json_.Member("id", entry.address);
          json_.Member("field", field_positions_.find(entry.field)->second);
          json_.Member("kind", IndicatorKindName(entry.kind));
          json_.Member("value", entry.value);
          json_.MemberBool("cased", entry.cased);
          WriteHolders(entry.rules);
          json_.CloseObject();
        });
  }

  absl::Status WriteTactics() {
    // In the order of the matrix, then the others.
    std::vector<std::string_view> slugs;
    for (const Tactic& tactic : Tactics()) {
      if (catalog_.tactics.contains(tactic.slug)) slugs.push_back(tactic.slug);
    }
    for (const auto& [slug, rules] : catalog_.tactics) {
      if (FindTactic(slug) == nullptr) slugs.push_back(slug);
    }
    return WriteList("tactics", slugs, [&](std::string_view slug) {
      const Tactic* known = FindTactic(slug);
      json_.OpenObject();
      json_.Member("tactic", slug);
      json_.MemberOrNull("id", known == nullptr ? kNone : known->id);
      json_.MemberOrNull("name", known == nullptr ? kNone : known->name);
      WriteHolders(catalog_.tactics.find(slug)->second);
      json_.CloseObject();
    });
  }

  absl::Status WriteTechniques() {
    return WriteList("techniques", catalog_.techniques, [&](const auto& each) {
      std::set<std::string_view> beside;
      for (const RuleId rule : each.second) {
        const std::vector<std::string>& tactics =
            catalog_.attack[At(rule)].tactics;
        beside.insert(tactics.begin(), tactics.end());
      }
      json_.OpenObject();
      json_.Member("technique", each.first);
      json_.MemberStrings("tactics", beside);
      WriteHolders(each.second);
      json_.CloseObject();
    });
  }

  absl::Status WriteLogSources() {
    return WriteList("log_sources", log_sources_, [&](const auto& each) {
      const auto& [product, category, service] = each.first;
      json_.OpenObject();
      json_.Member("log_source_id", AddressOf({product, category, service}));
      json_.Member("product", product);
      json_.Member("category", category);
      json_.Member("service", service);
      WriteHolders(each.second);
      json_.Key("events");
      json_.OpenArray();
      for (const LogSourceEntry* entry :
           AdmittingEntries(catalog_.options.taxonomy.data(),
                            {product, category, service})) {
        json_.String(entry->name);
      }
      json_.CloseArray();
      json_.CloseObject();
    });
  }

  // Writes how many rules have each value of an attribute, most first.
  void WriteCounted(std::string_view name, std::string_view member,
                    std::string Rule::*attribute) {
    std::map<std::string, std::uint64_t> counts;
    for (const Rule& rule : catalog_.rules.rules()) {
      ++counts[FoldedAscii(rule.*attribute)];
    }
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(),
                                                              counts.end());
    std::stable_sort(
        sorted.begin(), sorted.end(),
        [](const auto& a, const auto& b) { return a.second > b.second; });
    json_.Key(name);
    json_.OpenArray();
    for (const auto& [value, count] : sorted) {
      json_.OpenObject();
      json_.Member(member, value);
      json_.Member("rules", count);
      json_.CloseObject();
    }
    json_.CloseArray();
  }

  absl::Status WriteLogic() {
    const Relations& relations = catalog_.relations;
    const auto write_pair = [this](const Implication& pair) {
      json_.OpenArray();
      json_.Number(At(pair.narrow));
      json_.Number(At(pair.wide));
      json_.CloseArray();
    };
    json_.Key("logic");
    json_.OpenObject();
    HS_RETURN_IF_ERROR(WriteList("equal", relations.equal,
                                 [this](const std::vector<RuleId>& group) {
                                   json_.OpenArray();
                                   for (const RuleId rule : group) {
                                     json_.Number(At(rule));
                                   }
                                   json_.CloseArray();
                                 }));
    HS_RETURN_IF_ERROR(WriteList("implied", relations.implied, write_pair));
    HS_RETURN_IF_ERROR(
        WriteList("not_decided", relations.not_decided, write_pair));
    json_.MemberBool("complete", relations.is_complete);
    json_.CloseObject();
    return absl::OkStatus();
  }

  const CatalogState& catalog_;
  const Catalog::Write& write_;
  std::string buffer_;
  JsonWriter json_;
  std::map<FieldId, std::uint32_t> field_positions_;
  std::map<LogSourceKey, std::vector<RuleId>> log_sources_;
};

}  // namespace

absl::Status WriteIndex(const CatalogState& catalog,
                        const Catalog::Write& write) {
  return IndexWriter(catalog, write).Write();
}

}  // namespace hypersigma::internal
