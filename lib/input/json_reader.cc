#include "lib/input/json_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/input/field_paths.h"
#include "lib/input/json_text.h"
#include "lib/input/layout_paths.h"
#include "lib/input/place_choice.h"
#include "lib/input/split_choice.h"

namespace hypersigma::internal {
namespace {

static_assert(kTextSlack <= simdjson::SIMDJSON_PADDING);

constexpr std::size_t kFirstBytes = std::size_t{16} << 10;
// Buffers that one huge event has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{64} << 20;

constexpr bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view TrimRight(std::string_view text) {
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Bytes with the padding that simdjson wants.
class Buffer {
 public:
  char* data() { return bytes_.get(); }

  // Keeps no content. Throws std::bad_alloc.
  void Reserve(std::size_t size) {
    Release();
    bytes_.reset(new char[size + simdjson::SIMDJSON_PADDING]);
    capacity_ = size;
  }
  void Release() {
    bytes_.reset();
    capacity_ = 0;
  }
  std::size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

}  // namespace

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

  absl::StatusOr<JsonEvent> Read(std::string_view json);
  absl::Status FindTokens(std::string_view json);
  simdjson::error_code Index(const char* bytes);
  void Reserve(std::size_t size);

  bool ReadDocument();
  bool ReadObject(PathId path);
  bool ReadMember(PathId object, bool in_layout, const char* name);
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

  // Steps over a token and returns where it begins in `line`; after the last
  // one, the NUL behind the line.
  const char* Next() {
    if (tokens.at_end()) return line.data() + line_bytes;
    const auto* token =
        reinterpret_cast<const char*>(tokens.return_current_and_advance());
    return line.data() + (token - indexed);
  }

  bool NextIs(char c) const {
    return !tokens.at_end() && *tokens.peek() == static_cast<std::uint8_t>(c);
  }

  bool ReportsUnnamed(ValueKind kind) const {
    return options.unnamed_values &&
           (kind == ValueKind::kString || kind == ValueKind::kNumber ||
            kind == ValueKind::kBool);
  }

  const JsonReaderOptions options;
  FieldPaths paths;
  const LayoutPaths layouts;
  SplitChoice splits;
  PlaceChoice places;

  std::unique_ptr<simdjson::ondemand::parser> parser;
  simdjson::ondemand::json_iterator tokens;
  // What simdjson was given: `line`, or its repaired copy. Structure is the
  // same in both; names and values are taken from `line`.
  const char* indexed = nullptr;
  Buffer line;
  Buffer repaired_line;
  std::size_t line_bytes = 0;

  // Unescaped texts, one after the other, never more than the line's bytes.
  Buffer texts;
  char* next_text = nullptr;

  std::vector<FieldValue> values;
  bool repaired = false;
  int depth = 0;
  absl::Status status;
};

absl::StatusOr<JsonEvent> JsonReader::State::Read(std::string_view json) {
  HS_RETURN_IF_ERROR(FindTokens(json));
  next_text = texts.data();
  values.clear();
  splits.BeginEvent();
  places.BeginEvent();
  depth = 0;
  if (!ReadDocument()) return std::move(status);
  if (places.EndEvent(values) || splits.displaced()) {
    std::erase_if(values, [this](const FieldValue& value) {
      return value.field == kUnnamedField && !ReportsUnnamed(value.value.kind);
    });
  }
  return JsonEvent{values, repaired, places.layout(), places.time()};
}

// Copies the line and has simdjson find its tokens, of a repaired copy if it
// refuses the bytes of this one.
absl::Status JsonReader::State::FindTokens(std::string_view json) {
  Reserve(json.size());
  line_bytes = json.size();
  if (!json.empty()) std::memcpy(line.data(), json.data(), json.size());
  std::memset(line.data() + json.size(), 0, simdjson::SIMDJSON_PADDING);
  simdjson::error_code error = Index(line.data());
  repaired =
      error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS;
  if (repaired) {
    if (repaired_line.capacity() < line.capacity()) {
      repaired_line.Reserve(line.capacity());
    }
    RepairJson(json, repaired_line.data());
    std::memset(repaired_line.data() + json.size(), 0,
                simdjson::SIMDJSON_PADDING);
    error = Index(repaired_line.data());
  }
  switch (error) {
    case simdjson::SUCCESS:
      return absl::OkStatus();
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return absl::ResourceExhaustedError("no memory for an event this large");
    case simdjson::EMPTY:
      return absl::InvalidArgumentError("byte 1: expected an object");
    case simdjson::UNCLOSED_STRING:
      return absl::InvalidArgumentError(
          absl::StrCat("byte ", json.size(), ": a string is not closed"));
    default:
      return absl::InvalidArgumentError(
          absl::StrCat("byte 1: ", simdjson::error_message(error)));
  }
}

simdjson::error_code JsonReader::State::Index(const char* bytes) {
  indexed = bytes;
  return parser
      ->iterate_raw(simdjson::padded_string_view(
          bytes, line_bytes, line_bytes + simdjson::SIMDJSON_PADDING))
      .get(tokens);
}

void JsonReader::State::Reserve(std::size_t size) {
  const bool fits = line.data() != nullptr && size <= line.capacity();
  if (fits && (line.capacity() <= kKeptBytes || size > kKeptBytes)) return;
  const std::size_t capacity =
      size > kKeptBytes ? size : std::max(kFirstBytes, size + size / 2);
  // The line comes last: its capacity says that all of this has succeeded.
  line.Release();
  repaired_line.Release();
  texts.Reserve(capacity);
  parser = std::make_unique<simdjson::ondemand::parser>();
  if (parser->allocate(capacity, kMaxJsonDepth) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
  line.Reserve(capacity);
}

bool JsonReader::State::ReadDocument() {
  const char* const token = Next();
  if (*token != '{') return Fail(token, "expected an object");
  if (!EnterContainer(token) || !ReadObject(kRootPath)) return false;
  if (!tokens.at_end()) {
    return Fail(Next(), "expected nothing after the object");
  }
  return true;
}

bool JsonReader::State::ReadValue(PathId path) {
  const char* const token = Next();
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
  const char* token = Next();
  if (*token != '}') {
    while (true) {
      if (*token != '"') return Fail(token, "expected a member name");
      if (!ReadMember(path, in_layout, token)) return false;
      token = Next();
      if (*token == '}') break;
      if (*token != ',') return Fail(token, "expected ',' or '}'");
      token = Next();
    }
  }
  if (path != kNoPath) splits.LeaveObject();
  --depth;
  return true;
}

// `in_layout`: every member of the object has to be followed.
bool JsonReader::State::ReadMember(PathId object, bool in_layout,
                                   const char* name) {
  const char* const colon = Next();
  if (*colon != ':') return Fail(colon, "expected ':'");
  const Text key =
      ReadText(TrimRight({name, static_cast<std::size_t>(colon - name)}));
  if (!key.valid) return Fail(name, "malformed member name");
  PathId member = kNoPath;
  if (object != kNoPath) {
    member = paths.Member(object, key.text);
    if (member == kNoNamedPath) [[unlikely]] {
      member = kNoPath;
      in_layout = true;
    } else if (member != kNoPath) {
      in_layout |= paths[member].in_layout;
    }
    splits.SetMember(member);
  }
  if (!in_layout) return ReadValue(member);
  const PlaceChoice::Cursors outer = places.Follow(object, key.text);
  if (!ReadValue(member)) return false;
  places.Leave(outer);
  return true;
}

// Reads on behind the opening bracket. Elements count as values of the array's
// own path.
bool JsonReader::State::ReadArray(PathId path) {
  if (NextIs(']')) {
    Next();
    Emit(path, Value::EmptyArray());
    --depth;
    return true;
  }
  while (true) {
    if (!ReadValue(path)) return false;
    const char* const token = Next();
    if (*token == ']') break;
    if (*token != ',') return Fail(token, "expected ',' or ']'");
  }
  --depth;
  return true;
}

bool JsonReader::State::ReadScalar(PathId path, const char* token) {
  if (*token == '\0' && token == line.data() + line_bytes) {
    return Fail(token, "unexpected end");
  }
  const std::string_view raw = TrimRight({token, tokens.peek_length(-1)});
  if (raw.front() == '"') {
    const Text text = ReadText(raw);
    if (!text.valid) return Fail(token, "malformed string");
    Emit(path, Value::String(text.text));
  } else if (raw == "true" || raw == "false") {
    Emit(path, Value::Bool(raw.size() == 4));
  } else if (raw == "null") {
    Emit(path, Value::Null());
  } else if (IsJsonNumber(raw)) {
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
      absl::StrCat("byte ", token - line.data() + 1, ": nested deeper than ",
                   kMaxJsonDepth));
  return false;
}

bool JsonReader::State::Fail(const char* at, std::string_view message) {
  status = absl::InvalidArgumentError(
      absl::StrCat("byte ", at - line.data() + 1, ": ",
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

absl::StatusOr<JsonEvent> JsonReader::Read(std::string_view json) {
  try {
    return state_->Read(json);
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("no memory for an event this large");
  }
}

std::string JsonLibraryVersion() {
  return absl::StrCat(SIMDJSON_STRINGIFY(SIMDJSON_VERSION), " ",
                      simdjson::get_active_implementation()->name());
}

}  // namespace hypersigma::internal
