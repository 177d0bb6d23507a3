// The texts of an event one behind the other, for one search of them all.

#ifndef HYPERSIGMA_LIB_ENGINE_JOINED_TEXTS_H_
#define HYPERSIGMA_LIB_ENGINE_JOINED_TEXTS_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "lib/engine/event_values.h"

namespace hypersigma::internal {

// Refilled for each event; allocates only to grow. Borrows nothing.
class JoinedTexts {
 public:
  // Replaces the contents. Cost: linear in the texts.
  void Assign(std::span<const EventValue> values);
  // The same of an event as it was given. REQUIRES: its numbers are integers.
  void AssignEvent(Event event);

  // Each text with a byte behind it that no pattern has.
  // FragmentFilter::kSlack bytes may be read behind them.
  std::string_view text() const { return {bytes_.data(), size_}; }

  // Whether all texts are ASCII, but for bytes of 0xFF, which no pattern has.
  bool is_ascii() const { return is_ascii_; }

 private:
  template <typename Values, typename ValueOf>
  void Join(const Values& values, const ValueOf& value_of);

  std::vector<char> bytes_;
  std::size_t size_ = 0;
  bool is_ascii_ = true;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_JOINED_TEXTS_H_
