// Steps of 64 bytes of a JSON text, a bit for each byte: what they tell one
// after the other. For the kinds of LineLook.

#ifndef HYPERSIGMA_LIB_INPUT_LINE_STEPS_H_
#define HYPERSIGMA_LIB_INPUT_LINE_STEPS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lib/input/byte_mask.h"
#include "lib/input/line_facts.h"

namespace hypersigma::internal {

inline constexpr std::size_t kLineStep = kByteMaskBytes;

// What an incomplete step is filled with: blanks are no tokens, and JSON has no
// escape of one.
inline constexpr char kLineFill = ' ';
using LineStepBytes = std::array<char, kLineStep + kTextSlack>;

inline LineStepBytes LastLineStep(const char* text, std::size_t size) {
  LineStepBytes bytes;
  bytes.fill(kLineFill);
  if (size > 0) std::memcpy(bytes.data(), text, size);
  return bytes;
}

class LineSteps {
 public:
  // Bits of any that are beyond ASCII; they need not be of one step.
  void SeeNonAscii(std::uint64_t bits) { non_ascii_ |= bits; }

  // Returns which bytes stand behind a backslash that begins an escape.
  std::uint64_t Escaped(std::uint64_t backslash) {
    if (backslash == 0) {
      const std::uint64_t escaped = open_;
      open_ = 0;
      return escaped;
    }
    // An addition carries each run of backslashes to its end; those of an odd
    // length end on the other kind of position than they began.
    constexpr std::uint64_t kOdd = 0xAAAA'AAAA'AAAA'AAAAu;
    const std::uint64_t begins = backslash & ~open_;
    const std::uint64_t ends = (((begins << 1) | kOdd) - begins) ^ kOdd;
    const std::uint64_t escaped = ends ^ (backslash | open_);
    open_ = LastBit(ends & backslash);
    return escaped;
  }

  // `allowed`: which bytes JSON allows there to mean one character, `slash`:
  // which are '/'. Returns which are escaped and neither; SeeOthers() is told
  // of them.
  std::uint64_t SeeEscaped(std::uint64_t escaped, std::uint64_t allowed,
                           std::uint64_t slash) {
    slash_ |= escaped & slash;
    return escaped & ~allowed;
  }

  // `unicode`: which bytes are 'u'.
  void SeeOthers(std::uint64_t others, std::uint64_t unicode) {
    unicode_ |= others & unicode;
    unknown_ |= others & ~unicode;
  }

  // Whether the next step begins in a string. One without quotes may be left
  // out then, unless it may have controls.
  bool is_in_string() const { return in_string_ != 0; }

  // What Tokens() is told of a step.
  struct Marks {
    std::uint64_t quotes;       // but those that are escaped
    std::uint64_t odd_quotes;   // behind an odd number of them, or at one
    std::uint64_t punctuation;  // brackets, colons, commas
    std::uint64_t blanks;
    std::uint64_t controls;  // bytes below 0x20
  };

  // Returns where tokens begin.
  std::uint64_t Tokens(const Marks& marks) {
    // From an opening quote on, up to the closing one.
    const std::uint64_t in_string = marks.odd_quotes ^ in_string_;
    in_string_ = 0 - LastBit(in_string);
    control_ |= marks.controls & in_string;
    const std::uint64_t others = ~(marks.punctuation | marks.blanks);
    // Strings begin anywhere, other tokens not within one of their kind.
    const std::uint64_t words = others & ~marks.quotes;
    const std::uint64_t begins = others & ~(words << 1 | word_);
    word_ = LastBit(words);
    return (marks.punctuation | begins) & ~(in_string ^ marks.quotes);
  }

  LineFacts Told(std::size_t token_count) const {
    const bool is_known = unknown_ == 0 && open_ == 0;
    return {.is_ascii = non_ascii_ == 0,
            .has_short_escapes_only = is_known && unicode_ == 0,
            .has_json_escapes_only = is_known,
            .has_slash_escape = slash_ != 0,
            .has_raw_control = control_ != 0,
            .is_closed = in_string_ == 0,
            .token_count = token_count};
  }

 private:
  static std::uint64_t LastBit(std::uint64_t bits) {
    return bits >> (kLineStep - 1);
  }

  std::uint64_t non_ascii_ = 0;
  std::uint64_t unicode_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t slash_ = 0;
  std::uint64_t control_ = 0;
  std::uint64_t open_ = 0;       // 1 if the next step's first byte is escaped
  std::uint64_t in_string_ = 0;  // all bits if the next step begins in one
  std::uint64_t word_ = 0;       // 1 if it may go on with a token
};

// Ways that x86 CPUs have beside those of all, the best one first.
std::vector<LineLook> X86LineLooks();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LINE_STEPS_H_
