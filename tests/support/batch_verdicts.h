// Verdicts on rows, in one form whichever way they came.

#ifndef HYPERSIGMA_TESTS_SUPPORT_BATCH_VERDICTS_H_
#define HYPERSIGMA_TESTS_SUPPORT_BATCH_VERDICTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "hypersigma/columns.h"
#include "hypersigma/scanner.h"

namespace hypersigma::internal {

// A line for each match and each undecided rule of a row, with all there is to
// it.
inline void AppendLine(const Match& match, std::string& lines) {
  lines += std::to_string(static_cast<std::size_t>(match.rule));
  for (const std::string_view name : match.selections) {
    lines.append(" ").append(name);
  }
  for (const Indicator& indicator : match.indicators) {
    lines.append(" ").append(indicator.field).append("|");
    lines.append(IndicatorKindName(indicator.kind)).append("=");
    lines.append(indicator.value);
  }
  lines += "\n";
}

inline void AppendLine(const Undecided& undecided, std::string& lines) {
  lines += "undecided " +
           std::to_string(static_cast<std::size_t>(undecided.rule)) + " ";
  lines.append(undecided.field).append(" ");
  lines.append(UndecidedReasonText(undecided.reason)).append("\n");
}

inline std::string LinesOf(const ScanResult& result) {
  std::string lines;
  for (const Match& match : result.matches) AppendLine(match, lines);
  for (const Undecided& each : result.undecided) AppendLine(each, lines);
  return lines;
}

// By row.
inline std::vector<std::string> LinesOf(const BatchResult& result) {
  std::vector<std::string> lines(result.row_count);
  for (const RowMatch& match : result.matches) {
    AppendLine(match.match, lines[match.row]);
  }
  for (const RowUndecided& each : result.undecided) {
    AppendLine(each.undecided, lines[each.row]);
  }
  return lines;
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_TESTS_SUPPORT_BATCH_VERDICTS_H_
