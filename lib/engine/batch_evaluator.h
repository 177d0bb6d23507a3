// Evaluates batches: rows by their routes, columns by the classes of their
// values, and each new combination of classes as one event.
//
// Before: ArrowColumn; after: RowMatch. What it takes for one verdict has been
// shown by an evaluation of the rules themselves, never put together from
// parts.

#ifndef HYPERSIGMA_LIB_ENGINE_BATCH_EVALUATOR_H_
#define HYPERSIGMA_LIB_ENGINE_BATCH_EVALUATOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/columns.h"
#include "lib/engine/batch_routes.h"
#include "lib/engine/column_classes.h"
#include "lib/engine/details.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/keyword_columns.h"
#include "lib/engine/route_needs.h"
#include "lib/engine/row_event.h"
#include "lib/engine/row_groups.h"
#include "lib/engine/row_list.h"
#include "lib/engine/row_states.h"
#include "lib/engine/value_classes.h"
#include "lib/input/arrow_columns.h"

namespace hypersigma::internal {

// Borrows the engine. Not thread safe.
class BatchEvaluator {
 public:
  static absl::StatusOr<BatchEvaluator> Create(const EngineState& engine,
                                               const ScannerOptions& options);

  // As BatchScanner's. REQUIRES: a mask of the engine's rules.
  void Select(std::shared_ptr<const RuleMask> rules);
  absl::StatusOr<BatchResult> Evaluate(const ArrowBatch& batch);

 private:
  // What holds for a row, kept as long as results point to it.
  struct RowVerdict {
    std::vector<Match> matches;
    std::vector<std::string_view> selections;
    std::vector<Indicator> indicators;
    std::vector<Undecided> undecided;
  };
  // What is known of the rows of one route.
  struct RouteMemo {
    RouteMemo(const EngineState& engine, std::shared_ptr<const Route> route,
              const RuleMask* selected)
        : needs(engine, std::move(route), selected), classes(engine, needs) {}

    RouteNeeds needs;
    ValueClasses classes;
    KeywordColumns* keywords = nullptr;
    RowStates states;
    std::vector<const RowVerdict*> of_states;
    // By position in the batch, for this batch alone.
    std::vector<std::unique_ptr<ColumnClasses>> columns;
    // Those that say more than whether they hold a keyword.
    std::vector<BatchColumn> asked;
    std::vector<std::uint32_t> rows;  // of the chunk
  };
  // Rows of a batch that are evaluated together.
  struct Chunk {
    std::size_t begin = 0;
    std::size_t count = 0;
    std::size_t rows_left = 0;  // of the batch, the chunk's included
  };

  BatchEvaluator(const EngineState& engine, const ScannerOptions& options,
                 Evaluator evaluator, ClassifyScratch scratch);

  void Begin(const ArrowBatch& batch);
  absl::Status EvaluateChunk(const Chunk& chunk);
  // Where the chunk's rows are of more than one route.
  absl::Status EvaluateRoutes();
  absl::Status EvaluateRoute(RouteMemo& memo, const RowList& rows);
  // Returns the state of each of the route's rows.
  absl::StatusOr<std::span<const StateId>> FindStates(RouteMemo& memo,
                                                      const RowList& rows);
  // Evaluates one row. REQUIRES: its values are classified.
  absl::StatusOr<const RowVerdict*> VerdictOn(const RouteMemo& memo,
                                              std::size_t row);
  // Keeps what the evaluator has found; null if that is nothing.
  const RowVerdict* KeepVerdict();
  RouteMemo& MemoOf(std::uint32_t route);
  // Those of all routes with the same keywords.
  KeywordColumns& KeywordsOf(const RouteNeeds& needs);
  // `row_count`: about as many rows are the route's.
  void AddColumns(RouteMemo& memo, std::size_t row_count) const;
  void AddResults(std::size_t begin);
  void Forget();
  void ForgetIfMuch();

  const EngineState* engine_;
  bool with_details_;
  Evaluator evaluator_;
  MatchDetails details_;
  BatchRoutes routes_;
  ClassifyScratch scratch_;
  RowEvent row_;
  std::shared_ptr<const RuleMask> selected_;
  std::vector<BatchColumn> columns_;
  Chunk chunk_;
  std::vector<std::uint32_t> route_numbers_;       // of the chunk's rows
  std::vector<std::unique_ptr<RouteMemo>> memos_;  // by route number
  std::vector<std::unique_ptr<KeywordColumns>> keywords_;
  std::vector<std::unique_ptr<RowVerdict>> verdicts_;
  std::vector<const RowVerdict*> of_rows_;  // of the chunk; null: nothing
  RowGroups groups_;
  std::vector<ClassId> classes_;  // of a column's rows
  std::vector<RowMatch> matches_;
  std::vector<RowUndecided> undecided_;
  std::size_t unclassified_count_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_BATCH_EVALUATOR_H_
