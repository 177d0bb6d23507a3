#include "lib/base/cidr.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace hypersigma::internal {
namespace {

bool InNetwork(std::string_view network, std::string_view address) {
  return Cidr::Parse(network)->Contains(*IpAddress::Parse(address));
}

TEST(IpAddressParse, AcceptsWholeAddressesOnly) {
  for (std::string_view text :
       {"0.0.0.0", "10.1.2.3", "255.255.255.255", "::", "::1", "fe80::1",
        "2001:DB8::a", "1:2:3:4:5:6:7:8", "::ffff:10.1.2.3",
        "0001:0002:0003:0004:0005:0006:0007:0008",
        "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"}) {
    EXPECT_TRUE(IpAddress::Parse(text).has_value()) << text;
  }
}

TEST(IpAddressParse, RefusesEverythingElse) {
  for (std::string_view text : {"",
                                "10",
                                "10.1",
                                "10.1.2",
                                "10.1.2.3.4",
                                "10.1.2.256",
                                "10.1.2.03",
                                "010.1.2.3",
                                "00.0.0.0",
                                "10.1.2.3 ",
                                " 10.1.2.3",
                                "10.1.2.3\n",
                                "10.1.2.-3",
                                "10..2.3",
                                "0x0a.1.2.3",
                                "167838211",
                                "10.1.2.3/32",
                                "10.1.2.3:80",
                                "fe80::1%eth0",
                                "fe80::1%1",
                                "[::1]",
                                "::1::",
                                ":::",
                                "1:2:3:4:5:6:7",
                                "1:2:3:4:5:6:7:8:9",
                                "12345::",
                                "g::",
                                "::1.2.3",
                                "::ffff:010.1.2.3",
                                "::1/128",
                                "localhost",
                                "1:"}) {
    EXPECT_FALSE(IpAddress::Parse(text).has_value()) << text;
  }
  EXPECT_FALSE(IpAddress::Parse(std::string_view("10.1.2.3\0", 9)).has_value());
  EXPECT_FALSE(IpAddress::Parse(std::string(1'000, ':')).has_value());
}

TEST(IpAddressParse, GivesNetworkByteOrder) {
  const auto v4 = IpAddress::Parse("10.1.2.255");
  EXPECT_FALSE(v4->is_v6);
  EXPECT_EQ(v4->bytes, (std::array<std::uint8_t, 16>{10, 1, 2, 255}));
  const auto v6 = IpAddress::Parse("102:304::fffe");
  EXPECT_TRUE(v6->is_v6);
  EXPECT_EQ(v6->bytes, (std::array<std::uint8_t, 16>{1, 2, 3, 4, 0, 0, 0, 0, 0,
                                                     0, 0, 0, 0, 0, 255, 254}));
}

TEST(CidrParse, ClearsHostBitsAndSaysSo) {
  const auto clean = Cidr::Parse("10.1.0.0/16");
  EXPECT_EQ(clean->prefix_bits, 16);
  EXPECT_FALSE(clean->had_host_bits);
  const auto dirty = Cidr::Parse("10.1.130.7/17");
  EXPECT_TRUE(dirty->had_host_bits);
  EXPECT_EQ(dirty->network.bytes,
            (std::array<std::uint8_t, 16>{10, 1, 128, 0}));
  EXPECT_TRUE(Cidr::Parse("fe80::1/10")->had_host_bits);
  EXPECT_FALSE(Cidr::Parse("fe80::/10")->had_host_bits);
}

TEST(CidrParse, TakesAnAddressAsHostRoute) {
  EXPECT_EQ(Cidr::Parse("10.1.2.3")->prefix_bits, 32);
  EXPECT_EQ(Cidr::Parse("::1")->prefix_bits, 128);
  EXPECT_TRUE(InNetwork("10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(InNetwork("10.1.2.3", "10.1.2.2"));
}

TEST(CidrParse, RefusesOtherPrefixes) {
  for (std::string_view text :
       {"10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08",
        "10.0.0.0/8 ", "10.0.0.0/ 8", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0",
        "10.0.0.0/a", "10/8", "/8", "", "::/129", "::/0128", "::/4294967296",
        "fe80::%1/64", "10.0.0.*"}) {
    EXPECT_FALSE(Cidr::Parse(text).has_value()) << text;
  }
}

TEST(CidrContains, ComparesThePrefixOnly) {
  EXPECT_TRUE(InNetwork("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(InNetwork("10.0.0.0/8", "11.0.0.0"));
  EXPECT_TRUE(InNetwork("192.168.128.0/17", "192.168.255.1"));
  EXPECT_FALSE(InNetwork("192.168.128.0/17", "192.168.127.255"));
  EXPECT_TRUE(InNetwork("0.0.0.0/0", "255.1.2.3"));
  EXPECT_TRUE(InNetwork("fe80::/10", "febf::1"));
  EXPECT_FALSE(InNetwork("fe80::/10", "fec0::1"));
  EXPECT_TRUE(InNetwork("2001:db8::/127", "2001:db8::1"));
  EXPECT_FALSE(InNetwork("2001:db8::/127", "2001:db8::2"));
  EXPECT_TRUE(InNetwork("::/0", "1::"));
}

TEST(CidrContains, KeepsFamiliesApart) {
  EXPECT_FALSE(InNetwork("0.0.0.0/0", "::1"));
  EXPECT_FALSE(InNetwork("::/0", "10.1.2.3"));
  EXPECT_FALSE(InNetwork("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_TRUE(InNetwork("::ffff:0:0/96", "::ffff:10.1.2.3"));
}

}  // namespace
}  // namespace hypersigma::internal
