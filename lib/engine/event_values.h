// The values of one event, ordered by field, with their canonical texts.

#ifndef HYPERSIGMA_LIB_ENGINE_EVENT_VALUES_H_
#define HYPERSIGMA_LIB_ENGINE_EVENT_VALUES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"

namespace hypersigma::internal {

inline constexpr std::uint32_t kNoValue = 0xFFFFFFFFu;

// A value with the text that patterns see.
struct EventValue {
  FieldId field = kUnnamedField;
  ValueKind kind = ValueKind::kNull;
  // Numbers in canonical form. Meaningless unless has_text().
  std::string_view text;
  // The next value of the same field, or kNoValue.
  std::uint32_t next = kNoValue;
  // A string whose text is as JSON writes it between its quotes.
  bool is_raw = false;

  bool has_text() const { return kind <= ValueKind::kBool; }
};

// Which pairs of an event are taken.
enum class Members : std::uint8_t {
  kAll,
  kNamed,  // those of fields that rules or routing name
};

// Refilled for each event; allocates only to grow. Borrows the event's texts.
class EventValues {
 public:
  explicit EventValues(std::size_t field_count)
      : first_(field_count, kNoValue) {}

  // Replaces the contents. With `is_raw` strings are as
  // JsonReader::ReadFields() gives them. Cost: linear in the pairs. Source:
  // design document "semantics", 3.5.
  void Assign(Event event, bool is_raw = false,
              Members members = Members::kAll);

  // Strings among them may be raw.
  std::span<const EventValue> all() const { return {values_.data(), count_}; }

  // Returns a value with its text, which is unescaped now if it was not before.
  const EventValue& At(std::uint32_t position) const {
    if (values_[position].is_raw) Unescape(position);
    return values_[position];
  }

  // Makes the values that begin at `value`, or none if it is kNoValue, those of
  // `field` too, in place of its own, until the next Assign().
  void Redirect(FieldId field, std::uint32_t value);

  // The first value of `field`, or kNoValue when it is missing.
  std::uint32_t First(FieldId field) const {
    return first_[static_cast<std::uint32_t>(field)];
  }

 private:
  bool IsNamed(FieldId field) const {
    return static_cast<std::uint32_t>(field) < first_.size();
  }
  std::size_t CountOf(Event event, Members members) const;
  void Clear();
  void Unescape(std::uint32_t position) const;

  // The first `count_` are those of the event; the others are room.
  mutable std::vector<EventValue> values_;
  std::size_t count_ = 0;
  std::vector<std::uint32_t> first_;  // by FieldId
  std::vector<FieldId> redirected_;
  // Numbers whose text is not canonical: position, end of the text in texts_.
  struct Rewritten {
    std::uint32_t value;
    std::size_t end;
  };
  std::vector<Rewritten> rewritten_;
  std::string texts_;
  // Texts that were raw, one after the other, and room for all that are.
  mutable std::vector<char> unescaped_;
  mutable std::size_t unescaped_bytes_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_EVENT_VALUES_H_
