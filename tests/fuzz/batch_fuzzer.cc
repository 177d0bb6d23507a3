// Bytes choose a small Arrow table: each of its rows gets the verdict that
// Scanner::Scan() gives on the same pairs. Then they damage it: what
// contradicts itself is refused with its place, and leaves nothing behind.

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/columns.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "tests/fuzz/batch_damage.h"
#include "tests/fuzz/batch_table.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/batch_verdicts.h"
#include "tests/support/random.h"

namespace hypersigma::fuzz {
namespace {

using generator::Random;

// Predicates of every kind that columns treat in a way of their own.
constexpr std::string_view kRules = R"(
title: by alias
logsource: {product: windows, category: process_creation}
detection:
  s: {Image|endswith: ['end', '\one'], F|contains: two}
  t: {Image|startswith: one}
  condition: 1 of them
---
title: on demand
logsource: {product: windows}
detection:
  s: {F|re: 'x.?y', G|gt: 9.5}
  t: {G: null}
  u: {F: 't*o'}
  condition: s or t or u
---
title: missing
logsource: {product: windows, service: security}
detection:
  s: {G|cidr: 10.0.0.0/8}
  t: {H|exists: false}
  condition: s or not t
---
title: all of an array
logsource: {product: linux}
detection:
  s: {F|contains|all: [one, two]}
  t: {F|cased: TWO}
  u: {H: [10, true, '']}
  condition: (s and not t) or u
)";
constexpr std::string_view kComparison = R"(
---
title: two fields
logsource: {product: windows, service: sysmon}
detection:
  s: {F|fieldref: G}
  condition: s
)";
constexpr std::string_view kKeywords = R"(
---
title: keywords
logsource: {product: windows}
detection:
  s: [mimikatz, 'o*e', 10]
  condition: s
)";

// An engine and what judges events alone, as one of the choices has them.
struct Judge {
  ScannerOptions options;
  Engine engine;
  Scanner scanner;
};

std::unique_ptr<Judge> MakeJudge(std::size_t choice) {
  std::string yaml(kRules);
  if ((choice & 1) != 0) yaml += kKeywords;
  if ((choice & 2) != 0) yaml += kComparison;
  ScannerOptions options;
  options.routing = (choice & 4) != 0 ? Routing::kOff : Routing::kAuto;
  const RuleSet rules = RuleSet::FromYaml(yaml);
  for (const Document& document : rules.report().documents) {
    Require(document.status == DocumentStatus::kLoaded, "the rules are right");
  }
  const Engine engine = Engine::Build(rules, {.compile_threads = 1}).value();
  return std::make_unique<Judge>(
      Judge{options, engine, Scanner::Create(engine, options).value()});
}

// Compilation takes longer than all else.
Judge& JudgeOf(std::size_t choice) {
  static std::array<std::unique_ptr<Judge>, 8> judges;
  if (judges[choice] == nullptr) judges[choice] = MakeJudge(choice);
  return *judges[choice];
}

void CheckRows(BatchTable& batch, BatchScanner& batches, Judge& judge) {
  const auto result =
      batches.ScanBatch(batch.table().schema(), batch.table().array());
  if (!result.ok()) Fail(result.status().ToString());
  Require(result->row_count == batch.row_count(), "all rows are looked at");
  const std::vector<std::string> lines = internal::LinesOf(*result);
  std::size_t unclassified = 0;
  for (std::size_t row = 0; row < batch.row_count(); ++row) {
    const std::vector<FieldValue> event = batch.EventOf(row);
    const ScanResult alone = judge.scanner.Scan(event).value();
    unclassified += alone.log_sources.empty() ? 1 : 0;
    const std::string expected = internal::LinesOf(alone);
    if (lines[row] != expected) {
      Fail("row " + std::to_string(row) + " gets\n" + lines[row] +
           "and alone\n" + expected);
    }
  }
  if (judge.options.routing == Routing::kOff) unclassified = 0;
  Require(result->unclassified_count == unclassified,
          "rows without a log source are counted");
}

void CheckDamaged(BatchTable& batch, BatchScanner& batches, Random& random) {
  const Outcome outcome =
      DamageBatch(batch.column_count(), batch.table(), random);
  const auto result =
      batches.ScanBatch(batch.table().schema(), batch.table().array());
  if (result.ok()) {
    Require(outcome == Outcome::kEither, "a contradiction is refused");
    Require(result->row_count == batch.row_count(), "all rows are looked at");
    for (const RowMatch& match : result->matches) {
      Require(match.row < result->row_count, "a match is in a row");
    }
    return;
  }
  const absl::Status& status = result.status();
  Require(absl::IsInvalidArgument(status) || absl::IsUnimplemented(status) ||
              absl::IsResourceExhausted(status),
          "a batch is refused for what it is");
  const std::string_view message(status.message().data(),
                                 status.message().size());
  Require(message.find("column") != std::string_view::npos ||
              message.find("the batch") != std::string_view::npos,
          "what is wrong has a place");
}

void Check(std::string_view choices) {
  Random random(choices);
  Judge& judge = JudgeOf(random.Below(8));
  const ColumnOptions columns{.other_columns = random.Chance(50)
                                                   ? OtherColumns::kRefuse
                                                   : OtherColumns::kLeaveOut};
  BatchScanner batches =
      BatchScanner::Create(judge.engine, judge.options, columns).value();
  const Random before = random;
  BatchTable batch(judge.engine, random);
  CheckRows(batch, batches, judge);
  // The same table, to be damaged.
  Random again = before;
  BatchTable damaged(judge.engine, again);
  CheckDamaged(damaged, batches, random);
  CheckRows(batch, batches, judge);
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
