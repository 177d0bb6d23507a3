// Gathering of diagnostics.

#include "lib/rule/reporter.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "lib/base/limits.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {

void Reporter::Error(SourceRange range, std::string message, std::string found,
                     std::string expected) {
  ++error_count_;
  Report(Severity::kError, range, std::move(message), std::move(found),
         std::move(expected));
}

void Reporter::StrictWarning(SourceRange range, std::string message,
                             std::string found, std::string expected) {
  Report(Severity::kStrictWarning, range, std::move(message), std::move(found),
         std::move(expected));
}

void Reporter::Warning(SourceRange range, std::string message,
                       std::string found, std::string expected) {
  Report(Severity::kWarning, range, std::move(message), std::move(found),
         std::move(expected));
}

void Reporter::Note(SourceRange range, std::string message, std::string found,
                    std::string expected) {
  Report(Severity::kNote, range, std::move(message), std::move(found),
         std::move(expected));
}

void Reporter::Mismatch(SourceRange range, std::string_view what,
                        std::string found, std::string expected) {
  std::string message = Concat({what, " is ", found, ", expected ", expected});
  Error(range, std::move(message), std::move(found), std::move(expected));
}

bool Reporter::is_full() const {
  return diagnostics_.size() >= kMaxDiagnostics;
}

std::vector<Diagnostic> Reporter::TakeDiagnostics() {
  if (omitted_ > 0) {
    diagnostics_.push_back(source_.Report(
        worst_omitted_, first_omitted_,
        Concat({std::to_string(omitted_), " more problems from here on"})));
  }
  omitted_ = 0;
  worst_omitted_ = Severity::kNote;
  return std::exchange(diagnostics_, {});
}

void Reporter::Report(Severity severity, SourceRange range, std::string message,
                      std::string found, std::string expected) {
  if (is_full()) {
    if (omitted_++ == 0) first_omitted_ = range;
    worst_omitted_ = std::max(worst_omitted_, severity);
    return;
  }
  Diagnostic diagnostic = source_.Report(severity, range, std::move(message));
  diagnostic.found = std::move(found);
  diagnostic.expected = std::move(expected);
  diagnostics_.push_back(std::move(diagnostic));
}

void SortByPlace(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [](const Diagnostic& a, const Diagnostic& b) {
                     return std::tie(a.line, a.column) <
                            std::tie(b.line, b.column);
                   });
}

void MakeStrict(std::vector<Diagnostic>& diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::kStrictWarning) {
      diagnostic.severity = Severity::kError;
    }
  }
}

bool HasError(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& diagnostic) {
                       return diagnostic.severity == Severity::kError;
                     });
}

}  // namespace hypersigma::internal
