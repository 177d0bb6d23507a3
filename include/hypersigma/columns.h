// Tells which rules match the rows of a table, column by column.
//
// Beside Scanner: for logs that are already in columns, as Arrow, Parquet or a
// database has them. A value that repeats is looked at once, a dictionary's
// values above all, and columns that no rule asks for are not looked at.

#ifndef HYPERSIGMA_COLUMNS_H_
#define HYPERSIGMA_COLUMNS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "absl/base/attributes.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/arrow_abi.h"
#include "hypersigma/engine.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/scanner.h"

namespace hypersigma {

// A rule that holds for a row. `match` borrows from engine and scanner.
struct RowMatch {
  // Counted from 0, the array's offset left out.
  std::size_t row = 0;
  Match match;
};

// A rule that neither holds nor fails for a row.
struct RowUndecided {
  std::size_t row = 0;
  Undecided undecided;
};

// The verdicts on a batch.
struct BatchResult {
  std::size_t row_count = 0;
  // In order of rows, then of RuleId; each rule once a row.
  std::span<const RowMatch> matches;
  // In the same order; none of them is in `matches`.
  std::span<const RowUndecided> undecided;
  // Rows that belong to no log source; 0 with Routing::kOff.
  std::size_t unclassified_count = 0;
};

// What becomes of columns whose type has no text that rules could be tested
// against: binary, times, decimals, nested columns.
enum class OtherColumns : std::uint8_t {
  // The batch is refused, so that no rule goes untested silently.
  kRefuse,
  // They are as if they were not there.
  kLeaveOut,
};

struct ColumnOptions {
  OtherColumns other_columns = OtherColumns::kRefuse;
};

// Evaluates one batch after the other. What it learns of values and rows is
// kept for the next batch with the same columns; memory is bounded by the
// largest batch.
//
// Thread safety: none; one scanner a thread. Keeps its Engine alive.
class HYPERSIGMA_EXPORT BatchScanner {
 public:
  // Of `options` those about JSON have no effect: layout and fields. Errors: as
  // for Scanner::Create().
  static absl::StatusOr<BatchScanner> Create(Engine engine,
                                             const ScannerOptions& options = {},
                                             const ColumnOptions& columns = {});

  BatchScanner(BatchScanner&&) noexcept;
  BatchScanner& operator=(BatchScanner&&) noexcept;
  ~BatchScanner();

  // The only rules that may match from now on; null: all. Errors:
  // kInvalidArgument for a mask of another size. Cost: what was learned is
  // forgotten.
  absl::Status Select(std::shared_ptr<const RuleMask> rules);

  // Returns what holds for each row of a batch: a struct array whose children
  // are the columns, as Arrow libraries export a record batch. Each row is an
  // event with the verdict that Scanner::Scan() gives on it: a column's name is
  // a field's, a dotted one too, and compared exactly; columns of one name are
  // the elements of one array. Text (also large, and as views), integers,
  // floats, booleans, nulls, lists of these, and dictionaries of these are
  // taken. A null, NaN and the infinities mean that the row does not have the
  // field; nulls in lists are nulls.
  //
  // The arrays are borrowed for the call and not released. Lengths, buffers,
  // offsets and positions are checked before use; how long a buffer is cannot
  // be. The result is owned by the scanner and valid until its next call.
  // Errors: kInvalidArgument, naming the column, for arrays that contradict
  // themselves; kUnimplemented, naming column and type, for
  // OtherColumns::kRefuse; kResourceExhausted past a limit; kInternal when the
  // pattern library fails. Nothing is matched then. Cost: a look-up for each
  // row and column that rules ask for, and for each new value and each new
  // combination of them what Scan() costs.
  absl::StatusOr<BatchResult> ScanBatch(const ArrowSchema& schema,
                                        const ArrowArray& array)
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  struct State;
  explicit BatchScanner(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_COLUMNS_H_
