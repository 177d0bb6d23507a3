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

// The first `size` bytes, at most eight, as a number.
inline std::uint64_t LoadHashed(const char* from, std::size_t size) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, size);
  return word;
}

inline constexpr std::uint64_t kHashOdd = 0x9E3779B97F4A7C15u;
inline constexpr std::uint64_t kHashOther = 0xD1B54A32D192ED03u;

// As HashBytes(), which calls it for the longest, four times as many bytes a
// step: there each step waits for the one before it. REQUIRES: more than 64
// bytes.
std::uint64_t HashInLanes(std::string_view text, std::uint64_t seed);

// Returns a number that differs for most texts and seeds. It is the same in
// every process, so whoever chooses the texts can make them collide: use it
// only where a collision costs no more than a miss. Cost: 16 bytes a step, 64
// of texts that are long.
inline std::uint64_t HashBytes(std::string_view text, std::uint64_t seed) {
  constexpr std::size_t kLong = 128;
  if (text.size() >= kLong) [[unlikely]]
    return HashInLanes(text, seed);
  const char* at = text.data();
  std::size_t left = text.size();
  // Far from the bits of the first bytes, which it would undo.
  std::uint64_t hash = (seed ^ std::uint64_t{left} << 32) * kHashOther;
  for (; left > 16; at += 16, left -= 16) {
    hash = MixHash(LoadHashed(at, 8) ^ kHashOdd ^ hash,
                   LoadHashed(at + 8, 8) ^ kHashOther);
  }
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (left >= 8) {
    first = LoadHashed(at, 8);
    last = LoadHashed(at + left - 8, 8);
  } else if (left >= 4) {
    first = LoadHashed(at, 4);
    last = LoadHashed(at + left - 4, 4);
  } else if (left > 0) {
    first = static_cast<unsigned char>(at[0]);
    last = static_cast<std::uint64_t>(static_cast<unsigned char>(at[left / 2]))
               << 8 |
           static_cast<unsigned char>(at[left - 1]);
  }
  return MixHash(MixHash(first ^ kHashOdd ^ hash, last ^ kHashOther), kHashOdd);
}

inline std::uint64_t HashInLanes(std::string_view text, std::uint64_t seed) {
  constexpr std::size_t kLanes = 4;
  std::uint64_t lanes[kLanes] = {seed ^ std::uint64_t{text.size()} << 32, 1, 2,
                                 3};
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left > 16 * kLanes; left -= 16 * kLanes) {
    for (std::uint64_t& lane : lanes) {
      lane = MixHash(LoadHashed(at, 8) ^ kHashOdd ^ lane,
                     LoadHashed(at + 8, 8) ^ kHashOther);
      at += 16;
    }
  }
  return HashBytes({at, left},
                   MixHash(lanes[0] ^ kHashOdd, lanes[1] ^ kHashOther) ^
                       MixHash(lanes[2] ^ kHashOther, lanes[3] ^ kHashOdd));
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_HASH_H_
