// The texts of events, for events that are made up: what real logs say is
// neither random nor all the same.

#ifndef HYPERSIGMA_BENCH_SUPPORT_EVENT_TEXTS_H_
#define HYPERSIGMA_BENCH_SUPPORT_EVENT_TEXTS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/support/events.h"
#include "hypersigma/engine.h"

namespace hypersigma::bench {

// The different texts that events have under the fields that rules look at, one
// after the other, without bytes that are not ASCII; at least `least_bytes`,
// repeated if there are fewer.
class EventTexts {
 public:
  EventTexts(const Engine& engine, const Events& events,
             std::size_t least_bytes);

  // Returns the next `size` bytes; goes around.
  std::string_view Next(std::size_t size);

 private:
  std::string text_;
  std::size_t at_ = 0;
};

// What the rules of an engine look for in one field.
struct FieldLiterals {
  std::string field;
  std::vector<std::string> literals;  // of printable ASCII, at least 4 bytes
};

// Returns that of the field with most literals.
FieldLiterals LiteralsOfLargestField(const Engine& engine);

// Returns such literals of all fields, each once.
std::vector<std::string> LiteralsOfAllFields(const Engine& engine);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_EVENT_TEXTS_H_
