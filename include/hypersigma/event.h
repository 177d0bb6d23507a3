// An already parsed event, as borrowed (field id, value) pairs.
//
// This is what a log pipeline that has its own parser hands to
// Scanner::Scan(); JSON text goes to Scanner::ScanJson() and needs none of it.

#ifndef HYPERSIGMA_EVENT_H_
#define HYPERSIGMA_EVENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hypersigma {

// A field name that rules of one engine look at, from Engine::FindField().
// Ids of one engine mean nothing to another.
enum class FieldId : std::uint32_t {};

// Stands for every field that no rule names. Values under it are seen by
// keyword rules only.
inline constexpr FieldId kUnnamedField{0xFFFFFFFFu};

// Source: design document "semantics", section 3.
enum class ValueKind : std::uint8_t {
  kString,
  // A number as decimal text, in JSON syntax, of any length.
  kNumber,
  kBool,
  kNull,
  // An object: present, without text.
  kObject,
  // An array without elements: present, no element. An array with elements is
  // given as its elements, flattened, each a pair of its own.
  kEmptyArray,
};

// Readable bytes behind a JSON text that save Scanner::ScanJson() a copy.
inline constexpr std::size_t kJsonPadding = 64;

// One scalar of an event. Borrows `text`; trivially copyable.
struct Value {
  ValueKind kind = ValueKind::kNull;
  // kString: UTF-8, unescaped; invalid bytes are allowed. kNumber: its decimal
  // text. kBool: "true" or "false". Otherwise unused.
  std::string_view text;

  static constexpr Value String(std::string_view text) {
    return {ValueKind::kString, text};
  }
  // REQUIRES: `text` is a JSON number.
  static constexpr Value Number(std::string_view text) {
    return {ValueKind::kNumber, text};
  }
  static constexpr Value Bool(bool value) {
    return {ValueKind::kBool, value ? "true" : "false"};
  }
  static constexpr Value Null() { return {ValueKind::kNull, {}}; }
  static constexpr Value Object() { return {ValueKind::kObject, {}}; }
  static constexpr Value EmptyArray() { return {ValueKind::kEmptyArray, {}}; }
};

// A pair of an event. Several pairs with one field are the elements of an
// array; the order of pairs does not matter.
struct FieldValue {
  FieldId field = kUnnamedField;
  Value value;
};

// All pairs of one event. A field without a pair is missing.
using Event = std::span<const FieldValue>;

}  // namespace hypersigma

#endif  // HYPERSIGMA_EVENT_H_
