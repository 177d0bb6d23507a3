// The rows of a column that are looked at: neighbours, or some of them.

#ifndef HYPERSIGMA_LIB_ENGINE_ROW_LIST_H_
#define HYPERSIGMA_LIB_ENGINE_ROW_LIST_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace hypersigma::internal {

// Ascending. Borrows the list, if it is one.
class RowList {
 public:
  // `count` rows from `first` on.
  static RowList Run(std::size_t first, std::size_t count) {
    return {nullptr, first, count};
  }

  // Those of `rows`, ascending, each once.
  explicit RowList(std::span<const std::uint32_t> rows)
      : RowList(rows.data(), rows.empty() ? 0 : rows.front(), rows.size()) {
    if (!rows.empty() && rows.back() - rows.front() + 1 == rows.size()) {
      listed_ = nullptr;
    }
  }

  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  // Whether they are neighbours.
  bool is_run() const { return listed_ == nullptr; }

  std::size_t operator[](std::size_t i) const {
    return listed_ == nullptr ? first_ + i : listed_[i];
  }
  // REQUIRES: not empty.
  std::size_t front() const { return first_; }
  std::size_t back() const { return (*this)[count_ - 1]; }

 private:
  RowList(const std::uint32_t* listed, std::size_t first, std::size_t count)
      : listed_(listed), first_(first), count_(count) {}

  const std::uint32_t* listed_;
  std::size_t first_;
  std::size_t count_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ROW_LIST_H_
