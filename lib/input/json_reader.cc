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
#include "lib/input/field_paths.h"
#include "lib/input/json_reader_tokens.h"
#include "lib/input/json_text.h"
#include "lib/input/key_predictor.h"
#include "lib/input/layout_paths.h"
#include "lib/input/line_facts.h"
#include "lib/input/place_choice.h"
#include "lib/input/split_choice.h"

namespace hypersigma::internal {

// Walks the tokens that simdjson finds, and checks every one: simdjson knows
// where a token begins, not whether it is well formed. Functions that return
// bool return false after Fail().
struct JsonReader::State {
  State(const FieldTable& fields, std::span<const EventLayout> event_layouts,
        const JsonReaderOptions& reader_options)
      : options(reader_options),
        paths(fields),
        layouts(event_layouts, options.forced_layout, fields, paths),
        splits(paths),
        places(paths, layouts, fields.size()) {}

  absl::StatusOr<JsonEvent> Read(std::string_view json,
                                 std::size_t readable_behind);
  absl::StatusOr<JsonEvent> ReadFields(std::string_view json,
                                       std::size_t readable_behind);
  absl::StatusOr<JsonEvent> Walk();

  bool ReadDocument();
  bool ReadObject(PathId path);
  bool ReadPlainMember(PathId object, const char* name);
  bool ReadMember(PathId object, bool in_layout, const char* name);
  bool FindMember(PathId object, bool in_layout, std::string_view token);
  bool ReadArray(PathId path);
  bool ReadValue(PathId path);
  bool ReadScalar(PathId path, const char* token);
  struct Text {
    bool valid = false;
    std::string_view text;
  };
  Text ReadText(std::string_view token);
  void Emit(PathId path, const Value& value);
  bool EnterContainer(const char* token);
  bool Fail(const char* at, std::string_view message);

  bool ReportsUnnamed(ValueKind kind) const {
    return options.unnamed_values && !is_raw &&
           (kind == ValueKind::kString || kind == ValueKind::kNumber ||
            kind == ValueKind::kBool);
  }

  const JsonReaderOptions options;
  FieldPaths paths;
  const LayoutPaths layouts;
  SplitChoice splits;
  PlaceChoice places;

  JsonTokens tokens;

  // Where unescaped texts go, one after the other, never more than the line's
  // bytes.
  char* next_text = nullptr;

  std::vector<FieldValue> values;
  bool repaired = false;  // by unescaping
  // Strings are given as they are written; all their escapes are known to be
  // well formed.
  bool is_raw = false;
  bool has_odd_number = false;
  KeyPredictor predictor;
  // What FindMember() finds.
  struct Member {
    PathId path = kNoPath;
    bool in_layout = false;
    std::string_view key;  // unescaped, if in_layout
  };
  Member found;
  int depth = 0;
  absl::Status status;
};

absl::StatusOr<JsonEvent> JsonReader::State::Read(std::string_view json,
                                                  std::size_t readable_behind) {
  HS_RETURN_IF_ERROR(tokens.Find(json, readable_behind));
  is_raw = false;
  return Walk();
}

absl::StatusOr<JsonEvent> JsonReader::State::ReadFields(
    std::string_view json, std::size_t readable_behind) {
  HS_RETURN_IF_ERROR(tokens.Find(json, readable_behind));
  const LineFacts facts =
      LookAtLine(tokens.text().data(), tokens.text().size());
  is_raw = !tokens.repaired() && facts.has_short_escapes_only;
  if (!is_raw) return Walk();
  absl::StatusOr<JsonEvent> event = Walk();
  if (!event.ok()) return event;
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
  predictor.Restart();
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

// Reads on behind the opening brace.
bool JsonReader::State::ReadObject(PathId path) {
  if (path != kNoPath && !paths[path].has_members) path = kNoPath;
  bool in_layout = places.has_cursors();
  if (path != kNoPath) {
    in_layout |= paths[path].leads;
    splits.EnterObject();
  }
  const char* token = tokens.Next();
  if (*token != '}') {
    while (true) {
      if (*token != '"') return Fail(token, "expected a member name");
      const bool is_read = is_raw && !in_layout && path != kNoPath &&
                           ReadPlainMember(path, token);
      if (!is_read && !ReadMember(path, in_layout, token)) return false;
      token = tokens.Next();
      if (*token == '}') break;
      if (*token != ',') return Fail(token, "expected ',' or '}'");
      token = tokens.Next();
    }
  }
  if (path != kNoPath) splits.LeaveObject();
  --depth;
  return true;
}

// Reads a member that is expected here and of which nothing has to be known but
// its text, as nearly all of most events are. Returns false, and has done
// nothing, for any other.
bool JsonReader::State::ReadPlainMember(PathId object, const char* name) {
  const char* const colon = tokens.Peek(0);
  if (*colon != ':' || colon[-1] != '"') return false;
  const char* const value = tokens.Peek(1);
  if (*value != '"' || colon - name < 2) return false;
  const char* const behind = tokens.Peek(2);
  if (behind[-1] != '"' || behind - value < 2) return false;
  const PathId* const member = predictor.Predict(
      object, {name + 1, static_cast<std::size_t>(colon - name) - 2});
  if (member == nullptr || *member == kNoNamedPath) return false;
  if (*member != kNoPath) {
    const Path& path = paths[*member];
    if (!path.is_plain()) return false;
    if (path.field != kUnnamedField) {
      values.push_back(
          {path.field,
           Value::String(
               {value + 1, static_cast<std::size_t>(behind - value) - 2})});
    }
  }
  predictor.Take();
  tokens.Skip(2);
  return true;
}

// `in_layout`: every member of the object has to be followed.
bool JsonReader::State::ReadMember(PathId object, bool in_layout,
                                   const char* name) {
  const char* const colon = tokens.Next();
  if (*colon != ':') return Fail(colon, "expected ':'");
  const std::string_view token =
      TrimJsonBlanks({name, static_cast<std::size_t>(colon - name)});
  if (!FindMember(object, in_layout, token)) {
    return Fail(name, "malformed member name");
  }
  const PathId member = found.path;
  if (object != kNoPath) splits.SetMember(member);
  if (!found.in_layout) return ReadValue(member);
  const PlaceChoice::Cursors outer = places.Follow(object, found.key);
  if (!ReadValue(member)) return false;
  places.Leave(outer);
  return true;
}

// Fills `found`; returns false when the name is malformed.
bool JsonReader::State::FindMember(PathId object, bool in_layout,
                                   std::string_view token) {
  found = {kNoPath, in_layout, {}};
  const bool is_known_text = is_raw && token.size() >= 2 && token.back() == '"';
  if (is_known_text && object == kNoPath && !in_layout) return true;
  const PathId* predicted = nullptr;
  if (is_known_text && object != kNoPath) {
    predicted = predictor.Predict(object, token.substr(1, token.size() - 2));
    if (predicted != nullptr && !in_layout && *predicted != kNoNamedPath &&
        (*predicted == kNoPath || !paths[*predicted].in_layout)) {
      predictor.Take();
      found.path = *predicted;
      return true;
    }
  }
  const Text key = ReadText(token);
  if (!key.valid) return false;
  found.key = key.text;
  if (object == kNoPath) return true;
  const PathId member =
      predicted != nullptr ? *predicted : paths.Member(object, key.text);
  if (predicted != nullptr) {
    predictor.Take();
  } else if (is_known_text) {
    predictor.Learn(object, token.substr(1, token.size() - 2), member);
  }
  if (member == kNoNamedPath) [[unlikely]] {
    found.in_layout = true;
  } else if (member != kNoPath) {
    found.path = member;
    found.in_layout |= paths[member].in_layout;
  }
  return true;
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

JsonReader::JsonReader(const FieldTable& fields,
                       std::span<const EventLayout> layouts,
                       const JsonReaderOptions& options)
    : state_(std::make_unique<State>(fields, layouts, options)) {}

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

std::string_view JsonReader::text() const { return state_->tokens.text(); }

}  // namespace hypersigma::internal
