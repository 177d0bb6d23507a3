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

#include <cstddef>
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

// Writes the matches of one event after the other. What a line has in common
// with the one before, with another match of its event or with the last line of
// its rule is copied, not written anew: these are kept.
//
// Thread safety: none; one writer a thread. Keeps at most kMostKeptBytes and
// what one rule has. Cost: that of a copy where rules match again for what they
// matched before.
class NdjsonWriter {
 public:
  static constexpr std::size_t kMostKeptBytes = std::size_t{4} << 20;

  // Borrows the rules. Cost: constant, nearly.
  explicit NdjsonWriter(std::span<const Rule> rules);

  // Appends one line with its end for each match, without the event when that
  // has no data(). REQUIRES: the matches are those of one event and of these
  // rules; the texts of their selections and indicators live, and do not
  // change, as long as this writer.
  void Append(const MatchPlace& place, std::span<const Match> matches,
              const EventText& event, std::string* out);

 private:
  // What was written last of a rule.
  struct Written {
    std::size_t ByteCount() const;

    std::string rule;  // from the line's beginning to its event
    // From behind the event to the line's end, and what it was made of.
    std::string details;
    std::vector<std::string_view> selections;
    std::vector<Indicator> indicators;
  };

  const Written& Find(const Match& match);
  void AppendEvent(const MatchPlace& place, const Match& match,
                   const EventText& event, std::string* out);

  std::span<const Rule> rules_;
  std::vector<std::uint32_t> positions_;  // by RuleId, from 1; 0: none
  std::vector<Written> written_;
  std::size_t kept_bytes_ = 0;
  std::string file_;  // of the last event
  std::string file_text_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_
