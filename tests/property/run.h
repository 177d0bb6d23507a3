// How the programs of random tests are run: how many cases, and from which
// seed.

#ifndef HYPERSIGMA_TESTS_PROPERTY_RUN_H_
#define HYPERSIGMA_TESTS_PROPERTY_RUN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::property {

// A flag `--name=N`.
struct CountFlag {
  std::string_view name;
  std::uint64_t& count;
};

// What main() returns: runs all tests. Flags that are neither of the two nor
// GoogleTest's are left alone.
inline int RunTests(int argc, char** argv, const CountFlag& seed,
                    const CountFlag& cases) {
  testing::InitGoogleMock(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    for (const CountFlag& flag : {seed, cases}) {
      const std::string start = "--" + std::string(flag.name) + "=";
      if (!argument.starts_with(start)) continue;
      flag.count = std::stoull(std::string(argument.substr(start.size())));
    }
  }
  return RUN_ALL_TESTS();
}

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_RUN_H_
