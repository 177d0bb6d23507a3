// Matches as NDJSON: one line each, always valid JSON.
//
// Last step of the data's way for files:
// {"schema",
//  "rule":{"id","title","level","status","author","tags","file"},
//  "event":{"file","index","time","computer","data"},"selections":[...],
//  "indicators":[{"field","kind","value"}]}
// Source: docs/output.md.

#ifndef HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_
#define HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"

namespace hypersigma::internal {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8
// become U+FFFD, and what a screen would obey becomes an escape.
void AppendJsonString(std::string_view text, std::string* out);

// Appends a character's escape for JSON strings. REQUIRES: below 0x10000.
void AppendControl(std::uint32_t value, std::string* out);

// An event as it was read.
struct EventText {
  std::string_view text{};  // without data: none
  // Otherwise any text. REQUIRES: json_reader accepts it.
  bool is_json = false;
};

// Holds the part of a line that depends on the rule alone. Immutable; any
// number of threads may use one.
class NdjsonWriter {
 public:
  // Cost: linear in the rules' attributes.
  explicit NdjsonWriter(std::span<const Rule> rules);

  // Appends one line with its end, without the event when that has no data().
  // REQUIRES: the match is of these rules.
  void Append(const MatchPlace& place, const Match& match,
              const EventText& event, std::string* out) const;

 private:
  std::vector<std::string> prefixes_;  // by RuleId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_
