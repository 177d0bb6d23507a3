// The routes of recent events by what those events say, word for word: most
// events of a stream say what one before them has said.

#ifndef HYPERSIGMA_LIB_ENGINE_ROUTE_MEMO_H_
#define HYPERSIGMA_LIB_ENGINE_ROUTE_MEMO_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {

struct Route;

// A member of events that routing reads.
struct RoutingMember {
  FieldId field = kUnnamedField;
  // Texts of more bytes than this are all alike to routing.
  std::size_t longest = 0;
};

// A direct-mapped table from the values of all routing members, as the event
// writes them, to a route; whole keys are compared. All memory is taken by the
// constructor. Not thread safe.
class RouteMemo {
 public:
  explicit RouteMemo(std::span<const RoutingMember> members);

  // Returns the route of an event that said the same in the same order, or
  // nullptr. Cost: a look at each value, and a pass over those of members.
  const Route* Find(const EventValues& values);

  // Remembers the route of the event that Find() did not know. It must live
  // until Clear().
  void Store(const Route& route);

  void Clear();

 private:
  static constexpr std::size_t kSlots = 512;
  static constexpr std::size_t kMaxKeyBytes = 244;

  struct Key {
    std::array<char, kMaxKeyBytes> bytes;
    std::uint32_t size = 0;

    std::string_view text() const { return {bytes.data(), size}; }
  };
  struct Slot {
    const Route* route = nullptr;
    Key key;
  };

  bool AppendValue(const EventValue& value, std::size_t longest);

  std::vector<std::uint32_t> longest_;  // by FieldId, and 1; 0: no member
  std::vector<Slot> slots_;
  Key key_;
  Slot* slot_ = nullptr;  // where key_ belongs; nullptr: it is too long
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROUTE_MEMO_H_
