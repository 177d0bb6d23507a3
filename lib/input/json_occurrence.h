// Whether a text that was found somewhere in a JSON text is part of a value.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_OCCURRENCE_H_
#define HYPERSIGMA_LIB_INPUT_JSON_OCCURRENCE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hypersigma::internal {

// A JSON text that was read, and where its tokens begin, ascending.
struct JsonTokenText {
  std::string_view text;
  std::span<const std::uint32_t> tokens;
};

enum class Occurrence : std::uint8_t {
  kNone,   // in no value
  kValue,  // in one or more
  kOpen,   // cannot be told without reading the values
};

// Looks for `part` in the values of `json`: in what a string says, not in names
// of members, nor across values. `part` is escaped as the text escapes its
// strings, and folded unless `cased`. `end` is where it ends somewhere in the
// text, if that is known, and any number if not: there it is looked for first.
// REQUIRES: JsonEvent::is_plain; `part` is not empty; kTextSlack readable bytes
// behind the text. Cost: linear in the text.
Occurrence FindInValues(const JsonTokenText& json, std::string_view part,
                        bool cased, std::size_t end = 0);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_OCCURRENCE_H_
