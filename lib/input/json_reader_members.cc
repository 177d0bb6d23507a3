#include <cstddef>
#include <string_view>

#include "lib/base/number.h"
#include "lib/input/json_reader_state.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {

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
                           ReadPlainMembers(path, token);
      if (!is_read) {
        if (!ReadMember(path, in_layout, token)) return false;
        token = tokens.Next();
      }
      if (*token == '}') break;
      if (*token != ',') return Fail(token, "expected ',' or '}'");
      token = tokens.Next();
    }
  }
  if (path != kNoPath) splits.LeaveObject();
  --depth;
  return true;
}

// Reads members from the name at `token` on, as long as they are plain. Returns
// true with the token behind the last of them, or false with the name of one
// that is not.
bool JsonReader::State::ReadPlainMembers(PathId object, const char*& token) {
  while (ReadPlainMember(object, token)) {
    token = tokens.Next();
    if (*token != ',' || !tokens.NextIs('"')) return true;
    token = tokens.Next();
  }
  return false;
}

// Reads a member with a known name and a text or an integer, as nearly all of
// most events are. Returns false, and has done nothing, for any other.
bool JsonReader::State::ReadPlainMember(PathId object, const char* name) {
  const char* const colon = tokens.Peek(0);
  if (*colon != ':' || colon[-1] != '"' || colon - name < 2) return false;
  const PathId* const member =
      keys.Find(object, {name + 1, static_cast<std::size_t>(colon - name) - 2});
  if (member == nullptr || *member == kNoNamedPath) return false;
  const Path* const path = *member == kNoPath ? nullptr : &paths[*member];
  if (path != nullptr && (path->in_layout || path->has_splits)) return false;
  const char* const begin = tokens.Peek(1);
  const char* const behind = tokens.Peek(2);
  if (behind <= begin) return false;
  const std::string_view raw(begin, static_cast<std::size_t>(behind - begin));
  Value value = Value::Number(raw);
  if (*begin == '"') {
    if (raw.size() < 2 || raw.back() != '"') return false;
    value = Value::String(raw.substr(1, raw.size() - 2));
  } else if (!IsPlainInteger(raw)) {
    return false;
  }
  tokens.Skip(2);
  if (path == nullptr) return true;
  if (path->layout_node != kNoLayoutNode) {
    Emit(*member, value);
  } else if (path->field != kUnnamedField) {
    values.push_back({path->field, value});
  }
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
  const PathId* known = nullptr;
  if (is_known_text && object != kNoPath) {
    known = keys.Find(object, token.substr(1, token.size() - 2));
    if (known != nullptr && !in_layout && *known != kNoNamedPath &&
        (*known == kNoPath || !paths[*known].in_layout)) {
      found.path = *known;
      return true;
    }
  }
  const Text key = ReadText(token);
  if (!key.valid) return false;
  found.key = key.text;
  if (object == kNoPath) return true;
  const PathId member =
      known != nullptr ? *known : paths.Member(object, key.text);
  if (known == nullptr && is_known_text) {
    keys.Store(object, token.substr(1, token.size() - 2), member);
  }
  if (member == kNoNamedPath) [[unlikely]] {
    found.in_layout = true;
  } else if (member != kNoPath) {
    found.path = member;
    found.in_layout |= paths[member].in_layout;
  }
  return true;
}

}  // namespace hypersigma::internal
