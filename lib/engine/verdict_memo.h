// Which rules held under sets of facts: what fires in the events of a stream is
// the same over and over, and mostly nothing comes of it.

#ifndef HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
#define HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "hypersigma/rule_set.h"

namespace hypersigma::internal {

// A direct-mapped table from (route, facts) to the rules that hold, or to what
// rules ask further before they are decided. Whole lists are compared. All
// memory is taken by the constructor. Not thread safe.
class VerdictMemo {
 public:
  VerdictMemo() : slots_(kSlots) {}

  // What a verdict is known by as long as it is remembered. No two that are
  // stored have one serial number; 0: none.
  struct Id {
    std::size_t slot = 0;  // below kSlots
    std::uint64_t serial = 0;
  };

  // What is known of a list of facts.
  struct Known {
    // Whether `list` are the RuleIds that hold; else it is what was asked.
    bool is_verdict() const { return id.serial != 0; }

    std::span<const std::uint32_t> list;
    Id id;
  };

  static constexpr std::size_t kSlots = 512;

  // Returns what is known of `facts`, in this order; valid until something is
  // stored.
  std::optional<Known> Find(std::uint64_t route,
                            std::span<const std::uint32_t> facts) const;

  // Remember it, unless the lists are too long. Returns the id of the verdict.
  void StoreAsked(std::uint64_t route, std::span<const std::uint32_t> facts,
                  std::span<const std::uint32_t> asked);
  Id StoreVerdict(std::uint64_t route, std::span<const std::uint32_t> facts,
                  std::span<const RuleId> rules);

  void Clear();

 private:
  static constexpr std::size_t kMaxEntries = 122;
  static constexpr std::uint16_t kEmpty = 0xFFFFu;

  struct alignas(64) Slot {
    std::uint64_t route = 0;
    std::uint64_t serial = 0;  // of a verdict; 0: it is what was asked
    std::uint16_t fact_count = kEmpty;
    std::uint8_t list_count = 0;
    std::array<std::uint32_t, kMaxEntries> entries;  // facts, then the list
  };
  static_assert(sizeof(Slot) == 512);
  static_assert(kMaxEntries <= 0xFF);

  static std::size_t SlotOf(std::uint64_t route,
                            std::span<const std::uint32_t> facts);
  // Returns where the list goes, or nullptr when there is no room for it.
  std::uint32_t* Take(std::uint64_t route, std::span<const std::uint32_t> facts,
                      std::size_t list_count, const Id& id);

  std::vector<Slot> slots_;
  std::uint64_t last_serial_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VERDICT_MEMO_H_
