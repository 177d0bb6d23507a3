// Lists of one kind of thing, one list an event, in one piece of memory: read
// in order, as a stage reads what the one before it has just written.

#ifndef HYPERSIGMA_BENCH_STAGES_PER_EVENT_H_
#define HYPERSIGMA_BENCH_STAGES_PER_EVENT_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"

namespace hypersigma::bench {

template <typename T>
class PerEvent {
 public:
  void Add(const T& item) { items_.push_back(item); }
  void EndEvent() { ends_.push_back(items_.size()); }

  std::size_t event_count() const { return ends_.size(); }
  // Of all events.
  std::span<const T> all() const { return items_; }

  std::span<const T> operator[](std::size_t event) const {
    const std::size_t begin = event == 0 ? 0 : ends_[event - 1];
    return std::span(items_).subspan(begin, ends_[event] - begin);
  }

 private:
  std::vector<T> items_;
  std::vector<std::size_t> ends_;
};

// Copies of texts, one behind the other.
class Texts {
 public:
  // Returns the copy, valid as long as this object. kJsonPadding bytes may be
  // read behind it.
  std::string_view Add(std::string_view text) {
    if (left_ < text.size()) {
      left_ = std::max(kBlockBytes, text.size());
      next_ =
          blocks_.emplace_back(std::make_unique<char[]>(left_ + kJsonPadding))
              .get();
    }
    std::copy(text.begin(), text.end(), next_);
    const std::string_view copy(next_, text.size());
    next_ += text.size();
    left_ -= text.size();
    return copy;
  }

 private:
  static constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_STAGES_PER_EVENT_H_
