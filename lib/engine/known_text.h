// The text that was searched last, and what was found in it: the next is often
// like it but for a number, and needs a search only where it differs.
// Source: docs/design/0014-keywords-that-wait.md.

#ifndef HYPERSIGMA_LIB_ENGINE_KNOWN_TEXT_H_
#define HYPERSIGMA_LIB_ENGINE_KNOWN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

// Of one search: one set of literals. Not thread safe; allocates only to grow,
// to some kMaxBytes.
class KnownText {
 public:
  // A search of less is as fast as this; of more, there are few.
  static constexpr std::size_t kMinBytes = 192;
  static constexpr std::size_t kMaxBytes = std::size_t{16} << 10;

  // An occurrence of a literal.
  struct Found {
    std::uint32_t literal = 0;
    std::size_t end = 0;  // behind its last byte
  };

  // How much two texts have in common, at the beginning and behind it at the
  // end.
  struct Common {
    std::size_t prefix = 0;
    std::size_t suffix = 0;
  };
  Common CommonWith(std::string_view text) const;

  std::string_view text() const { return text_; }
  const std::vector<Found>& found() const { return found_; }

  // Begins what is known of the next text: nothing so far.
  void Begin() { next_.clear(); }
  // What was added since.
  const std::vector<Found>& next() const { return next_; }
  void Add(Found found) {
    if (next_.size() <= kMaxFound) next_.push_back(found);
  }
  // What was added since Begin() is all there is in `text`. Too much of it is
  // not worth knowing.
  void End(std::string_view text);

 private:
  static constexpr std::size_t kMaxFound = 32;

  std::string text_;
  std::vector<Found> found_;  // in text_
  std::vector<Found> next_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_KNOWN_TEXT_H_
