// Matches as NDJSON: one line each, always valid JSON.
//
// Last step of the data's way for files:
// {"rule":{"id","title","level","status","author","tags","file"},
//  "event":{"file","index"},"selections":[...],
//  "indicators":[{"field","kind","value"}]}

#ifndef HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_
#define HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"

namespace hypersigma::internal {

// Appends `text` as a JSON string with its quotes. Bytes that are not UTF-8
// become U+FFFD.
void AppendJsonString(std::string_view text, std::string* out);

// Holds the part of a line that depends on the rule alone. Immutable; any
// number of threads may use one.
class NdjsonWriter {
 public:
  // Cost: linear in the rules' attributes.
  explicit NdjsonWriter(std::span<const Rule> rules);

  // Appends one line with its end. REQUIRES: the match is of these rules.
  void Append(const MatchPlace& place, const Match& match,
              std::string* out) const;

 private:
  std::vector<std::string> prefixes_;  // by RuleId
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_NDJSON_WRITER_H_
