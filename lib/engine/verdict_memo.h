// Sets of facts for which no rule held: what fires in the events of a stream is
// the same over and over, and nothing comes of most of it.

#ifndef HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
#define HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hypersigma::internal {

// A direct-mapped table from (route, facts) to the fields that rules then look
// at; with none of them, no rule holds. Whole lists are compared. All memory is
// taken by the constructor. Not thread safe.
class VerdictMemo {
 public:
  VerdictMemo() : slots_(kSlots) {}

  // Returns what is known of `facts`, in this order; valid until the next
  // Store().
  std::optional<std::span<const std::uint32_t>> Find(
      std::uint64_t route, std::span<const std::uint32_t> facts) const;

  // Remembers `fields` of them, unless the lists are too long.
  void Store(std::uint64_t route, std::span<const std::uint32_t> facts,
             std::span<const std::uint32_t> fields);

  void Clear();

 private:
  static constexpr std::size_t kSlots = 512;
  static constexpr std::size_t kMaxEntries = 125;
  static constexpr std::uint16_t kEmpty = 0xFFFFu;

  struct alignas(64) Slot {
    std::uint64_t route = 0;
    std::uint16_t fact_count = kEmpty;
    std::uint16_t field_count = 0;
    std::array<std::uint32_t, kMaxEntries> entries;  // facts, then fields
  };
  static_assert(sizeof(Slot) == 512);

  static std::size_t SlotOf(std::uint64_t route,
                            std::span<const std::uint32_t> facts);

  std::vector<Slot> slots_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
