// An event's JSON on one line, always valid: what a match may carry.
//
// Beside ndjson_writer; the JSON was accepted by json_reader before.

#ifndef HYPERSIGMA_LIB_ENGINE_COMPACT_JSON_H_
#define HYPERSIGMA_LIB_ENGINE_COMPACT_JSON_H_

#include <string>
#include <string_view>

namespace hypersigma::internal {

// Appends `json` without the blanks and line ends between its parts. Inside of
// strings, what json_reader repairs is repaired here too: bytes that are not
// UTF-8, and escapes of lone surrogates, become U+FFFD. Control bytes and what
// else a screen would obey become escapes. REQUIRES: json_reader accepts
// `json`. Cost: linear.
void AppendCompactJson(std::string_view json, std::string* out);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_COMPACT_JSON_H_
