#include "lib/engine/joined_texts.h"

#include <cstdint>
#include <cstring>

#include "lib/engine/fragment_filter.h"

namespace hypersigma::internal {
namespace {

// Never part of UTF-8, so no pattern crosses it.
constexpr char kSeparator = '\xFF';

// Most texts are short, and a call of memcpy takes longer than the copy.
void Copy(std::string_view text, char* out) {
  constexpr std::size_t kPart = 16;
  const char* const in = text.data();
  const std::size_t size = text.size();
  if (size >= kPart && size <= 2 * kPart) {
    std::memcpy(out, in, kPart);
    std::memcpy(out + size - kPart, in + size - kPart, kPart);
  } else if (size >= kPart / 2 && size < kPart) {
    std::memcpy(out, in, kPart / 2);
    std::memcpy(out + size - kPart / 2, in + size - kPart / 2, kPart / 2);
  } else if (size != 0) {
    std::memcpy(out, in, size);
  }
}

// Whether all bytes but the separators are ASCII. REQUIRES: a multiple of eight
// readable bytes, of which those behind `size` are separators.
bool IsAsciiBetween(const char* bytes, std::size_t size) {
  constexpr std::uint64_t kHigh = 0x8080'8080'8080'8080u;
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101u;
  std::uint64_t others = 0;
  for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes + at, sizeof(word));
    // Only of 0xFF the lower bits carry over when one is added.
    others |= word & kHigh & ~((word & ~kHigh) + kOnes);
  }
  return others == 0;
}

}  // namespace

template <typename Values, typename ValueOf>
void JoinedTexts::Join(const Values& values, const ValueOf& value_of) {
  std::size_t most = FragmentFilter::kSlack;
  for (const auto& each : values) most += value_of(each).text.size() + 1;
  if (bytes_.size() < most) bytes_.resize(most + most / 2);
  char* out = bytes_.data();
  for (const auto& each : values) {
    const auto& value = value_of(each);
    if (value.kind > ValueKind::kBool) continue;
    Copy(value.text, out);
    out += value.text.size();
    *out++ = kSeparator;
  }
  size_ = static_cast<std::size_t>(out - bytes_.data());
  std::memset(out, kSeparator, FragmentFilter::kSlack);
  is_ascii_ = IsAsciiBetween(bytes_.data(), size_);
}

void JoinedTexts::Assign(std::span<const EventValue> values) {
  Join(values,
       [](const EventValue& value) -> const EventValue& { return value; });
}

void JoinedTexts::AssignEvent(Event event) {
  Join(event,
       [](const FieldValue& pair) -> const Value& { return pair.value; });
}

}  // namespace hypersigma::internal
