#include "lib/catalog/event_writer.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "lib/catalog/event_coverage.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {
namespace {

std::string_view TestName(EventTest::Kind kind) {
  switch (kind) {
    case EventTest::Kind::kEquals:
      return "equals";
    case EventTest::Kind::kStartsWith:
      return "startswith";
    case EventTest::Kind::kEndsWith:
      return "endswith";
    case EventTest::Kind::kContains:
      return "contains";
    case EventTest::Kind::kExists:
      return "exists";
    case EventTest::Kind::kMissing:
      return "missing";
  }
  return {};
}

void WriteWhen(const LogSourceEntry& entry, JsonWriter& json) {
  json.Key("when");
  json.OpenArray();
  for (const std::vector<EventTest>& tests : entry.when) {
    json.OpenArray();
    for (const EventTest& test : tests) {
      json.OpenObject();
      json.Member("field", test.field);
      json.Member("test", TestName(test.kind));
      json.MemberStrings("values", test.written);
      json.CloseObject();
    }
    json.CloseArray();
  }
  json.CloseArray();
}

void WriteFields(const CoveringEvent& event, const CatalogState& catalog,
                 JsonWriter& json) {
  std::vector<std::string_view> missing;
  bool is_known = true;
  json.Key("fields");
  json.OpenArray();
  for (const CarriedField& field : event.fields) {
    json.OpenObject();
    json.Member("field", catalog.NameOf(field.field));
    if (field.carried.has_value()) {
      json.MemberBool("carried", *field.carried);
      if (!*field.carried) missing.push_back(catalog.NameOf(field.field));
    } else {
      json.MemberNull("carried");
      is_known = false;
    }
    json.MemberStrings("members", field.members);
    json.CloseObject();
  }
  json.CloseArray();
  if (is_known) {
    json.MemberStrings("missing", missing);
  } else {
    json.MemberNull("missing");
  }
}

void WriteEvent(const CoveringEvent& event, const CatalogState& catalog,
                JsonWriter& json) {
  json.OpenObject();
  json.Member("name", event.entry->name);
  json.Member("product", event.product);
  json.MemberStrings("providers",
                     DemandedValues(*event.entry, "Provider_Name"));
  json.MemberStrings("channels", DemandedValues(*event.entry, "Channel"));
  json.MemberStrings("event_ids", DemandedValues(*event.entry, "EventID"));
  WriteWhen(*event.entry, json);
  WriteFields(event, catalog, json);
  json.CloseObject();
}

// What the rule asks of EventID, short ids before long ones.
std::vector<std::string_view> AskedEventIds(const CatalogState& catalog,
                                            RuleId rule) {
  std::vector<std::string_view> ids;
  for (const IndicatorRow& row : catalog.indicators.RowsOf(rule)) {
    const IndicatorEntry& entry = catalog.indicators.entries()[row.entry];
    if (entry.kind == IndicatorKind::kEq && row.use == Use::kAsserted &&
        catalog.NameOf(entry.field) == "EventID") {
      ids.push_back(row.value);
    }
  }
  std::sort(ids.begin(), ids.end(), [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return ids;
}

}  // namespace

void WriteEvents(const CatalogState& catalog, RuleId rule, JsonWriter& json) {
  const auto position = static_cast<std::size_t>(rule);
  const Rule& attributes = catalog.rules.rules()[position];
  std::vector<FieldId> fields = catalog.fields[position];
  std::erase(fields, kUnnamedField);
  const EventCoverage coverage =
      CoverageOf(catalog.plan.rules[position],
                 {attributes.product, attributes.category, attributes.service},
                 fields, catalog.plan, catalog.options.taxonomy.data());
  json.OpenObject();
  json.MemberBool("known", coverage.admitted > 0);
  json.MemberOrNull("reason", coverage.reason);
  json.Member("admitted", coverage.admitted);
  json.MemberStrings("event_ids", AskedEventIds(catalog, rule));
  json.Key("events");
  json.OpenArray();
  for (const CoveringEvent& event : coverage.events) {
    WriteEvent(event, catalog, json);
  }
  json.CloseArray();
  json.CloseObject();
}

}  // namespace hypersigma::internal
