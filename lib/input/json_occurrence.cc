#include "lib/input/json_occurrence.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "lib/base/text.h"
#include "lib/input/byte_mask.h"
#include "lib/input/json_text.h"

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
    for (std::size_t begin = 0; begin < count; begin += kByteMaskBytes) {
      std::uint64_t places =
          Places(begin, std::min(kByteMaskBytes, count - begin));
      for (; places != 0; places &= places - 1) {
        const auto place = static_cast<std::size_t>(std::countr_zero(places));
        const Occurrence occurrence = LookAt(begin + place);
        if (occurrence != Occurrence::kNone) return occurrence;
      }
    }
    return left_ > 0 ? Occurrence::kNone : Occurrence::kOpen;
  }

 private:
  // Returns where, of `count` places from `begin` on, the part's first byte
  // stands and its last one where it would: a bit for each.
  std::uint64_t Places(std::size_t begin, std::size_t count) const {
    const char* const at = json_.text.data() + begin;
    const auto are = [&](const char* from, char byte) {
      const bool is_letter = !cased_ && byte >= 'a' && byte <= 'z';
      constexpr char kCase = 0x20;
      return MaskOfByte(from, count, byte, is_letter ? kCase : 0);
    };
    return are(at, part_.front()) & are(at + part_.size() - 1, part_.back());
  }

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
