// Random rules x random tables: a row of columns, however they are encoded,
// gets the verdict that the same event gets alone, to the last indicator.
//
// Flags: --seed=N (a difference prints the seed of its table), --tables=N

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"
#include "hypersigma/scanner.h"
#include "lib/compile/plan.h"
#include "lib/reference/json_value.h"
#include "tests/property/run.h"
#include "tests/property/verdicts.h"
#include "tests/support/arrow_table.h"
#include "tests/support/batch_verdicts.h"
#include "tests/support/cell_table.h"
#include "tests/support/event_generator.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::property {
namespace {

using generator::GeneratedRule;
using generator::Random;
using internal::ArrowTable;
using internal::Cell;
using internal::CellColumn;
using reference::JsonValue;

constexpr std::size_t kRules = 25;
constexpr std::size_t kEvents = 30;
constexpr std::size_t kRows = 200;
constexpr std::size_t kBatches = 3;

std::uint64_t seed = 1;
std::uint64_t table_count = 150;

// Puts what `pairs` say of `field` into a cell.
Cell CellOf(const std::vector<FieldValue>& pairs, FieldId field) {
  Cell cell;
  for (const FieldValue& pair : pairs) {
    if (pair.field != field) continue;
    const bool has_text = pair.value.kind <= ValueKind::kBool;
    if (cell.is_null && has_text) {
      cell.is_null = false;
      cell.kind = pair.value.kind;
      cell.text = pair.value.text;
    } else if (pair.value.kind != ValueKind::kObject) {
      cell.is_list = true;
    }
    if (has_text) {
      cell.elements.emplace_back(pair.value.text);
    } else if (pair.value.kind == ValueKind::kNull) {
      cell.elements.emplace_back();
    }
  }
  if (cell.is_list) cell.is_null = false;
  return cell;
}

bool HasKeywords(const std::string& document) {
  const auto pair = LoadPair({document});
  return pair.ok() &&
         internal::CompilePlan(pair->rule_set.detection_rules()).has_keywords;
}

class Table {
 public:
  explicit Table(std::uint64_t table_seed)
      : seed_(table_seed), random_(table_seed) {}

  void Run() {
    SCOPED_TRACE("--seed=" + std::to_string(seed_));
    std::vector<GeneratedRule> rules;
    std::vector<std::string> documents;
    // Without keywords less is looked at.
    const bool with_keywords = random_.Chance(50);
    while (rules.size() < kRules) {
      GeneratedRule rule =
          RandomRule("R" + std::to_string(rules.size()), random_);
      if (!with_keywords && HasKeywords(rule.yaml)) continue;
      documents.push_back(rule.yaml);
      rules.push_back(std::move(rule));
    }
    const auto pair = LoadPair(documents);
    ASSERT_TRUE(pair.ok()) << pair.status();
    const auto engine = Engine::Build(pair->rule_set);
    ASSERT_TRUE(engine.ok()) << engine.status();
    for (std::size_t i = 0; i < kEvents; ++i) {
      events_.push_back(RandomEvent(rules, random_));
      pairs_.push_back(PairsOf(*engine, events_.back()));
    }
    const ScannerOptions options{.routing = Routing::kOff};
    auto scanner = Scanner::Create(*engine, options);
    ASSERT_TRUE(scanner.ok()) << scanner.status();
    auto batches = BatchScanner::Create(*engine, options);
    ASSERT_TRUE(batches.ok()) << batches.status();
    MakeColumns(*engine);
    // What the scanner has learned must not show.
    for (std::size_t i = 0; i < kBatches; ++i) {
      FillColumns();
      Compare(*scanner, *batches);
    }
  }

 private:
  void MakeColumns(const Engine& engine) {
    for (const std::string& name : engine.fields()) {
      columns_.push_back({name, engine.FindField(name), {}});
    }
    columns_.push_back({"of no rule", kUnnamedField, {}});
    // Columns of one name are one array.
    if (random_.Chance(30)) columns_.push_back(random_.Pick(columns_));
  }

  // A row is an event, or of each field what one of them has.
  void FillColumns() {
    for (CellColumn& column : columns_) column.cells.clear();
    const bool is_mixed = random_.Chance(50);
    for (std::size_t row = 0; row < kRows; ++row) {
      std::size_t event = random_.Below(pairs_.size());
      for (CellColumn& column : columns_) {
        if (is_mixed) event = random_.Below(pairs_.size());
        column.cells.push_back(CellOf(pairs_[event], column.field));
      }
    }
    // Mostly columns of scalars, as tables have them.
    for (CellColumn& column : columns_) {
      if (!random_.Chance(20)) {
        for (Cell& cell : column.cells) {
          cell.is_list = false;
          cell.is_null = cell.is_null || cell.elements.empty() ||
                         !cell.elements.front().has_value();
        }
      }
      MakeUniform(column);
    }
  }

  void Compare(Scanner& scanner, BatchScanner& batches) {
    ArrowTable table(kRows, random_.Below(20));
    AddCells(columns_, random_, table);
    const std::size_t skip = random_.Below(10);
    table.Finish(skip);
    const auto result = batches.ScanBatch(table.schema(), table.array());
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_EQ(result->row_count, kRows - skip);
    const std::vector<std::string> lines = internal::LinesOf(*result);
    for (std::size_t row = skip; row < kRows; ++row) {
      const std::vector<FieldValue> event = EventOfRow(columns_, row);
      const auto alone = scanner.Scan(event);
      ASSERT_TRUE(alone.ok()) << alone.status();
      ASSERT_EQ(lines[row - skip], internal::LinesOf(*alone))
          << "row " << row << Show(event);
    }
  }

  static std::string Show(const std::vector<FieldValue>& event) {
    std::string text;
    for (const FieldValue& pair : event) {
      text += "\n" + std::to_string(static_cast<std::uint32_t>(pair.field)) +
              " " + std::to_string(static_cast<int>(pair.value.kind)) + " ";
      text += pair.value.text;
    }
    return text;
  }

  const std::uint64_t seed_;
  Random random_;
  std::vector<JsonValue> events_;
  std::vector<std::vector<FieldValue>> pairs_;
  std::vector<CellColumn> columns_;
};

TEST(BatchScanner, JudgesRowsLikeEvents) {
  for (std::uint64_t i = 0; i < table_count; ++i) {
    Table(seed + i).Run();
    if (testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace hypersigma::property

int main(int argc, char** argv) {
  namespace property = hypersigma::property;
  return property::RunTests(argc, argv, {"seed", property::seed},
                            {"tables", property::table_count});
}
