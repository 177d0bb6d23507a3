// IP networks and addresses. Source: design document "semantics", 5, `cidr`.

#ifndef HYPERSIGMA_LIB_BASE_CIDR_H_
#define HYPERSIGMA_LIB_BASE_CIDR_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hypersigma::internal {

// An address in network byte order. IPv4-mapped IPv6 is IPv6.
struct IpAddress {
  bool is_v6 = false;
  std::array<std::uint8_t, 16> bytes{};  // IPv4: the first four

  // Accepts a text that is entirely a dotted quad (no leading zeros) or an
  // IPv6 address without zone.
  static std::optional<IpAddress> Parse(std::string_view text);
};

struct Cidr {
  IpAddress network;  // host bits cleared
  int prefix_bits = 0;
  bool had_host_bits = false;

  // Accepts `address/bits`, or an address alone (a host route).
  static std::optional<Cidr> Parse(std::string_view text);

  // Same family only.
  bool Contains(const IpAddress& address) const;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_CIDR_H_
