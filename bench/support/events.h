// Events as lines of JSON, in one buffer that can be read past its end.

#ifndef HYPERSIGMA_BENCH_SUPPORT_EVENTS_H_
#define HYPERSIGMA_BENCH_SUPPORT_EVENTS_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::bench {

// Immutable. May be moved, not copied: lines point into the buffer.
class Events {
 public:
  // Reads a file, compressed or not, whole. Ends the program if it cannot.
  static Events Read(const std::string& path);
  static Events FromLines(std::span<const std::string> lines);
  static Events FromLines(std::span<const std::string_view> lines);

  Events(Events&&) = default;
  Events& operator=(Events&&) = default;

  // Not empty, without their ends.
  std::span<const std::string_view> lines() const { return lines_; }
  // Of all lines.
  std::size_t byte_count() const { return byte_count_; }

  // How many bytes behind `line`, which is one of lines(), may be read.
  std::size_t ReadableBehind(std::string_view line) const {
    return static_cast<std::size_t>(text_.data() + text_.size() -
                                    (line.data() + line.size()));
  }

  // Up to `count` of the events, spread evenly.
  Events Sample(std::size_t count) const;

  // Those that have `text` somewhere.
  Events Having(std::string_view text) const;

 private:
  explicit Events(std::vector<char> text);

  std::vector<char> text_;
  std::vector<std::string_view> lines_;
  std::size_t byte_count_ = 0;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_EVENTS_H_
