// The state of a JsonReader, for its implementation alone.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_READER_STATE_H_
#define HYPERSIGMA_LIB_INPUT_JSON_READER_STATE_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lib/input/field_paths.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"
#include "lib/input/json_reader_tokens.h"
#include "lib/input/key_memo.h"
#include "lib/input/place_choice.h"
#include "lib/input/split_choice.h"

namespace hypersigma::internal {

// Walks the tokens, and checks every one: they are known to begin somewhere,
// not to be well formed. Functions that return bool return false after Fail().
struct JsonReader::State {
  State(std::shared_ptr<const JsonPaths> shared_paths,
        const JsonReaderOptions& reader_options)
      : options(reader_options),
        shared(std::move(shared_paths)),
        paths(shared->paths),
        splits(paths),
        places(paths, shared->layouts, shared->field_count),
        tokens(options.look) {}

  absl::StatusOr<JsonEvent> Read(std::string_view json,
                                 std::size_t readable_behind);
  absl::StatusOr<JsonEvent> ReadFields(std::string_view json,
                                       std::size_t readable_behind);
  absl::StatusOr<JsonEvent> Walk();

  bool ReadDocument();
  bool ReadObject(PathId path);
  bool ReadPlainMembers(PathId object, const char*& token);
  // Where the tokens of a member begin, and what is behind them.
  struct MemberTokens {
    const char* name;
    const char* colon;
    const char* value;
    const char* behind;
  };
  bool ReadPlainMember(PathId object, const MemberTokens& member,
                       KeyMemo::Place& place);
  bool IsInLayout(PathId member) const;
  void LearnMember(PathId object, std::string_view name, std::string_view key,
                   PathId member);
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
  const std::shared_ptr<const JsonPaths> shared;
  const FieldPaths& paths;
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
  KeyMemo keys;
  KeyMemo::Place next_name;
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

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_READER_STATE_H_
