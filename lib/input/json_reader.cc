#include "lib/input/json_reader.h"

#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/base/status_macros.h"
#include "lib/input/json_reader_state.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {

absl::StatusOr<JsonEvent> JsonReader::State::Read(std::string_view json,
                                                  std::size_t readable_behind) {
  HS_RETURN_IF_ERROR(tokens.Find(json, readable_behind));
  is_raw = false;
  return Walk();
}

absl::StatusOr<JsonEvent> JsonReader::State::ReadFields(
    std::string_view json, std::size_t readable_behind) {
  HS_RETURN_IF_ERROR(tokens.Find(json, readable_behind));
  const LineFacts& facts = tokens.facts();
  const bool is_resolved = !facts.has_short_escapes_only;
  if (is_resolved && !tokens.ResolveUnicode()) {
    return Read(json, readable_behind);
  }
  is_raw = !tokens.repaired();
  if (!is_raw) return Walk();
  absl::StatusOr<JsonEvent> event = Walk();
  if (!event.ok()) {
    // Errors tell places of the text as it was given.
    return is_resolved ? Read(json, readable_behind) : event;
  }
  const auto has_escape = [](std::string_view text) {
    return text.find('\\') != std::string_view::npos;
  };
  if (has_escape(event->time) || has_escape(event->computer)) {
    return Read(json, readable_behind);
  }
  event->is_raw = true;
  event->is_plain = !facts.has_slash_escape && !has_odd_number &&
                    (facts.is_ascii || !HasAsciiFold(tokens.text()));
  return event;
}

absl::StatusOr<JsonEvent> JsonReader::State::Walk() {
  next_text = tokens.scratch();
  repaired = tokens.repaired();
  values.clear();
  splits.BeginEvent();
  places.BeginEvent();
  next_name = KeyMemo::Begin(tokens.positions().size());
  has_odd_number = false;
  depth = 0;
  if (!ReadDocument()) return std::move(status);
  if (places.EndEvent(values) || splits.displaced()) {
    std::erase_if(values, [this](const FieldValue& value) {
      return value.field == kUnnamedField && !ReportsUnnamed(value.value.kind);
    });
  }
  JsonEvent event;
  event.values = values;
  event.repaired = repaired;
  event.layout = places.layout();
  event.time = places.time();
  event.computer = places.computer();
  return event;
}

bool JsonReader::State::ReadDocument() {
  const char* const token = tokens.Next();
  if (*token != '{') return Fail(token, "expected an object");
  if (!EnterContainer(token) || !ReadObject(kRootPath)) return false;
  if (!tokens.at_end()) {
    return Fail(tokens.Next(), "expected nothing after the object");
  }
  return true;
}

bool JsonReader::State::ReadValue(PathId path) {
  const char* const token = tokens.Next();
  switch (*token) {
    case '{':
      Emit(path, Value::Object());
      return EnterContainer(token) && ReadObject(path);
    case '[':
      return EnterContainer(token) && ReadArray(path);
    default:
      return ReadScalar(path, token);
  }
}

// Reads on behind the opening bracket. Elements count as values of the array's
// own path.
bool JsonReader::State::ReadArray(PathId path) {
  if (tokens.NextIs(']')) {
    tokens.Next();
    Emit(path, Value::EmptyArray());
    --depth;
    return true;
  }
  while (true) {
    if (!ReadValue(path)) return false;
    const char* const token = tokens.Next();
    if (*token == ']') break;
    if (*token != ',') return Fail(token, "expected ',' or ']'");
  }
  --depth;
  return true;
}

bool JsonReader::State::ReadScalar(PathId path, const char* token) {
  if (token == tokens.end()) {
    return Fail(token, "unexpected end");
  }
  const std::string_view raw = TrimJsonBlanks({token, tokens.last_bytes()});
  if (raw.front() == '"') {
    if (is_raw && raw.size() >= 2 && raw.back() == '"') {
      Emit(path, Value::String(raw.substr(1, raw.size() - 2)));
      return true;
    }
    const Text text = ReadText(raw);
    if (!text.valid) return Fail(token, "malformed string");
    Emit(path, Value::String(text.text));
  } else if (raw == "true" || raw == "false") {
    Emit(path, Value::Bool(raw.size() == 4));
  } else if (raw == "null") {
    Emit(path, Value::Null());
  } else if (IsJsonNumber(raw)) {
    has_odd_number |= !IsPlainInteger(raw);
    Emit(path, Value::Number(raw));
  } else {
    return Fail(token, "expected a value");
  }
  return true;
}

// Returns the text of a string token, quotes included. It is borrowed from the
// line or begins at `next_text`, from where the next one will overwrite it.
JsonReader::State::Text JsonReader::State::ReadText(std::string_view token) {
  if (token.size() < 2 || token.back() != '"') return {false, {}};
  const std::string_view raw = token.substr(1, token.size() - 2);
  const UnescapedText text = Unescape(raw, next_text);
  if (text.same) return {true, raw};
  repaired |= text.repaired;
  return {text.valid, {next_text, text.byte_count}};
}

void JsonReader::State::Emit(PathId path, const Value& value) {
  FieldId field = kUnnamedField;
  bool is_placed = places.has_cursors();
  if (path != kNoPath) {
    const Path& named = paths[path];
    if (named.field != kUnnamedField &&
        (!named.has_splits || splits.Admit(named, values))) {
      field = named.field;
    }
    is_placed |= named.layout_node != kNoLayoutNode;
  }
  const bool is_listed = field != kUnnamedField || ReportsUnnamed(value.kind);
  if (is_placed) [[unlikely]] {
    is_placed = places.Admit(
        path, value, is_listed ? values.size() : PlaceChoice::kNotListed);
  }
  if (!is_listed && !is_placed) return;
  if (value.text.data() == next_text) next_text += value.text.size();
  if (is_listed) values.push_back({field, value});
}

bool JsonReader::State::EnterContainer(const char* token) {
  if (++depth <= kMaxJsonDepth) return true;
  status = absl::ResourceExhaustedError(
      absl::StrCat("byte ", tokens.OffsetOf(token) + 1, ": nested deeper than ",
                   kMaxJsonDepth));
  return false;
}

bool JsonReader::State::Fail(const char* at, std::string_view message) {
  status = absl::InvalidArgumentError(
      absl::StrCat("byte ", tokens.OffsetOf(at) + 1, ": ",
                   absl::string_view(message.data(), message.size())));
  return false;
}

JsonReader::JsonReader(std::shared_ptr<const JsonPaths> paths,
                       const JsonReaderOptions& options)
    : state_(std::make_unique<State>(std::move(paths), options)) {}
JsonReader::JsonReader(const FieldTable& fields,
                       std::span<const EventLayout> layouts,
                       const JsonReaderOptions& options)
    : JsonReader(std::make_shared<const JsonPaths>(fields, layouts), options) {}

JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader& JsonReader::operator=(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

absl::StatusOr<JsonEvent> JsonReader::Read(std::string_view json,
                                           std::size_t readable_behind) {
  try {
    return state_->Read(json, readable_behind);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("no memory for an event this large");
  }
}

absl::StatusOr<JsonEvent> JsonReader::ReadFields(std::string_view json,
                                                 std::size_t readable_behind) {
  try {
    return state_->ReadFields(json, readable_behind);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("no memory for an event this large");
  }
}

JsonTokenText JsonReader::text() const {
  return {state_->tokens.text(), state_->tokens.positions()};
}

}  // namespace hypersigma::internal
