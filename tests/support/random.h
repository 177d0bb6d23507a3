// Reproducible random choices for property tests: the same seed gives the same
// choices on every machine.

#ifndef HYPERSIGMA_TESTS_SUPPORT_RANDOM_H_
#define HYPERSIGMA_TESTS_SUPPORT_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace hypersigma::generator {

// The generator splitmix64 of Steele, Lea and Flood (2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // Takes its first choices from `bytes`, two for each, so that a fuzzer that
  // changes a byte changes a choice. Borrows them.
  explicit Random(std::string_view bytes) : bytes_(bytes) {}

  std::uint64_t Next() {
    if (bytes_.size() >= 2) {
      const auto low = static_cast<unsigned char>(bytes_[0]);
      const auto high = static_cast<unsigned char>(bytes_[1]);
      bytes_.remove_prefix(2);
      return low + 256u * high;
    }
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  // From 0 to limit - 1. REQUIRES: limit > 0.
  std::size_t Below(std::size_t limit) {
    return static_cast<std::size_t>(Next() % limit);
  }

  // From low to high, both included.
  std::size_t Between(std::size_t low, std::size_t high) {
    return low + Below(high - low + 1);
  }

  // True in `percent` of 100 calls.
  bool Chance(std::size_t percent) { return Below(100) < percent; }

  // An element of a container that is not empty.
  template <typename Container>
  const auto& Pick(const Container& container) {
    return container[Below(std::size(container))];
  }

 private:
  std::uint64_t state_ = 0;
  std::string_view bytes_;
};

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_RANDOM_H_
