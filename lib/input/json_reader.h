// One JSON object -> the values of the fields that rules look at.
//
// Between bytes and Scanner: looks fields up while it parses, builds no
// document. Source: design document "semantics", 3 and 4.7; architecture,
// decision 11.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_READER_H_
#define HYPERSIGMA_LIB_INPUT_JSON_READER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "lib/base/field_table.h"
#include "lib/input/json_occurrence.h"
#include "lib/input/json_paths.h"
#include "lib/input/layout.h"
#include "lib/input/line_facts.h"

namespace hypersigma::internal {

struct JsonReaderOptions {
  // Also report scalars outside the named fields, as kUnnamedField, each once.
  bool unnamed_values = false;
  // How texts are looked at; tests try others.
  LineLook look = BestLineLook();
};

struct JsonEvent {
  // Owned by the reader, valid until its next call. Texts are unescaped, but
  // for those of strings if `is_raw`.
  Event values;
  // From ReadFields() alone. The texts of strings are as text() has them
  // between their quotes, with escapes of one character; kTextSlack bytes may
  // be read behind them. Values outside the named fields are left out.
  bool is_raw = false;
  // With `is_raw`: the text of every value is in text() byte for byte, but for
  // such escapes, of which none is `\/`; numbers are integers, and no character
  // but ASCII folds to ASCII.
  bool is_plain = false;
  // Invalid UTF-8, a raw control byte or a lone surrogate escape was read as a
  // character that equals nothing.
  bool repaired = false;
  // Position of the event's layout; nullopt: none is about it, and it was read
  // by the fields' own names.
  std::optional<std::size_t> layout{};
  // When the event happened, as written; empty when it says none where its
  // layout looks for it. As valid as the values.
  std::string_view time{};
  // On which computer; the same holds for it.
  std::string_view computer{};
};

// Reads one object after the other with its own buffers; allocates nothing once
// they have grown to the largest event. Not thread safe. Borrows nothing.
class JsonReader {
 public:
  JsonReader(std::shared_ptr<const JsonPaths> paths,
             const JsonReaderOptions& options);
  // With paths of its own.
  JsonReader(const FieldTable& fields, std::span<const EventLayout> layouts,
             const JsonReaderOptions& options);
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  ~JsonReader();

  // `readable_behind`: how many bytes behind `json` may be read, whatever they
  // are; with kJsonPadding of them it is not copied. Errors: kInvalidArgument
  // ("byte N: ...", N from 1) unless it is exactly one well-formed JSON object,
  // everything validated, skipped values too; kResourceExhausted past
  // kMaxJsonDepth or memory.
  absl::StatusOr<JsonEvent> Read(std::string_view json,
                                 std::size_t readable_behind = 0);

  // The same in less time where it may be `is_raw`; otherwise as Read() does.
  absl::StatusOr<JsonEvent> ReadFields(std::string_view json,
                                       std::size_t readable_behind = 0);

  // The text that was read last, without `\u` escapes where the event is_raw;
  // may be read kTextSlack bytes further. Valid until the next call.
  JsonTokenText text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// "3.0.1 haswell": simdjson and the CPU code that it chose.
std::string JsonLibraryVersion();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_READER_H_
