// What an event says in its named fields, however it was read.

#ifndef HYPERSIGMA_TESTS_UNIT_INPUT_NAMED_VALUES_H_
#define HYPERSIGMA_TESTS_UNIT_INPUT_NAMED_VALUES_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input/json_reader.h"
#include "lib/input/json_text.h"
#include "tests/unit/input/json_oracle.h"

namespace hypersigma::internal {

// Returns the text of a string as JSON writes it.
inline std::string Unescaped(std::string_view raw) {
  std::string padded(raw);
  padded.append(kTextSlack, ' ');
  std::string out(padded.size() + kTextSlack, ' ');
  const UnescapedText text =
      Unescape(std::string_view(padded).substr(0, raw.size()), out.data());
  return text.same ? std::string(raw) : out.substr(0, text.byte_count);
}

// Returns the values in the fields of `table`, sorted.
inline std::vector<OraclePair> NamedPairs(const JsonEvent& event,
                                          const FieldTable& table) {
  std::vector<OraclePair> pairs;
  for (const FieldValue& value : event.values) {
    if (value.field == kUnnamedField) continue;
    const bool is_raw = event.is_raw && value.value.kind == ValueKind::kString;
    pairs.push_back(
        {true, table.names()[static_cast<std::size_t>(value.field)],
         value.value.kind,
         is_raw ? Unescaped(value.value.text) : std::string(value.value.text)});
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

inline std::vector<OraclePair> NamedPairs(std::vector<OraclePair> pairs) {
  std::erase_if(pairs, [](const OraclePair& pair) { return !pair.named; });
  return pairs;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_UNIT_INPUT_NAMED_VALUES_H_
