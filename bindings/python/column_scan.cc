#include "bindings/python/column_scan.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "bindings/python/conversion.h"
#include "bindings/python/status.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

constexpr std::size_t kMaxIdle = 16;

// Returns what a capsule holds. Raises TypeError for another object.
template <typename T>
T& ContentOf(nb::handle capsule, const char* name) {
  if (!PyCapsule_IsValid(capsule.ptr(), name)) {
    PyErr_Format(PyExc_TypeError, "not a capsule named '%s'", name);
    nb::raise_python_error();
  }
  return *static_cast<T*>(PyCapsule_GetPointer(capsule.ptr(), name));
}

std::string KeyOf(const ScanOptions& options, const ColumnOptions& columns) {
  return options.key +
         (columns.other_columns == OtherColumns::kLeaveOut ? "\n-" : "\n+");
}

[[noreturn]] void RaiseColumnStatus(const absl::Status& status) {
  if (!absl::IsUnimplemented(status)) RaiseStatus(status, Subject::kArgument);
  const std::string message(status.message().data(), status.message().size());
  throw nb::type_error(message.c_str());
}

// A scanner for one call, back in its pool at the end.
class Borrowed {
 public:
  // The GIL is held.
  Borrowed(BatchScannerPool& pool, const ScanOptions& options,
           bool leave_out_others)
      : pool_(pool),
        options_(options),
        columns_{leave_out_others ? OtherColumns::kLeaveOut
                                  : OtherColumns::kRefuse},
        scanner_(ValueOrRaise(Take(), Subject::kArgument)) {}
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() { pool_.Return(options_, columns_, std::move(scanner_)); }

  // Appends what a batch has. Raises.
  void Scan(const ArrowSchema& schema, const ArrowArray& array) {
    std::optional<absl::StatusOr<BatchResult>> result;
    {
      const nb::gil_scoped_release nogil;
      result = scanner_.ScanBatch(schema, array);
    }
    if (!result->ok()) RaiseColumnStatus(result->status());
    Append(**result);
  }

  nb::tuple Results() const {
    return nb::make_tuple(matches_, undecided_, row_count_,
                          unclassified_count_);
  }

 private:
  absl::StatusOr<BatchScanner> Take() {
    const nb::gil_scoped_release nogil;
    return pool_.Take(options_, columns_);
  }

  void Append(const BatchResult& result) {
    for (const RowMatch& match : result.matches) {
      matches_.append(nb::make_tuple(
          row_count_ + match.row, static_cast<std::uint32_t>(match.match.rule),
          ToTuple(match.match.selections), ToTuple(match.match.indicators)));
    }
    for (const RowUndecided& open : result.undecided) {
      undecided_.append(
          nb::make_tuple(row_count_ + open.row,
                         static_cast<std::uint32_t>(open.undecided.rule),
                         ToStr(open.undecided.field),
                         ToStr(UndecidedReasonText(open.undecided.reason))));
    }
    row_count_ += result.row_count;
    unclassified_count_ += result.unclassified_count;
  }

  BatchScannerPool& pool_;
  const ScanOptions& options_;
  ColumnOptions columns_;
  BatchScanner scanner_;
  nb::list matches_;
  nb::list undecided_;
  std::size_t row_count_ = 0;
  std::size_t unclassified_count_ = 0;
};

// What a stream gives, released at the end.
template <typename T>
struct Owned : T {
  Owned() : T() {}
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (this->release != nullptr) this->release(this);
  }
};

// `call` gives an errno. The producer may be Python code, and takes the GIL
// itself.
template <typename Call>
void Ask(ArrowArrayStream& stream, Call call) {
  int error = 0;
  {
    const nb::gil_scoped_release nogil;
    error = call();
  }
  if (error == 0) return;
  const char* words = stream.get_last_error(&stream);
  if (words == nullptr) words = std::strerror(error);
  PyErr_SetObject(PyExc_OSError, nb::make_tuple(error, ToStr(words)).ptr());
  nb::raise_python_error();
}

}  // namespace

absl::StatusOr<BatchScanner> BatchScannerPool::Take(
    const ScanOptions& options, const ColumnOptions& columns) {
  const std::string key = KeyOf(options, columns);
  std::optional<Idle> taken;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (std::size_t i = idle_.size(); i-- > 0 && !taken.has_value();) {
      if (idle_[i].key != key) continue;
      taken = std::move(idle_[i]);
      idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  if (!taken.has_value()) {
    return BatchScanner::Create(engine_, options.scanner, columns);
  }
  // Another mask makes it forget what it has learned.
  if (taken->rules != options.scanner.rules) {
    const absl::Status status = taken->scanner.Select(options.scanner.rules);
    if (!status.ok()) return status;
  }
  return std::move(taken->scanner);
}

void BatchScannerPool::Return(const ScanOptions& options,
                              const ColumnOptions& columns,
                              BatchScanner scanner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (idle_.size() == kMaxIdle) idle_.erase(idle_.begin());
  idle_.push_back(
      {KeyOf(options, columns), options.scanner.rules, std::move(scanner)});
}

nb::tuple ScanArrow(BatchScannerPool& pool, nb::handle schema, nb::handle array,
                    const ScanOptions& options, bool leave_out_others) {
  const auto& type = ContentOf<ArrowSchema>(schema, "arrow_schema");
  const auto& values = ContentOf<ArrowArray>(array, "arrow_array");
  Borrowed scanner(pool, options, leave_out_others);
  scanner.Scan(type, values);
  return scanner.Results();
}

nb::tuple ScanArrowStream(BatchScannerPool& pool, nb::handle stream,
                          const ScanOptions& options, bool leave_out_others) {
  auto& source = ContentOf<ArrowArrayStream>(stream, "arrow_array_stream");
  if (source.release == nullptr) throw nb::value_error("the stream is used up");
  Borrowed scanner(pool, options, leave_out_others);
  Owned<ArrowSchema> schema;
  Ask(source, [&] { return source.get_schema(&source, &schema); });
  while (true) {
    Owned<ArrowArray> batch;
    Ask(source, [&] { return source.get_next(&source, &batch); });
    if (batch.release == nullptr) return scanner.Results();
    scanner.Scan(schema, batch);
    if (PyErr_CheckSignals() != 0) nb::raise_python_error();
  }
}

}  // namespace hypersigma::python
