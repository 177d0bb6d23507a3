#include <cstddef>
#include <string_view>

#include "absl/base/attributes.h"
#include "lib/base/number.h"
#include "lib/input/json_reader_state.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

// A line of the CPU is 64 bytes, a member four tokens, and about as long.
constexpr std::size_t kFetchedPerToken = 16;

}  // namespace

// Reads on behind the opening brace.
bool JsonReader::State::ReadObject(PathId path) {
  if (path != kNoPath && !paths[path].has_members) path = kNoPath;
  const bool is_followed = places.has_cursors();
  bool in_layout = is_followed;
  if (path != kNoPath) {
    in_layout |= paths[path].leads;
    splits.EnterObject();
  }
  const char* token = tokens.Next();
  if (*token != '}') {
    while (true) {
      if (*token != '"') return Fail(token, "expected a member name");
      const bool is_read =
          is_raw && !is_followed && ReadPlainMembers(path, token);
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

// Returns false, and has done nothing, unless the member is plain: a known name
// and a text or an integer, as nearly all of most events are. `place` is its
// name's, and becomes that of the next.
ABSL_ATTRIBUTE_ALWAYS_INLINE inline bool JsonReader::State::ReadPlainMember(
    PathId object, const MemberTokens& member, KeyMemo::Place& place) {
  const auto [name, colon, begin, behind] = member;
  // Nobody looks at the members of other objects, whatever their names.
  const KeyMemoEntry* known =
      object == kNoPath ? nullptr : keys.Guess(place, object, name + 1);
  if (known == nullptr) {
    if (*colon != ':' || colon[-1] != '"' || colon - name < 2) return false;
    if (object != kNoPath) {
      known = keys.FindByHash(
          place, object,
          {name + 1, static_cast<std::size_t>(colon - name) - 2});
      if (known == nullptr) return false;
    }
  }
  std::string_view text(begin, static_cast<std::size_t>(behind - begin));
  ValueKind kind = ValueKind::kNumber;
  if (*begin == '"') {
    if (text.size() < 2 || text.back() != '"') return false;
    kind = ValueKind::kString;
    text = text.substr(1, text.size() - 2);
  } else if (!IsShortInteger(begin, text.size()) && !IsPlainInteger(text)) {
    return false;
  }
  if (object == kNoPath) return true;
  if (known->use == MemberUse::kFollow) return false;
  keys.Step(place, *known);
  if (known->use == MemberUse::kField) {
    // Member by member: a copy of the whole would wait for its parts.
    FieldValue& pair = values.emplace_back();
    pair.field = known->field;
    pair.value.kind = kind;
    pair.value.text = text;
  } else if (known->use == MemberUse::kPlace) {
    const Placement& placement = keys.PlacementOf(*known);
    const bool is_listed = placement.field != kUnnamedField;
    places.Put(placement, {kind, text},
               is_listed ? values.size() : PlaceChoice::kNotListed);
    if (is_listed) values.push_back({placement.field, {kind, text}});
  }
  return true;
}

// Reads members from the name at `token` on, as long as they are plain. Returns
// true with the token behind the last of them, or false with the name of one
// that is not, of which nothing is done.
bool JsonReader::State::ReadPlainMembers(PathId object, const char*& token) {
  const char* const end = tokens.text().data() + tokens.text().size();
  const JsonTokens::Ahead ahead = tokens.ahead();
  KeyMemo::Place place = next_name;
  std::uint32_t at = 0;
  bool is_plain = true;
  while (true) {
    // Of the tokens that are peeked at, those behind the last one are at the
    // end of the text.
    const MemberTokens member{token, ahead[at], ahead[at + 1], ahead[at + 2]};
    is_plain = member.value < member.behind && member.behind < end &&
               ReadPlainMember(object, member, place);
    if (!is_plain) break;
    tokens.FetchBehind(kFetchedPerToken * at);
    const char* const next = ahead[at + 3];
    token = member.behind;
    at += 3;
    if (*token != ',' || next <= token || next >= end || *next != '"') break;
    token = next;
    ++at;
  }
  next_name = place;
  tokens.Skip(at);
  return is_plain;
}

// Whether the layouts look at the members on the way to `member`.
bool JsonReader::State::IsInLayout(PathId member) const {
  return member == kNoNamedPath ||
         (member != kNoPath && paths[member].in_layout);
}

// Remembers what becomes of plain values of the member `key`, whose name is
// `name` as it is written.
void JsonReader::State::LearnMember(PathId object, std::string_view name,
                                    std::string_view key, PathId member) {
  const bool has_splits =
      member != kNoPath && member != kNoNamedPath && paths[member].has_splits;
  std::optional<Placement> placement;
  if (!has_splits && !places.has_cursors()) {
    placement = places.PlacementOf(object, key, member);
  }
  keys.Store(object, name, member, placement);
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
  const KeyMemoEntry* known = nullptr;
  if (is_known_text && object != kNoPath) {
    known = keys.Find(next_name, object, token.substr(1, token.size() - 2));
    if (known != nullptr) keys.Step(next_name, *known);
    if (known != nullptr && !in_layout && known->use != MemberUse::kFollow &&
        !IsInLayout(known->member)) {
      found.path = known->member;
      return true;
    }
  }
  const Text key = ReadText(token);
  if (!key.valid) return false;
  found.key = key.text;
  if (object == kNoPath) return true;
  const PathId member =
      known != nullptr ? known->member : paths.Member(object, key.text);
  if (known == nullptr && is_known_text) {
    LearnMember(object, token.substr(1, token.size() - 2), key.text, member);
  }
  found.in_layout |= IsInLayout(member);
  if (member != kNoNamedPath) found.path = member;
  return true;
}

}  // namespace hypersigma::internal
