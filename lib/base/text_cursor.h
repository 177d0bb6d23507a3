// Reads a short text of fixed form, such as a time, from left to right.

#ifndef HYPERSIGMA_LIB_BASE_TEXT_CURSOR_H_
#define HYPERSIGMA_LIB_BASE_TEXT_CURSOR_H_

#include <cstddef>
#include <string_view>

namespace hypersigma::internal {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Borrows the text. A step that fails leaves ok() false for good, so that it is
// asked once, at the end.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  void Fail() { ok_ = false; }

  std::string_view rest() const { return rest_; }
  bool at_end() const { return rest_.empty(); }

  // The next byte; NUL at the end.
  char Next() const { return rest_.empty() ? '\0' : rest_.front(); }

  // Steps over `c` if it is next.
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Steps over `c`, which must be next.
  void Skip(char c) {
    if (!Take(c)) ok_ = false;
  }

  // Steps over all that is left.
  void SkipRest() { rest_ = {}; }

  // Returns the number that `count` digits write, at most nine.
  int Digits(std::size_t count) {
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!IsDigit(Next())) {
        ok_ = false;
        return 0;
      }
      number = number * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_TEXT_CURSOR_H_
