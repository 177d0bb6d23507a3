#include "hypersigma/rule_mask.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace hypersigma {

RuleMask::RuleMask(std::size_t rule_count, bool all)
    : words_((rule_count + 63) / 64, all ? ~std::uint64_t{0} : 0),
      size_(rule_count) {
  if (all && rule_count % 64 != 0) {
    words_.back() >>= 64 - rule_count % 64;
  }
}

std::size_t RuleMask::count() const {
  std::size_t count = 0;
  for (const std::uint64_t word : words_) {
    count += static_cast<std::size_t>(std::popcount(word));
  }
  return count;
}

void RuleMask::Add(RuleId rule) {
  const auto bit = static_cast<std::uint32_t>(rule);
  if (bit < size_) words_[bit / 64] |= std::uint64_t{1} << (bit % 64);
}

void RuleMask::Remove(RuleId rule) {
  const auto bit = static_cast<std::uint32_t>(rule);
  if (bit < size_) words_[bit / 64] &= ~(std::uint64_t{1} << (bit % 64));
}

RuleMask& RuleMask::operator|=(const RuleMask& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

RuleMask& RuleMask::operator&=(const RuleMask& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

}  // namespace hypersigma
