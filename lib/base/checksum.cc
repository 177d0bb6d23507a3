// Four lanes of words, so that multiplications overlap. Every step of a lane is
// a bijection of what the lane was and of the word, and so is every step that
// joins them: a change of one word cannot be lost.

#include "lib/base/checksum.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace hypersigma::internal {
namespace {

// Odd, from the digits of the square roots of 2, 3, 5 and 7.
constexpr std::array<std::uint64_t, 4> kFactors = {
    0x6a09e667f3bcc909u, 0xbb67ae8584caa73bu, 0x3c6ef372fe94f82bu,
    0xa54ff53a5f1d36f1u};
constexpr std::size_t kWord = 8;
constexpr std::size_t kBlock = kWord * kFactors.size();

// Little-endian whatever the machine; shorter texts are filled up with zeros.
std::uint64_t WordOf(std::string_view bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size() && i < kWord; ++i) {
    word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return word;
}

// The same of eight bytes.
std::uint64_t WholeWordOf(const char* bytes) {
  if constexpr (std::endian::native != std::endian::little) {
    return WordOf({bytes, kWord});
  }
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  return word;
}

std::uint64_t Mix(std::uint64_t lane, std::uint64_t word,
                  std::uint64_t factor) {
  return std::rotl((lane ^ word) * factor, 29);
}

}  // namespace

std::uint64_t Checksum(std::string_view bytes, std::uint64_t seed) {
  // Variables, since an array would be written to memory at every step.
  std::uint64_t a = kFactors[0] ^ seed;
  std::uint64_t b = kFactors[1];
  std::uint64_t c = kFactors[2];
  std::uint64_t d = kFactors[3];
  const std::size_t size = bytes.size();
  for (; bytes.size() >= kBlock; bytes.remove_prefix(kBlock)) {
    a = Mix(a, WholeWordOf(bytes.data()), kFactors[0]);
    b = Mix(b, WholeWordOf(bytes.data() + kWord), kFactors[1]);
    c = Mix(c, WholeWordOf(bytes.data() + 2 * kWord), kFactors[2]);
    d = Mix(d, WholeWordOf(bytes.data() + 3 * kWord), kFactors[3]);
  }
  std::array<std::uint64_t, 4> lanes = {a, b, c, d};
  for (std::size_t i = 0; !bytes.empty(); ++i) {
    const std::string_view word = bytes.substr(0, kWord);
    lanes[i] = Mix(lanes[i], WordOf(word), kFactors[i]);
    bytes.remove_prefix(word.size());
  }
  std::uint64_t sum = size;
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    sum = Mix(sum, lanes[i], kFactors[i]);
    sum ^= sum >> 31;
  }
  return sum;
}

}  // namespace hypersigma::internal
