// Gathers the diagnostics of one document while it is read.

#ifndef HYPERSIGMA_LIB_RULE_REPORTER_H_
#define HYPERSIGMA_LIB_RULE_REPORTER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "hypersigma/diagnostic.h"
#include "lib/base/source.h"

namespace hypersigma::internal {

// Borrows the source. Past a hundred diagnostics of a document further ones are
// only counted, and TakeDiagnostics() says how many; what they mean for the
// document is kept.
class Reporter {
 public:
  explicit Reporter(const Source& source) : source_(source) {}

  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

  const Source& source() const { return source_; }

  // `message` is complete in itself; `found` and `expected` repeat its parts
  // and may be empty.
  void Error(SourceRange range, std::string message, std::string found = {},
             std::string expected = {});
  void StrictWarning(SourceRange range, std::string message,
                     std::string found = {}, std::string expected = {});
  void Warning(SourceRange range, std::string message, std::string found = {},
               std::string expected = {});
  void Note(SourceRange range, std::string message, std::string found = {},
            std::string expected = {});

  // Reports "`what` is `found`, expected `expected`".
  void Mismatch(SourceRange range, std::string_view what, std::string found,
                std::string expected);

  // Further diagnostics are only counted: no need to find good words for them.
  bool is_full() const;

  std::size_t error_count() const { return error_count_; }

  // Returns all diagnostics in the order of reporting, and forgets them.
  std::vector<Diagnostic> TakeDiagnostics();

 private:
  void Report(Severity severity, SourceRange range, std::string message,
              std::string found, std::string expected);

  const Source& source_;
  std::vector<Diagnostic> diagnostics_;
  std::size_t error_count_ = 0;
  std::size_t omitted_ = 0;
  Severity worst_omitted_ = Severity::kNote;
  SourceRange first_omitted_;
};

// Orders diagnostics by line and column.
void SortByPlace(std::vector<Diagnostic>& diagnostics);

// Turns every kStrictWarning into a kError, as strict loading wants it.
void MakeStrict(std::vector<Diagnostic>& diagnostics);

// Returns whether there is a kError.
bool HasError(const std::vector<Diagnostic>& diagnostics);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_REPORTER_H_
