#include "hypersigma/catalog.h"

#include <memory>
#include <set>
#include <utility>

#include "absl/strings/string_view.h"
#include "lib/catalog/catalog_state.h"
#include "lib/catalog/index_writer.h"
#include "lib/catalog/page_writer.h"
#include "lib/rule/wording.h"

namespace hypersigma {
namespace internal {
namespace {

absl::Status CheckSources(std::span<const CatalogSource> sources) {
  std::set<std::string_view> roots;
  for (const CatalogSource& source : sources) {
    if (roots.insert(source.root).second) continue;
    const std::string message = Concat(
        {"rule root ", Quoted(source.root), " has two labels, expected one"});
    return absl::InvalidArgumentError(
        absl::string_view(message.data(), message.size()));
  }
  return absl::OkStatus();
}

}  // namespace

}  // namespace internal

Catalog::Catalog(std::shared_ptr<const internal::CatalogState> state)
    : state_(std::move(state)) {}
Catalog::Catalog(const Catalog&) = default;
Catalog& Catalog::operator=(const Catalog&) = default;
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog& Catalog::operator=(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

absl::StatusOr<Catalog> Catalog::Build(const RuleSet& rules,
                                       const CatalogOptions& options) {
  if (absl::Status status = internal::CheckSources(options.sources);
      !status.ok()) {
    return status;
  }
  return Catalog(
      std::make_shared<const internal::CatalogState>(rules, options));
}

std::span<const Rule> Catalog::rules() const { return state_->rules.rules(); }

std::string_view Catalog::KeyOf(RuleId rule) const {
  return state_->places.Of(rule).key;
}

std::optional<RuleId> Catalog::Find(std::string_view key) const {
  return state_->places.Find(key);
}

std::string_view Catalog::SourceOf(RuleId rule) const {
  return state_->LabelOf(rule);
}

std::string_view Catalog::PathOf(RuleId rule) const {
  return state_->places.Of(rule).path;
}

std::vector<CatalogIndicator> Catalog::IndicatorsOf(RuleId rule) const {
  std::vector<CatalogIndicator> indicators;
  for (const internal::IndicatorRow& row : state_->indicators.RowsOf(rule)) {
    const internal::IndicatorEntry& entry =
        state_->indicators.entries()[row.entry];
    indicators.push_back({.field = state_->NameOf(entry.field),
                          .kind = entry.kind,
                          .value = row.value,
                          .modifiers = row.modifiers,
                          .cased = entry.cased,
                          .corpus = state_->Count(entry.rules)});
  }
  return indicators;
}

std::span<const std::vector<RuleId>> Catalog::equal_rules() const {
  return state_->relations.equal;
}

std::span<const Implication> Catalog::implied_rules() const {
  return state_->relations.implied;
}

std::span<const Implication> Catalog::not_decided() const {
  return state_->relations.not_decided;
}

bool Catalog::is_fully_compared() const {
  return state_->relations.is_complete;
}

std::string Catalog::PageJson(RuleId rule) const {
  std::string json;
  internal::WritePage(*state_, rule, json);
  return json;
}

absl::Status Catalog::WriteIndexJson(const Write& write) const {
  return internal::WriteIndex(*state_, write);
}

}  // namespace hypersigma
