#include "lib/base/cidr.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace hypersigma::internal {
namespace {

// Accepts `0` to `max`, decimal digits without leading zeros.
std::optional<int> ParsePrefixBits(std::string_view text, int max) {
  if (text.empty() || text.size() > 3) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  int bits = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, bits);
  if (error != std::errc() || stop != end) return std::nullopt;
  if (bits < 0 || bits > max) return std::nullopt;
  return bits;
}

// The bits of byte `index` that belong to a prefix of `prefix_bits`.
std::uint8_t PrefixMask(int prefix_bits, std::size_t index) {
  const int kept = std::clamp(prefix_bits - static_cast<int>(8 * index), 0, 8);
  return static_cast<std::uint8_t>(0xFF00u >> kept);
}

}  // namespace

std::optional<IpAddress> IpAddress::Parse(std::string_view text) {
  // inet_pton takes a terminated string and refuses leading zeros, short
  // forms such as 10.1, zones and blanks.
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size()) return std::nullopt;
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  IpAddress address;
  address.is_v6 = text.find(':') != std::string_view::npos;
  const int family = address.is_v6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, terminated.data(), address.bytes.data()) != 1) {
    return std::nullopt;
  }
  return address;
}

std::optional<Cidr> Cidr::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = IpAddress::Parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const int max = address->is_v6 ? 128 : 32;
  std::optional<int> bits = max;
  if (slash != std::string_view::npos) {
    bits = ParsePrefixBits(text.substr(slash + 1), max);
  }
  if (!bits) return std::nullopt;
  Cidr cidr;
  cidr.network = *address;
  cidr.prefix_bits = *bits;
  for (std::size_t i = 0; i < cidr.network.bytes.size(); ++i) {
    std::uint8_t& byte = cidr.network.bytes[i];
    const std::uint8_t mask = PrefixMask(*bits, i);
    if ((byte & ~mask) != 0) cidr.had_host_bits = true;
    byte &= mask;
  }
  return cidr;
}

bool Cidr::Contains(const IpAddress& address) const {
  if (address.is_v6 != network.is_v6) return false;
  for (std::size_t i = 0; i < network.bytes.size(); ++i) {
    const std::uint8_t mask = PrefixMask(prefix_bits, i);
    if ((address.bytes[i] & mask) != network.bytes[i]) return false;
  }
  return true;
}

}  // namespace hypersigma::internal
