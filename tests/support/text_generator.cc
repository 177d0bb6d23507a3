#include "tests/support/text_generator.h"

#include <cstddef>
#include <utility>

#include "lib/reference/text.h"

namespace hypersigma::generator {
namespace {

using reference::DecodeUtf8;
using reference::EncodeUtf8;
using reference::Text;
using std::string_literals::operator""s;

const std::string kAsciiPieces[] = {
    "a",    "b",   "ab",  "ba",  "aba", "abc", "cmd",  "CMD.exe", "shell",
    "-enc", "/c",  "x",   "Z",   "1",   "10",  "42",   " ",       ".",
    "%",    "_",   "\\",  "exe", "AB",  "bab", "user", "\n",      "\t",
    "aa",   "aaa", "\0"s, "k",   "K",   "s",   "S",    "i",       "I",
};

// Kelvin sign, long s, dotted and dotless i, sharp s, three sigmas, ligature,
// titlecase digraph, n with apostrophe, iota, Deseret, emoji, dashes.
const std::string kOtherPieces[] = {
    "é", "É", "\u212A", "ſ",      "İ",          "ı",          "ß",
    "ẞ", "Σ", "σ",      "ς",      "ﬀ",          "ǅ",          "ŉ",
    "ᾳ", "ͅ",  "–",      "—",      "―",          "\U00010400", "\U00010428",
    "😀", "è", "Ω",      "\u2126", "\U0001D518", "Ⰰ",          "ⰰ",
};

const std::string kSigmaSpecials[] = {
    "*", "?", "*", "\\*", "\\?", "\\\\", "\\", "\\\\*", "\\\\\\*", "**", "*?",
};

std::string Piece(Random& random) {
  return random.Chance(80) ? random.Pick(kAsciiPieces)
                           : random.Pick(kOtherPieces);
}

// A length in characters, short ones more often.
std::size_t FillerSize(Random& random) {
  if (random.Chance(50)) return 0;
  return random.Chance(95) ? random.Below(6) : random.Between(20, 200);
}

// Another dash in place of one.
Text SwapOneDash(Text text, Random& random) {
  static const Text kDashes = U"-/\u2013\u2014\u2015+";
  std::size_t at = text.find_first_of(kDashes, random.Below(text.size() + 1));
  if (at == Text::npos) at = text.find_first_of(kDashes);
  if (at != Text::npos) text[at] = random.Pick(kDashes);
  return text;
}

Text MutateCharacters(Text text, Random& random) {
  const std::size_t at = random.Below(text.size() + 1);
  const Text piece = DecodeUtf8(Piece(random));
  switch (random.Below(5)) {
    case 0:
      return text.insert(at, piece);
    case 1:
      return text.erase(at, 1);
    case 2:
      return text.erase(at, 1).insert(at, piece);
    case 3:
      return SwapOneDash(std::move(text), random);
    default:
      return text.insert(at, 1, reference::kInvalidByte + 0xFE);
  }
}

}  // namespace

std::string RandomText(Random& random) {
  std::string text;
  for (std::size_t i = random.Between(1, 4); i > 0; --i) text += Piece(random);
  return text;
}

std::string RandomSigmaSource(Random& random) {
  std::string source(random.Chance(4) ? 1 : 0, '\0');
  // A glob whose longest part cannot be searched whole.
  if (random.Chance(2)) return "\0abcd*ab"s;
  for (std::size_t i = random.Between(1, 4); i > 0; --i) {
    source += random.Chance(12) ? random.Pick(kSigmaSpecials) : Piece(random);
  }
  if (random.Chance(1)) source += RandomFiller(random, random.Below(1500));
  return source;
}

std::string RandomDashSource(Random& random) {
  static const std::string kPieces[] = {"-enc", "/c", "–x", " ",  "a",
                                        "-",    "—é", "―_", "b-c"};
  std::string source;
  for (std::size_t i = random.Between(1, 3); i > 0; --i) {
    source += random.Pick(kPieces);
  }
  return source;
}

std::string SwapDash(std::string_view text, Random& random) {
  return EncodeUtf8(SwapOneDash(DecodeUtf8(text), random));
}

std::string RandomFiller(Random& random, std::size_t size) {
  std::string filler;
  while (filler.size() < size) {
    if (random.Chance(30)) {
      filler += Piece(random);
    } else {
      filler += std::string(random.Below(20), 'q');
      if (random.Chance(70)) filler += 'w';
    }
  }
  return filler;
}

std::string TextMatching(const reference::Pattern& pattern, bool swap_case,
                         Random& random) {
  std::string text;
  for (const char32_t element : pattern) {
    if (element == reference::kAnyRun) {
      text += RandomFiller(random, FillerSize(random));
    } else if (element == reference::kAnyOne) {
      text += EncodeUtf8(DecodeUtf8(Piece(random)).substr(0, 1));
    } else {
      text += EncodeUtf8(Text(1, element));
    }
  }
  return swap_case ? SwapSomeCases(text, random) : text;
}

std::string SwapSomeCases(std::string_view text, Random& random) {
  Text swapped = DecodeUtf8(text);
  const std::size_t percent = random.Chance(50) ? 0 : random.Below(101);
  for (char32_t& character : swapped) {
    if (random.Chance(percent)) character = reference::SwapCase(character);
  }
  return EncodeUtf8(swapped);
}

std::string Mutate(std::string_view text, Random& random) {
  Text mutated = DecodeUtf8(text);
  if (random.Chance(60)) mutated = MutateCharacters(mutated, random);
  std::string around = EncodeUtf8(mutated);
  if (random.Chance(30)) around = RandomText(random) + around;
  if (random.Chance(30)) around += RandomText(random);
  if (random.Chance(10)) {
    const std::size_t size = random.Between(70, random.Chance(10) ? 8192 : 400);
    around = RandomFiller(random, random.Below(size)) + around;
    if (around.size() < size) {
      around += RandomFiller(random, size - around.size());
    }
  }
  return around;
}

}  // namespace hypersigma::generator
