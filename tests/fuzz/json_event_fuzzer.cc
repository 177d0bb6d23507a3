// A JSON event: JsonReader accepts what the slow path's parser accepts and
// finds the same values; with layouts it finds every scalar all the same, and
// fields of flat events as ever; an engine with rules of every
// kind says of it what the slow path says. On one line it is valid, and says
// the same.

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/event.h"
#include "lib/base/field_table.h"
#include "lib/base/limits.h"
#include "lib/engine/compact_json.h"
#include "lib/input/event_time.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"
#include "lib/input/layout.h"
#include "lib/reference/event.h"
#include "lib/reference/json_value.h"
#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

using reference::JsonValue;

const std::vector<std::string> kFields = {"a", "b", "a.b",  "a.b.c",    "b.a",
                                          "",  ".", "a..b", "\xC3\xA9", "x\ny"};

constexpr char kRules[] = R"(
title: texts
logsource: {category: c}
detection:
  s: {a|contains: ['bc', 'É', '?x*'], b|startswith: 'x'}
  t: {a: ['4624', '', '*a', 1.5, true]}
  condition: s or t
---
title: scalars
logsource: {category: c}
detection:
  s: [{a.b: null}, {a.b.c|exists: true}, {b.a|gte: 10}, {a|re: 'a.c'}]
  t: {a|fieldref: b}
  condition: 1 of them
---
title: keywords
logsource: {category: c}
detection:
  k: ['word', 'two*parts', 42, "\x01"]
  condition: k
)";

// Field ("-" for none), kind, text.
using Found = std::tuple<std::string, ValueKind, std::string>;

int DepthOf(const JsonValue& value) {
  if (value.is_scalar()) return 0;
  int depth = 0;
  for (const JsonValue& element : value.elements) {
    depth = std::max(depth, DepthOf(element));
  }
  for (const JsonValue::Member& member : value.members) {
    depth = std::max(depth, DepthOf(member.second));
  }
  return depth + 1;
}

ValueKind KindOf(const JsonValue& value) {
  switch (value.kind) {
    case JsonValue::Kind::kNull:
      return ValueKind::kNull;
    case JsonValue::Kind::kBool:
      return ValueKind::kBool;
    case JsonValue::Kind::kNumber:
      return ValueKind::kNumber;
    case JsonValue::Kind::kString:
      return ValueKind::kString;
    case JsonValue::Kind::kArray:
      return ValueKind::kEmptyArray;
    case JsonValue::Kind::kObject:
      return ValueKind::kObject;
  }
  return ValueKind::kNull;
}

// Adds what an array holds, at any depth, or the value itself.
void Flatten(const JsonValue& value, std::vector<const JsonValue*>& out) {
  if (value.elements.empty()) out.push_back(&value);
  for (const JsonValue& element : value.elements) Flatten(element, out);
}

// Adds strings, numbers and booleans at any depth.
void AddScalars(const JsonValue& value, std::vector<const JsonValue*>& out) {
  if (value.is_scalar() && value.kind != JsonValue::Kind::kNull) {
    out.push_back(&value);
  }
  for (const JsonValue& element : value.elements) AddScalars(element, out);
  for (const JsonValue::Member& member : value.members) {
    AddScalars(member.second, out);
  }
}

std::vector<Found> Expected(const JsonValue& object) {
  std::vector<Found> all;
  std::set<const JsonValue*> named;
  for (const std::string& field : kFields) {
    const auto found = reference::LookUp(object, field);
    if (!found.has_value()) continue;
    std::vector<const JsonValue*> elements;
    for (const JsonValue* value : *found) Flatten(*value, elements);
    for (const JsonValue* element : elements) {
      named.insert(element);
      all.emplace_back(field, KindOf(*element), element->text);
    }
  }
  std::vector<const JsonValue*> scalars;
  AddScalars(object, scalars);
  for (const JsonValue* scalar : scalars) {
    if (named.contains(scalar)) continue;
    all.emplace_back("-", KindOf(*scalar), scalar->text);
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Found> Actual(const internal::JsonEvent& event) {
  std::vector<Found> all;
  for (const FieldValue& pair : event.values) {
    const bool is_named = pair.field != kUnnamedField;
    all.emplace_back(
        is_named ? kFields[static_cast<std::size_t>(pair.field)] : "-",
        pair.value.kind, pair.value.text);
  }
  std::sort(all.begin(), all.end());
  return all;
}

internal::FieldTable Fields() {
  internal::FieldTable table;
  for (const std::string& field : kFields) table.Intern(field);
  return table;
}

std::vector<internal::EventLayout> Layouts() {
  internal::EventLayout evtx;
  evtx.markers = {"Event.System"};
  evtx.places = {"Event.EventData.*", "Event.UserData.*.*", "Event.System.*"};
  evtx.text_member = "#text";
  evtx.names = {{"a", {"Event.System.a", "Event.System.b.#attributes.a"}}};
  evtx.time = {"Event.System.TimeCreated.#attributes.SystemTime"};
  internal::EventLayout ecs;
  ecs.markers = {"winlog.channel"};
  ecs.places = {"winlog.event_data.*", "*"};
  ecs.names = {{"b", {"b", "process.executable", "*.b"}}};
  ecs.time = {"@timestamp"};
  internal::EventLayout flat;
  flat.time = {"UtcTime", "a.b"};
  flat.computer = {"b", "a.b"};
  return {evtx, ecs, flat};
}

// What is there whatever the fields are called: kind and text of each scalar.
std::set<std::pair<ValueKind, std::string>> Scalars(
    const internal::JsonEvent& event) {
  std::set<std::pair<ValueKind, std::string>> scalars;
  for (const FieldValue& pair : event.values) {
    if (pair.value.kind > ValueKind::kBool) continue;
    scalars.emplace(pair.value.kind, pair.value.text);
  }
  return scalars;
}

void CheckLayouts(const internal::FieldTable& table, std::string_view json,
                  const internal::JsonEvent& plain) {
  static internal::JsonReader reader(table, Layouts(),
                                     {.unnamed_values = true});
  static internal::JsonReader flat(
      std::make_shared<const internal::JsonPaths>(table, Layouts(), 2),
      {.unnamed_values = true});
  const auto event = reader.Read(json);
  Require(event.ok(), "layouts refuse no event");
  internal::ParseEventTime(event->time);
  Require(Scalars(*event) == Scalars(plain), "layouts lose no value");
  if (event->layout == 2u) {
    Require(Actual(*event) == Actual(plain), "a flat event is read as ever");
  }
  const auto forced = flat.Read(json);
  Require(forced.ok() && forced->layout == 2u, "a layout can be forced");
  Require(Actual(*forced) == Actual(plain), "flat is what it always was");
}

// `values` and `repaired` are those of the event as it stands.
void CheckCompact(const internal::FieldTable& table, std::string_view json,
                  const std::vector<Found>& values, bool repaired) {
  static internal::JsonReader reader(table, {}, {.unnamed_values = true});
  std::string compact;
  internal::AppendCompactJson(json, &compact);
  Require(compact.find('\n') == std::string::npos, "an event is one line");
  const auto event = reader.Read(compact);
  Require(event.ok() && !event->repaired, "a compact event is valid");
  if (!repaired) {
    Require(Actual(*event) == values, "a compact event has the same values");
  }
}

void CheckReader(std::string_view json) {
  static const internal::FieldTable kTable = Fields();
  static internal::JsonReader reader(kTable, {}, {.unnamed_values = true});
  const auto event = reader.Read(json);
  const auto object = reference::ParseJson(json);
  if (absl::IsResourceExhausted(event.status())) {
    Require(!object.ok() || DepthOf(*object) > internal::kMaxJsonDepth,
            "only deep events are past a limit");
    return;
  }
  if (absl::IsResourceExhausted(object.status())) return;
  const bool is_object =
      object.ok() && object->kind == JsonValue::Kind::kObject;
  if (event.ok() != is_object) {
    Fail("one side alone reads the event: " + event.status().ToString() +
         ", slow path " + object.status().ToString());
  }
  if (!is_object) return;
  Require(Actual(*event) == Expected(*object), "both find the same values");
  CheckLayouts(kTable, json, *event);
  CheckCompact(kTable, json, Actual(*event), event->repaired);
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace hypersigma::fuzz;  // NOLINT: an entry of C
  static auto comparison = Comparison::Load(kRules);
  Require(comparison.has_value() && comparison->rule_count() == 3,
          "the target's own rules load");
  const std::string_view json = AsText(data, size);
  CheckReader(json);
  comparison->CheckEvent(json);
  return 0;
}
