// Memory in huge pages: tables that are looked up at random would wait for the
// page table as well as for themselves.
// Source: docs/design/0014-keywords-that-wait.md.

#ifndef HYPERSIGMA_LIB_BASE_HUGE_BLOCK_H_
#define HYPERSIGMA_LIB_BASE_HUGE_BLOCK_H_

#include <cstddef>
#include <memory>

namespace hypersigma::internal {

// A block of memory, in huge pages where the system grants them, and its end in
// small ones, so that none is taken for nothing. Owns it; zeros at first.
// Apart from the heap, which it would tear. Thread safe as memory is.
class HugeBlock {
 public:
  // Its alignment.
  static constexpr std::size_t kPageBytes = std::size_t{2} << 20;

  HugeBlock() = default;

  // Takes at least `bytes`; none for 0.
  explicit HugeBlock(std::size_t bytes);

  char* data() const { return memory_.get(); }

 private:
  struct Free {
    void operator()(char* memory) const;
    std::size_t bytes;
  };

  std::unique_ptr<char, Free> memory_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_BASE_HUGE_BLOCK_H_
