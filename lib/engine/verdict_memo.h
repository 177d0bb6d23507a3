// Sets of predicates for which no rule held: what fires in the events of a
// stream is the same over and over, and nothing comes of most of it.

#ifndef HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
#define HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hypersigma::internal {

// A direct-mapped table from (route, predicates) to "no rule holds", whole
// lists compared. All memory is taken by the constructor. Not thread safe.
class VerdictMemo {
 public:
  VerdictMemo() : slots_(kSlots) {}

  // Whether `fired`, in this order, is known to leave all rules of a route
  // without a match.
  bool IsSilent(std::uint64_t route, std::span<const std::uint32_t> fired);

  // Remembers it of what IsSilent() was asked last, which had returned false.
  void Store(std::uint64_t route, std::span<const std::uint32_t> fired);

  void Clear();

 private:
  static constexpr std::size_t kSlots = 512;
  static constexpr std::size_t kMaxFired = 29;
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFu;

  struct alignas(64) Slot {
    std::uint64_t route = 0;
    std::uint32_t fired_count = kEmpty;
    std::array<std::uint32_t, kMaxFired> fired;
  };

  std::vector<Slot> slots_;
  Slot* slot_ = nullptr;  // of what was asked last; null: it does not fit
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
