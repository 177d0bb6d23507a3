// Reads the rows of an engine file one after the other, and remembers when
// there was something that no writer wrote.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_ROWS_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hypersigma::internal {

// What all cursors of a section share. Readers go on with empty rows after
// damage, and ask at the end.
class FileDamage {
 public:
  void Report() { is_damaged_ = true; }
  void Require(bool holds) { is_damaged_ = is_damaged_ || !holds; }
  bool is_damaged() const { return is_damaged_; }

 private:
  bool is_damaged_ = false;
};

template <typename Row>
class RowCursor {
 public:
  RowCursor(std::span<const Row> rows, FileDamage& damage)
      : rows_(rows), damage_(damage) {}

  const Row& Next() {
    static const Row none{};
    if (position_ == rows_.size()) {
      damage_.Report();
      return none;
    }
    return rows_[position_++];
  }

  // Returns `count`, or 0 where there are not as many left: what is about to be
  // allocated for them.
  std::size_t Left(std::uint32_t count) {
    if (count <= rows_.size() - position_) return count;
    damage_.Report();
    return 0;
  }

  bool is_at_end() const { return position_ == rows_.size(); }

 private:
  std::span<const Row> rows_;
  std::size_t position_ = 0;
  FileDamage& damage_;
};

// The texts of a section, which stand one after the other.
class FileText {
 public:
  FileText(std::string_view text, FileDamage& damage)
      : left_(text), damage_(damage) {}

  std::string_view View(std::uint32_t size) {
    if (size > left_.size()) {
      damage_.Report();
      return {};
    }
    const std::string_view text = left_.substr(0, size);
    left_.remove_prefix(size);
    return text;
  }
  std::string Take(std::uint32_t size) { return std::string(View(size)); }

  bool is_at_end() const { return left_.empty(); }

 private:
  std::string_view left_;
  FileDamage& damage_;
};

// Returns the enumerator of this number; the first one past `last`.
template <typename Enum>
Enum EnumOf(std::uint8_t number, Enum last, FileDamage& damage) {
  if (number <= static_cast<std::uint8_t>(last)) {
    return static_cast<Enum>(number);
  }
  damage.Report();
  return Enum{};
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_ROWS_H_
