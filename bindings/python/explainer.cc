#include "bindings/python/explainer.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "bindings/python/conversion.h"
#include "bindings/python/event_encoder.h"
#include "bindings/python/status.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

std::string_view KindName(ValueKind kind) {
  switch (kind) {
    case ValueKind::kString:
      return "string";
    case ValueKind::kNumber:
      return "number";
    case ValueKind::kBool:
      return "bool";
    case ValueKind::kNull:
      return "null";
    case ValueKind::kObject:
      return "object";
    case ValueKind::kEmptyArray:
      return "empty_array";
  }
  return {};
}

std::string_view KindName(ExplainedDetection::Kind kind) {
  switch (kind) {
    case ExplainedDetection::Kind::kItem:
      return "item";
    case ExplainedDetection::Kind::kAllOf:
      return "all_of";
    case ExplainedDetection::Kind::kAnyOf:
      return "any_of";
  }
  return {};
}

// A list of the dicts of all values.
template <typename T>
nb::list Dicts(const std::vector<T>& values);

nb::tuple ToPair(const ValuePlace& place) {
  return nb::make_tuple(place.field, place.value);
}

nb::dict ToDict(const SeenValue& value) {
  nb::dict result;
  result["kind"] = ToStr(KindName(value.kind));
  result["text"] = ToStr(value.text);
  result["member"] = ToStr(value.member);
  return result;
}

nb::dict ToDict(const SeenField& field) {
  nb::dict result;
  result["name"] = ToStr(field.name);
  result["is_missing"] = field.is_missing;
  result["alias"] = ToStr(field.alias);
  result["value_count"] = field.value_count;
  result["values"] = Dicts(field.values);
  return result;
}

nb::dict ToDict(const IndicatorHit& hit) {
  nb::dict result;
  result["place"] = ToPair(hit.place);
  result["span"] = nb::none();
  if (hit.span) result["span"] = nb::make_tuple(hit.span->begin, hit.span->end);
  result["pattern"] = ToStr(hit.pattern);
  result["has_wildcards"] = hit.has_wildcards;
  result["at_start"] = hit.at_start;
  result["at_end"] = hit.at_end;
  result["other"] = nb::none();
  if (hit.other) result["other"] = ToPair(*hit.other);
  return result;
}

nb::dict ToDict(const ExplainedValue& value) {
  nb::dict result;
  result["kind"] = ToStr(IndicatorKindName(value.kind));
  result["value"] = ToStr(value.value);
  result["truth"] = ToStr(TruthName(value.truth));
  result["reason"] =
      ToStr(value.reason ? UndecidedReasonText(*value.reason) : "");
  result["hit"] = nb::none();
  if (value.hit) result["hit"] = ToDict(*value.hit);
  return result;
}

nb::dict ToDict(const ExplainedDetection& detection) {
  nb::dict result;
  result["kind"] = ToStr(KindName(detection.kind));
  result["truth"] = ToStr(TruthName(detection.truth));
  result["children"] = Dicts(detection.children);
  result["field"] = detection.field;
  result["is_keyword"] = detection.is_keyword;
  result["all"] = detection.all;
  result["neq"] = detection.neq;
  result["values"] = Dicts(detection.values);
  return result;
}

nb::dict ToDict(const ExplainedSelection& selection) {
  nb::dict result;
  result["name"] = ToStr(selection.name);
  result["truth"] = ToStr(TruthName(selection.truth));
  result["is_named"] = selection.is_named;
  result["is_filter"] = selection.is_filter;
  result["detection"] = ToDict(selection.detection);
  return result;
}

nb::dict ToDict(const Change& change) {
  nb::dict result;
  result["selection"] = change.selection;
  result["field"] = ToStr(change.field);
  result["kind"] = ToStr(IndicatorKindName(change.kind));
  result["value"] = ToStr(change.value);
  result["pattern"] = ToStr(change.pattern);
  result["has_wildcards"] = change.has_wildcards;
  result["becomes"] = change.becomes;
  result["alternatives"] = change.alternatives;
  return result;
}

nb::dict ToDict(const RuleExplanation& rule) {
  nb::dict result;
  result["rule"] = static_cast<std::uint32_t>(rule.rule);
  result["truth"] = ToStr(TruthName(rule.truth));
  result["is_admitted"] = rule.is_admitted;
  result["refused"] = ToStr(rule.refused);
  result["selections"] = Dicts(rule.selections);
  result["changes_status"] = ToStr(ChangesStatusName(rule.changes_status));
  result["changes"] = Dicts(rule.changes);
  return result;
}

template <typename T>
nb::list Dicts(const std::vector<T>& values) {
  nb::list result;
  for (const T& value : values) result.append(ToDict(value));
  return result;
}

nb::dict ToDict(const EventExplanation& explanation) {
  nb::dict result;
  nb::list log_sources;
  for (const LogSource& source : explanation.log_sources) {
    log_sources.append(nb::make_tuple(
        ToStr(source.product), ToStr(source.category), ToStr(source.service)));
  }
  result["log_sources"] = log_sources;
  result["layout"] = ToStr(explanation.layout);
  result["repaired"] = explanation.repaired;
  result["time"] = ToStr(explanation.time);
  result["computer"] = ToStr(explanation.computer);
  result["fields"] = Dicts(explanation.fields);
  result["rules"] = Dicts(explanation.rules);
  return result;
}

}  // namespace

PythonExplainer::PythonExplainer(const PythonEngine& engine,
                                 const ScanOptions& options)
    : explainer_(
          ValueOrRaise(Explainer::Create(engine.engine(), options.scanner),
                       Subject::kArgument)),
      rule_count_(engine.engine().rules().size()) {}

nb::dict PythonExplainer::Explain(
    nb::handle event, const std::optional<std::vector<std::uint32_t>>& rules,
    bool is_text) {
  const EventText text(event);
  std::vector<RuleId> ids;
  if (rules) {
    for (const std::uint32_t rule : *rules) {
      if (rule >= rule_count_) throw nb::index_error("no such rule");
      ids.push_back(RuleId{rule});
    }
  }
  std::optional<absl::StatusOr<EventExplanation>> explained;
  {
    nb::gil_scoped_release nogil;
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::array<FieldValue, 1> line = {
        FieldValue{kUnnamedField, Value::String(text.text())}};
    if (is_text) {
      explained =
          rules ? explainer_.Explain(line, ids) : explainer_.Explain(line);
    } else {
      explained = rules ? explainer_.ExplainJson(text.text(), ids)
                        : explainer_.ExplainJson(text.text());
    }
  }
  return ToDict(ValueOrRaise(*std::move(explained), Subject::kEvent));
}

}  // namespace hypersigma::python
