// A fixed-size set of small integers that is cleared in time of the bits set.

#ifndef HYPERSIGMA_LIB_BASE_BITSET_H_
#define HYPERSIGMA_LIB_BASE_BITSET_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace hypersigma::internal {

// Members are integers below size(). Insert, Contains: constant. Clear: linear
// in the members. Never allocates after construction. Not thread safe.
class SparseBitset {
 public:
  SparseBitset() = default;
  explicit SparseBitset(std::size_t size)
      : words_((size + 63) / 64),
        members_(std::make_unique_for_overwrite<std::uint32_t[]>(size)),
        size_(size) {}

  std::size_t size() const { return size_; }

  bool Contains(std::uint32_t member) const {
    return (words_[member / 64] >> (member % 64) & 1) != 0;
  }

  // Whether any of `count` numbers from `first` on is a member. REQUIRES: count
  // is not 0, and all are below size(). Cost: 64 numbers a step.
  bool ContainsAny(std::uint32_t first, std::uint32_t count) const {
    const std::uint32_t last = first + count - 1;
    const std::uint64_t from = ~std::uint64_t{0} << (first % 64);
    const std::uint64_t up_to = ~std::uint64_t{0} >> (63 - last % 64);
    std::size_t word = first / 64;
    if (word == last / 64) return (words_[word] & from & up_to) != 0;
    std::uint64_t any = words_[word] & from;
    while (++word < last / 64) any |= words_[word];
    return (any | (words_[word] & up_to)) != 0;
  }

  // Returns whether `member` was new. REQUIRES: member < size().
  bool Insert(std::uint32_t member) {
    std::uint64_t& word = words_[member / 64];
    const std::uint64_t bit = std::uint64_t{1} << (member % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    members_[count_++] = member;
    return true;
  }

  // The members, in order of insertion.
  std::span<const std::uint32_t> members() const {
    return {members_.get(), count_};
  }

  void Clear() {
    for (std::uint32_t member : members()) words_[member / 64] = 0;
    count_ = 0;
  }

 private:
  std::vector<std::uint64_t> words_;
  // The first `count_` of them: memory is used only once there are so many.
  std::unique_ptr<std::uint32_t[]> members_;
  std::size_t size_ = 0;
  std::size_t count_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_BITSET_H_
