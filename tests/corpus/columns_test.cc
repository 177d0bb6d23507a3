// Real events as rows of columns: what each of them gives as an event.
// Skipped when ../shared/corpus is not there.

#include "hypersigma/columns.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/reference/json_value.h"
#include "tests/corpus/corpus.h"
#include "tests/support/arrow_table.h"
#include "tests/support/batch_verdicts.h"
#include "tests/support/cell_table.h"
#include "tests/support/random.h"

namespace hypersigma {
namespace {

using internal::ArrowTable;
using internal::Cell;
using internal::CellColumn;
using reference::JsonValue;

// As many events a batch, so that columns come and go.
constexpr std::size_t kBatchRows = 4'000;

Cell CellOf(const JsonValue& value) {
  Cell cell;
  cell.is_null = false;
  switch (value.kind) {
    case JsonValue::Kind::kString:
      cell.text = value.text;
      return cell;
    case JsonValue::Kind::kNumber:
      cell.kind = ValueKind::kNumber;
      cell.text = value.text;
      return cell;
    case JsonValue::Kind::kBool:
      cell.kind = ValueKind::kBool;
      cell.text = value.text;
      return cell;
    case JsonValue::Kind::kArray:
      cell.is_list = true;
      for (const JsonValue& element : value.elements) {
        if (element.kind == JsonValue::Kind::kString) {
          cell.elements.emplace_back(element.text);
        }
      }
      return cell;
    default:
      return Cell();
  }
}

std::vector<CellColumn> ColumnsOf(const std::vector<std::string>& events,
                                  const Engine& engine) {
  std::map<std::string, CellColumn> columns;
  for (std::size_t row = 0; row < events.size(); ++row) {
    const JsonValue event = reference::ParseJson(events[row]).value();
    for (const auto& [name, value] : event.members) {
      CellColumn& column = columns[name];
      column.name = name;
      column.field = engine.FindField(name);
      column.cells.resize(events.size());
      column.cells[row] = CellOf(value);
    }
  }
  std::vector<CellColumn> result;
  for (auto& [name, column] : columns) {
    MakeUniform(column);
    result.push_back(std::move(column));
  }
  return result;
}

// Compares one batch; returns the number of lines, a match having one.
std::size_t Compare(const std::vector<CellColumn>& columns, std::size_t rows,
                    generator::Random& random, Scanner& scanner,
                    BatchScanner& batches) {
  ArrowTable table(rows, random.Below(9));
  AddCells(columns, random, table);
  table.Finish();
  const BatchResult result =
      batches.ScanBatch(table.schema(), table.array()).value();
  const std::vector<std::string> lines = internal::LinesOf(result);
  std::size_t unclassified = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::vector<FieldValue> event = EventOfRow(columns, row);
    const ScanResult alone = scanner.Scan(event).value();
    unclassified += alone.log_sources.empty() ? 1 : 0;
    EXPECT_EQ(lines[row], internal::LinesOf(alone)) << "row " << row;
    if (testing::Test::HasFailure()) break;
  }
  EXPECT_EQ(result.unclassified_count, unclassified);
  return result.matches.size();
}

TEST(Columns, GiveWhatTheirRowsGive) {
  if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
  const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
  const Engine engine =
      Engine::Build(RuleSet::FromPaths(paths).value()).value();
  Scanner scanner = Scanner::Create(engine).value();
  BatchScanner batches = BatchScanner::Create(engine).value();
  const std::vector<std::string> events = SampledEvents(40'000);
  generator::Random random(1);
  std::size_t match_count = 0;
  for (std::size_t begin = 0; begin + kBatchRows <= events.size();
       begin += kBatchRows) {
    const std::vector<std::string> some(
        events.begin() + static_cast<std::ptrdiff_t>(begin),
        events.begin() + static_cast<std::ptrdiff_t>(begin + kBatchRows));
    match_count +=
        Compare(ColumnsOf(some, engine), some.size(), random, scanner, batches);
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(match_count, 300);
}

}  // namespace
}  // namespace hypersigma
