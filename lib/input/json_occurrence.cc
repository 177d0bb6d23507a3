#include "lib/input/json_occurrence.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "lib/base/text.h"
#include "lib/input/json_text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace hypersigma::internal {
namespace {

// For each byte of a text, how many may be compared; texts and parts that are
// made for it would take more.
constexpr std::size_t kComparedForByte = 8;

class Search {
 public:
  Search(const JsonTokenText& json, std::string_view part, bool cased)
      : json_(json),
        part_(part),
        cased_(cased),
        left_((json.text.size() + 1) * kComparedForByte) {}

  Occurrence Run(std::size_t end) {
    const std::string_view text = json_.text;
    if (end >= part_.size() && end <= text.size()) {
      const Occurrence occurrence = LookAt(end - part_.size());
      if (occurrence != Occurrence::kNone) return occurrence;
    }
    if (text.size() < part_.size()) return Occurrence::kNone;
    const std::size_t count = text.size() - part_.size() + 1;
    for (std::size_t begin = 0; begin < count; begin += kStep) {
      std::uint64_t places = Places(begin, std::min(kStep, count - begin));
      for (; places != 0; places &= places - 1) {
        const auto place = static_cast<std::size_t>(std::countr_zero(places));
        const Occurrence occurrence = LookAt(begin + place);
        if (occurrence != Occurrence::kNone) return occurrence;
      }
    }
    return left_ > 0 ? Occurrence::kNone : Occurrence::kOpen;
  }

 private:
  static constexpr std::size_t kStep = 64;

  // A byte of the part, and the bits that its case leaves open.
  struct Sought {
    Sought(char sought, bool cased)
        : byte(sought),
          open(!cased && sought >= 'a' && sought <= 'z' ? 0x20 : 0) {}

    char byte;
    char open;
  };

  // Returns where, of `count` places from `begin` on, the part's first byte
  // stands and its last one where it would: a bit for each.
  std::uint64_t Places(std::size_t begin, std::size_t count) const {
    const Sought first(part_.front(), cased_);
    const Sought last(part_.back(), cased_);
    const char* const at = json_.text.data() + begin;
    const char* const at_last = at + part_.size() - 1;
    std::uint64_t places = 0;
#if defined(__SSE2__)
    if (count == kStep) {
      for (std::size_t i = 0; i < kStep; i += sizeof(__m128i)) {
        const auto both = static_cast<std::uint32_t>(_mm_movemask_epi8(
            _mm_and_si128(Are(at + i, first), Are(at_last + i, last))));
        places |= std::uint64_t{both} << i;
      }
      return places;
    }
#endif
    for (std::size_t i = 0; i < count; ++i) {
      const bool both = (at[i] | first.open) == first.byte &&
                        (at_last[i] | last.open) == last.byte;
      places |= std::uint64_t{both} << i;
    }
    return places;
  }

#if defined(__SSE2__)
  static __m128i Are(const char* at, const Sought& sought) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    return _mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(sought.open)),
                          _mm_set1_epi8(sought.byte));
  }
#endif

  bool Equals(char byte, char of_part) const {
    return (cased_ ? byte : FoldAscii(byte)) == of_part;
  }

  bool Spend() {
    if (left_ > 0) --left_;
    return left_ > 0;
  }

  Occurrence LookAt(std::size_t at) {
    return IsAt(at) ? Judge(at) : Occurrence::kNone;
  }

  bool IsAt(std::size_t at) {
    for (std::size_t i = 0; i < part_.size(); ++i) {
      if (!Spend() || !Equals(json_.text[at + i], part_[i])) return false;
    }
    return true;
  }

  // Of the part that stands at `at`.
  Occurrence Judge(std::size_t at) {
    const auto next =
        std::upper_bound(json_.tokens.begin(), json_.tokens.end(), at);
    if (next == json_.tokens.begin()) return Occurrence::kNone;
    const std::size_t begin = *(next - 1);
    switch (json_.text[begin]) {
      case '"':
        break;
      case '{':
      case '}':
      case '[':
      case ']':
      case ':':
      case ',':
        return Occurrence::kNone;
      default:
        return Occurrence::kOpen;
    }
    const bool is_last = next == json_.tokens.end();
    if (!is_last && json_.text[*next] == ':') return Occurrence::kNone;
    const std::size_t end = is_last ? json_.text.size() : *next;
    const std::string_view token =
        TrimJsonBlanks(json_.text.substr(begin, end - begin));
    const bool is_inside = at + part_.size() < begin + token.size();
    const bool holds = is_inside && !IsWithinEscape(begin, at);
    // Backslashes that were not all counted tell nothing.
    if (left_ == 0) return Occurrence::kOpen;
    return holds ? Occurrence::kValue : Occurrence::kNone;
  }

  // Whether a backslash before `at` takes its first byte for an escape.
  bool IsWithinEscape(std::size_t begin, std::size_t at) {
    std::size_t slashes = 0;
    while (at - slashes > begin && json_.text[at - slashes - 1] == '\\' &&
           Spend()) {
      ++slashes;
    }
    return slashes % 2 != 0;
  }

  const JsonTokenText& json_;
  std::string_view part_;
  bool cased_;
  std::size_t left_;
};

}  // namespace

Occurrence FindInValues(const JsonTokenText& json, std::string_view part,
                        bool cased, std::size_t end) {
  return Search(json, part, cased).Run(end);
}

}  // namespace hypersigma::internal
