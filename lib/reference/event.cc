#include "lib/reference/event.h"

#include <cstddef>

namespace hypersigma::reference {
namespace {

using Found = std::optional<std::vector<const JsonValue*>>;

// Joins what two look-ups found.
Found Join(Found first, const Found& second) {
  if (!first.has_value()) return second;
  if (second.has_value()) {
    first->insert(first->end(), second->begin(), second->end());
  }
  return first;
}

// Returns every value under `key`: a key that occurs twice counts as an array.
Found Member(const JsonValue& object, std::string_view key) {
  Found found;
  for (const JsonValue::Member& member : object.members) {
    if (member.first == key) {
      found = Join(std::move(found), std::vector{&member.second});
    }
  }
  return found;
}

Found LookUpInEach(const std::vector<const JsonValue*>& values,
                   std::string_view path) {
  Found found;
  for (const JsonValue* value : values) {
    found = Join(std::move(found), LookUp(*value, path));
  }
  return found;
}

EventValue MakeEventValue(const JsonValue& value) {
  EventValue made;
  made.kind = value.kind;
  made.has_text = value.is_scalar() && value.kind != JsonValue::Kind::kNull;
  if (!made.has_text) return made;
  const bool is_number = value.kind == JsonValue::Kind::kNumber;
  made.bytes = is_number ? CanonicalNumberText(value.text) : value.text;
  if (is_number) made.number = ParseDecimal(value.text);
  made.text = DecodeUtf8(made.bytes);
  made.folded = FoldText(made.text);
  return made;
}

void Flatten(const JsonValue& value, std::vector<EventValue>& elements) {
  if (value.kind != JsonValue::Kind::kArray) {
    elements.push_back(MakeEventValue(value));
  }
  for (const JsonValue& element : value.elements) Flatten(element, elements);
}

void CollectScalars(const JsonValue& value, std::vector<EventValue>& scalars) {
  if (value.is_scalar() && value.kind != JsonValue::Kind::kNull) {
    scalars.push_back(MakeEventValue(value));
  }
  for (const JsonValue& element : value.elements) {
    CollectScalars(element, scalars);
  }
  for (const JsonValue::Member& member : value.members) {
    CollectScalars(member.second, scalars);
  }
}

}  // namespace

Found LookUp(const JsonValue& value, std::string_view path) {
  Found found;
  for (const JsonValue& element : value.elements) {
    found = Join(std::move(found), LookUp(element, path));
  }
  if (value.kind != JsonValue::Kind::kObject) return found;
  found = Member(value, path);
  for (std::size_t dot = path.find('.');
       !found.has_value() && dot != std::string_view::npos;
       dot = path.find('.', dot + 1)) {
    const Found parent = Member(value, path.substr(0, dot));
    if (parent.has_value()) {
      found = LookUpInEach(*parent, path.substr(dot + 1));
    }
  }
  return found;
}

const FieldValues& ReferenceEvent::Field(const std::string& name) {
  const auto [entry, is_new] = fields_.try_emplace(name);
  FieldValues& values = entry->second;
  if (!is_new) return values;
  const Found found = LookUp(object_, name);
  values.missing = !found.has_value();
  if (values.missing) return values;
  for (const JsonValue* value : *found) Flatten(*value, values.elements);
  return values;
}

const std::vector<EventValue>& ReferenceEvent::AllScalars() {
  if (!all_scalars_.has_value()) {
    all_scalars_.emplace();
    CollectScalars(object_, *all_scalars_);
  }
  return *all_scalars_;
}

}  // namespace hypersigma::reference
