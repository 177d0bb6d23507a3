#include "lib/engine/event_values.h"

#include <algorithm>
#include <optional>

#include "lib/base/number.h"
#include "lib/input/json_text.h"
#include "lib/input/short_escapes.h"

namespace hypersigma::internal {
// Has the CPU fetch the texts, too: it is told of all before it waits for one.
std::size_t EventValues::CountOf(Event event, Members members) const {
  for (std::size_t i = 0; i < event.size(); i += 2) {
    __builtin_prefetch(&event[i]);
  }
  std::size_t others = 0;
  for (const FieldValue& pair : event) {
    __builtin_prefetch(pair.value.text.data());
    others += IsNamed(pair.field) ? 0 : 1;
  }
  return event.size() - (members == Members::kAll ? 0 : others);
}

void EventValues::Assign(Event event, bool is_raw, Members members) {
  Clear();
  std::size_t raw_bytes = 0;
  count_ = CountOf(event, members);
  if (values_.size() < count_) values_.resize(count_);
  // Back to front, so that the chain of a field runs in the order of the event.
  std::size_t at = count_;
  for (std::size_t i = event.size(); i-- > 0;) {
    const FieldValue& pair = event[i];
    const auto field = static_cast<std::uint32_t>(pair.field);
    const bool is_named = IsNamed(pair.field);
    if (!is_named && members == Members::kNamed) continue;
    // Member by member: a copy of the whole would wait for its parts.
    EventValue& value = values_[--at];
    value.field = pair.field;
    value.kind = pair.value.kind;
    value.text = pair.value.text;
    value.next = kNoValue;
    value.is_raw = is_raw && value.kind == ValueKind::kString;
    if (value.is_raw) raw_bytes += value.text.size();
    if (is_named) {
      value.next = first_[field];
      first_[field] = static_cast<std::uint32_t>(at);
    }
    if (value.kind == ValueKind::kNumber && !IsPlainInteger(value.text)) {
      if (const auto number = Number::Parse(value.text)) {
        number->AppendText(&texts_);
        rewritten_.push_back({static_cast<std::uint32_t>(at), texts_.size()});
      }
    }
  }
  if (unescaped_.size() < raw_bytes + kTextSlack) {
    unescaped_.resize(raw_bytes + kTextSlack);
  }
  std::size_t begin = 0;
  for (const Rewritten& number : rewritten_) {
    values_[number.value].text =
        std::string_view(texts_).substr(begin, number.end - begin);
    begin = number.end;
  }
}

void EventValues::Unescape(std::uint32_t position) const {
  EventValue& value = values_[position];
  value.is_raw = false;
  char* const out = unescaped_.data() + unescaped_bytes_;
  const UnescapedText text = UnescapeShort(value.text, out);
  if (text.same) return;
  value.text = {out, text.byte_count};
  unescaped_bytes_ += text.byte_count;
}

void EventValues::Redirect(FieldId field, std::uint32_t value) {
  first_[static_cast<std::uint32_t>(field)] = value;
  redirected_.push_back(field);
}

void EventValues::Clear() {
  for (const FieldId field : redirected_) {
    first_[static_cast<std::uint32_t>(field)] = kNoValue;
  }
  redirected_.clear();
  for (const EventValue& value : all()) {
    const auto field = static_cast<std::uint32_t>(value.field);
    if (field < first_.size()) first_[field] = kNoValue;
  }
  count_ = 0;
  rewritten_.clear();
  unescaped_bytes_ = 0;
  texts_.clear();
}

}  // namespace hypersigma::internal
