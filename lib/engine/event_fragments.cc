#include "lib/engine/event_fragments.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "lib/base/number.h"
#include "lib/engine/fragment_tables_x86.h"

namespace hypersigma::internal {
namespace {

bool HasOddNumber(Event event) {
  return std::any_of(event.begin(), event.end(), [](const FieldValue& pair) {
    return pair.value.kind == ValueKind::kNumber &&
           !IsPlainInteger(pair.value.text);
  });
}

#if defined(__x86_64__)

__attribute__((target("avx512bw,avx512vbmi"))) bool MayHoldAvx512(
    const FragmentFilter& filter, Event event) {
  const FragmentTablesAvx512 tables(filter.tables());
  __m512i found = _mm512_setzero_si512();
  __m512i all = _mm512_setzero_si512();
  for (const FieldValue& pair : event) {
    if (pair.value.kind > ValueKind::kBool) continue;
    const std::string_view text = pair.value.text;
    for (std::size_t at = 0; at < text.size(); at += sizeof(__m512i)) {
      const __m512i bytes = LoadPart(text, at);
      all = _mm512_or_si512(all, bytes);
      found = _mm512_or_si512(
          found,
          tables.LookUp(bytes, LoadPart(text, at + 1), LoadPart(text, at + 2)));
    }
  }
  return _mm512_test_epi8_mask(found, found) != 0 ||
         _mm512_movepi8_mask(all) != 0;
}

#endif

}  // namespace

bool TextsMayHold(const FragmentFilter& filter, Event event,
                  JoinedTexts& joined) {
  if (HasOddNumber(event)) return true;
#if defined(__x86_64__)
  static const bool has_avx512 = HasFragmentTablesAvx512();
  if (has_avx512) return MayHoldAvx512(filter, event);
#endif
  joined.AssignEvent(event);
  return !joined.is_ascii() || filter.MayHold(joined.text());
}

}  // namespace hypersigma::internal
