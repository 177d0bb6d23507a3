// A hash of bytes for tables whose entries are compared in full.

#ifndef HYPERSIGMA_LIB_BASE_HASH_H_
#define HYPERSIGMA_LIB_BASE_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hypersigma::internal {

// Both halves of a product depend on all bits of the factors.
inline std::uint64_t MixHash(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64);
}

// Returns a number that differs for most texts and seeds. It is the same in
// every process, so whoever chooses the texts can make them collide: use it
// only where a collision costs no more than a miss. Cost: 16 bytes a step.
inline std::uint64_t HashBytes(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  constexpr std::uint64_t kOther = 0xD1B54A32D192ED03u;
  const char* at = text.data();
  std::size_t left = text.size();
  const auto load = [](const char* from, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    return word;
  };
  // Far from the bits of the first bytes, which it would undo.
  std::uint64_t hash = (seed ^ std::uint64_t{left} << 32) * kOther;
  for (; left > 16; at += 16, left -= 16) {
    hash = MixHash(load(at, 8) ^ kOdd ^ hash, load(at + 8, 8) ^ kOther);
  }
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (left >= 8) {
    first = load(at, 8);
    last = load(at + left - 8, 8);
  } else if (left >= 4) {
    first = load(at, 4);
    last = load(at + left - 4, 4);
  } else if (left > 0) {
    first = static_cast<unsigned char>(at[0]);
    last = static_cast<std::uint64_t>(static_cast<unsigned char>(at[left / 2]))
               << 8 |
           static_cast<unsigned char>(at[left - 1]);
  }
  return MixHash(MixHash(first ^ kOdd ^ hash, last ^ kOther), kOdd);
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_HASH_H_
