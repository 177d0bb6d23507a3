// Builds Arrow arrays by hand, in every encoding, for tests and benchmarks.

#ifndef HYPERSIGMA_TESTS_SUPPORT_ARROW_TABLE_H_
#define HYPERSIGMA_TESTS_SUPPORT_ARROW_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/arrow_abi.h"

namespace hypersigma::internal {

using TextCells = std::vector<std::optional<std::string>>;
using NumberCells = std::vector<std::optional<std::int64_t>>;
using RealCells = std::vector<std::optional<double>>;
using BoolCells = std::vector<std::optional<bool>>;
using ListCells = std::vector<std::optional<TextCells>>;

// A column as a producer would export it. All its parts may be changed, to do
// what no producer should.
struct ArrowColumnParts {
  std::string format;
  std::string name;
  std::vector<std::string> buffers;
  std::vector<bool> has_buffer;
  ArrowSchema schema{};
  ArrowArray array{};
  std::vector<const void*> buffer_pointers;
  std::vector<ArrowSchema*> child_schemas;
  std::vector<ArrowArray*> child_arrays;
};

// A batch whose columns have `lead` rows before the first, which are of no
// batch. Not movable: its structs point into it.
class ArrowTable {
 public:
  explicit ArrowTable(std::size_t row_count, std::size_t lead = 0)
      : row_count_(row_count), lead_(lead) {}
  ArrowTable(const ArrowTable&) = delete;
  ArrowTable& operator=(const ArrowTable&) = delete;

  // `format`: u, U or vu. REQUIRES for all: a cell for each row.
  void AddText(std::string_view name, std::string_view format,
               const TextCells& cells);
  // `index`: c to L, for positions; `format`: of the dictionary's values.
  void AddDictionary(std::string_view name, std::string_view index,
                     std::string_view format, const TextCells& cells);
  // `format`: c to L.
  void AddNumbers(std::string_view name, std::string_view format,
                  const NumberCells& cells);
  // `format`: f or g.
  void AddReals(std::string_view name, std::string_view format,
                const RealCells& cells);
  void AddBools(std::string_view name, const BoolCells& cells);
  void AddNulls(std::string_view name);
  // `format`: +l or +L; elements are of `element_format`, as for AddText().
  void AddLists(std::string_view name, std::string_view format,
                std::string_view element_format, const ListCells& cells);

  // The batch, to be asked for after all columns; `skip` rows are left out by
  // the offset of the batch.
  void Finish(std::size_t skip = 0);
  ArrowSchema& schema() { return schema_; }
  ArrowArray& array() { return array_; }
  ArrowColumnParts& column(std::size_t i) { return *columns_[i]; }

 private:
  ArrowColumnParts& NewColumn(std::string_view name, std::string_view format,
                              std::size_t cell_count);
  template <typename Cells>
  void AddValidity(const Cells& cells, ArrowColumnParts& column) const;
  void FillText(const TextCells& cells, std::size_t lead,
                ArrowColumnParts& column) const;
  static void FillViews(const TextCells& cells, std::size_t lead,
                        ArrowColumnParts& column);
  static void Connect(ArrowColumnParts& column);

  std::size_t row_count_;
  std::size_t lead_;
  std::deque<ArrowColumnParts> parts_;  // also of children
  std::vector<ArrowColumnParts*> columns_;
  std::vector<ArrowSchema*> schemas_;
  std::vector<ArrowArray*> arrays_;
  const void* no_buffer_ = nullptr;
  ArrowSchema schema_{};
  ArrowArray array_{};
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_SUPPORT_ARROW_TABLE_H_
