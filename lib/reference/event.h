// An event as the reference evaluator sees it: field names -> values.
// Source: design document "semantics", 3.

#ifndef HYPERSIGMA_LIB_REFERENCE_EVENT_H_
#define HYPERSIGMA_LIB_REFERENCE_EVENT_H_

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lib/reference/json_value.h"
#include "lib/reference/number.h"
#include "lib/reference/text.h"

namespace hypersigma::reference {

// An element of a field's value, or the value itself. Null and objects have no
// text.
struct EventValue {
  JsonValue::Kind kind = JsonValue::Kind::kNull;
  bool has_text = false;
  std::string bytes;  // the text
  Text text;          // the text, decoded
  Text folded;
  std::optional<Decimal> number;  // kNumber
};

// What a look-up finds.
struct FieldValues {
  bool missing = true;
  // Arrays flattened; empty for an empty array.
  std::vector<EventValue> elements;
};

// Returns the values found under `path`, arrays not yet flattened; nullopt when
// the field is missing.
std::optional<std::vector<const JsonValue*>> LookUp(const JsonValue& value,
                                                    std::string_view path);

// One event with its look-ups, remembered. Borrows the JSON object.
class ReferenceEvent {
 public:
  explicit ReferenceEvent(const JsonValue& object) : object_(object) {}

  const FieldValues& Field(const std::string& name);

  // Every string, number and boolean at any depth.
  const std::vector<EventValue>& AllScalars();

 private:
  const JsonValue& object_;
  std::unordered_map<std::string, FieldValues> fields_;
  std::optional<std::vector<EventValue>> all_scalars_;
};

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_EVENT_H_
