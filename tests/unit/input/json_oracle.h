// A slow and obvious reading of JSON events, to compare JsonReader with.
//
// Parses one object into a tree by RFC 8259 and looks fields up word for word
// as the design document "semantics", 3, has it. Shares no code with lib/input.

#ifndef HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_
#define HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "hypersigma/event.h"

namespace hypersigma::internal {

struct OracleValue {
  ValueKind kind = ValueKind::kNull;
  bool is_array = false;
  std::string text;
  std::vector<std::pair<std::string, OracleValue>> members;
  std::vector<OracleValue> elements;
};

struct OracleEvent {
  OracleValue root;
  bool repaired = false;
  int depth = 0;
};

// Returns nullopt when `json` is not exactly one object. Raw control bytes and
// invalid UTF-8 in strings, and lone surrogates, are repairs, not errors.
std::optional<OracleEvent> OracleParse(std::string_view json);

// Name of the field ("" and `named` false for none), kind, text.
struct OraclePair {
  bool named = false;
  std::string field;
  ValueKind kind = ValueKind::kNull;
  std::string text;

  friend auto operator<=>(const OraclePair&, const OraclePair&) = default;
};

// Returns, sorted, the values of `fields` and, if wanted, all other scalars
// with a text.
std::vector<OraclePair> OraclePairs(const OracleEvent& event,
                                    std::span<const std::string> fields,
                                    bool unnamed_values);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_INPUT_JSON_ORACLE_H_
