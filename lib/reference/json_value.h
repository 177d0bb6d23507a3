// A JSON document as a tree: number tokens keep their exact text,
// members keep their order and their duplicates.
//
// Strings hold the bytes that the text stands for. Invalid UTF-8 and raw
// control bytes are kept; a lone surrogate escape becomes U+FFFD. Source:
// design document "semantics", 4.7.

#ifndef HYPERSIGMA_LIB_REFERENCE_JSON_VALUE_H_
#define HYPERSIGMA_LIB_REFERENCE_JSON_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace hypersigma::reference {

struct JsonValue {
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kNumber,
    kString,
    kArray,
    kObject,
  };
  using Member = std::pair<std::string, JsonValue>;

  Kind kind = Kind::kNull;
  // kString: its bytes. kNumber: the token. kBool: "true" or "false".
  std::string text;
  std::vector<JsonValue> elements;  // kArray
  std::vector<Member> members;      // kObject

  static JsonValue Null() { return {}; }
  static JsonValue Bool(bool value);
  static JsonValue Number(std::string token);
  static JsonValue String(std::string bytes);
  static JsonValue Array(std::vector<JsonValue> elements);
  static JsonValue Object(std::vector<Member> members);

  bool is_scalar() const { return kind < Kind::kArray; }

  friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

// Parses one JSON text, surrounding blanks allowed. Errors: kInvalidArgument
// with the offset; kResourceExhausted for deeper nesting than 1,000.
absl::StatusOr<JsonValue> ParseJson(std::string_view text);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_JSON_VALUE_H_
