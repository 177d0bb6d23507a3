#include "lib/catalog/address.h"

#include <cstddef>
#include <cstdint>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMinIdBytes = 8;
constexpr std::size_t kMaxIdBytes = 64;

// FNV-1a with 64 bits: the same on every machine and in every version.
constexpr std::uint64_t kFnvOffset = 0xCBF29CE484222325u;
constexpr std::uint64_t kFnvPrime = 0x100000001B3u;

void Mix(unsigned char byte, std::uint64_t& hash) {
  hash = (hash ^ byte) * kFnvPrime;
}

}  // namespace

std::string AddressOf(std::initializer_list<std::string_view> parts) {
  std::uint64_t hash = kFnvOffset;
  for (const std::string_view part : parts) {
    for (const char c : part) Mix(static_cast<unsigned char>(c), hash);
    // Not a byte of UTF-8.
    Mix(0xFF, hash);
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) {
    digits += kDigits[hash >> shift & 0xF];
  }
  return digits;
}

std::string AddressOfId(std::string_view id) {
  if (id.size() < kMinIdBytes || id.size() > kMaxIdBytes) return {};
  std::string address = FoldedAscii(id);
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyz0123456789-_";
  if (address.find_first_not_of(kAllowed) != std::string::npos) return {};
  return address;
}

}  // namespace hypersigma::internal
