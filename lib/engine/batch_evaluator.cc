#include "lib/engine/batch_evaluator.h"

#include <algorithm>
#include <utility>

#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// Rows that are evaluated together: what is kept of each stays in the CPU's
// fastest cache.
constexpr std::size_t kChunkRows = std::size_t{1} << 12;
// States, classes and verdicts that are kept, whatever batches say.
constexpr std::size_t kMaxKept = std::size_t{1} << 18;

// Where a verdict is not known yet.
const void* const kUnknown = &kUnknown;

}  // namespace

BatchEvaluator::BatchEvaluator(const EngineState& engine,
                               const ScannerOptions& options,
                               Evaluator evaluator, ClassifyScratch scratch)
    : engine_(&engine),
      with_details_(options.details),
      evaluator_(std::move(evaluator)),
      details_(engine),
      routes_(engine,
              {.routing = options.routing, .log_source = options.log_source}),
      scratch_(std::move(scratch)) {}

absl::StatusOr<BatchEvaluator> BatchEvaluator::Create(
    const EngineState& engine, const ScannerOptions& options) {
  HS_ASSIGN_OR_RETURN(
      Evaluator evaluator,
      Evaluator::Create(engine, {.routing = options.routing,
                                 .log_source = options.log_source}));
  HS_ASSIGN_OR_RETURN(ClassifyScratch scratch, ClassifyScratch::Create(engine));
  BatchEvaluator batches(engine, options, std::move(evaluator),
                         std::move(scratch));
  batches.Select(options.rules);
  return batches;
}

void BatchEvaluator::Select(std::shared_ptr<const RuleMask> rules) {
  evaluator_.Select(rules);
  selected_ = std::move(rules);
  Forget();
}

void BatchEvaluator::Forget() {
  memos_.clear();
  keywords_.clear();
  routes_.Clear();
}

void BatchEvaluator::ForgetIfMuch() {
  std::size_t kept = verdicts_.size();
  for (const std::unique_ptr<RouteMemo>& memo : memos_) {
    if (memo != nullptr) kept += memo->states.size() + memo->classes.size();
  }
  if (kept > kMaxKept || routes_.size() >= BatchRoutes::kMaxLive) Forget();
}

absl::StatusOr<BatchResult> BatchEvaluator::Evaluate(const ArrowBatch& batch) {
  Begin(batch);
  for (std::size_t begin = 0; begin < batch.row_count;) {
    routes_.Find(begin, std::min(kChunkRows, batch.row_count - begin),
                 route_numbers_);
    HS_RETURN_IF_ERROR(
        EvaluateChunk({begin, route_numbers_.size(), batch.row_count - begin}));
    begin += route_numbers_.size();
    ForgetIfMuch();
  }
  // What borrows from the batch goes with it.
  for (const std::unique_ptr<RouteMemo>& memo : memos_) {
    if (memo != nullptr) memo->columns.clear();
  }
  return BatchResult{batch.row_count, matches_, undecided_,
                     unclassified_count_};
}

void BatchEvaluator::Begin(const ArrowBatch& batch) {
  columns_.clear();
  matches_.clear();
  undecided_.clear();
  unclassified_count_ = 0;
  absl::flat_hash_map<FieldId, std::size_t> counts;
  const FieldTable& fields = engine_->plan().fields;
  for (const ArrowColumn& column : batch.columns) {
    columns_.push_back({&column, fields.Find(column.name), true});
    ++counts[columns_.back().member];
  }
  for (BatchColumn& column : columns_) {
    column.is_only = counts[column.member] == 1;
  }
  const bool same = routes_.Begin(columns_);
  if (!same || verdicts_.size() > kMaxKept) {
    Forget();
    verdicts_.clear();
  }
  for (const std::unique_ptr<RouteMemo>& memo : memos_) {
    if (memo != nullptr) memo->columns.clear();
  }
  for (const std::unique_ptr<KeywordColumns>& keywords : keywords_) {
    keywords->BeginBatch(columns_.size());
  }
}

BatchEvaluator::RouteMemo& BatchEvaluator::MemoOf(std::uint32_t route) {
  if (memos_.size() <= route) memos_.resize(routes_.size());
  std::unique_ptr<RouteMemo>& memo = memos_[route];
  if (memo == nullptr) {
    memo = std::make_unique<RouteMemo>(*engine_, routes_.route(route),
                                       selected_.get());
    memo->keywords = &KeywordsOf(memo->needs);
  }
  return *memo;
}

KeywordColumns& BatchEvaluator::KeywordsOf(const RouteNeeds& needs) {
  for (const std::unique_ptr<KeywordColumns>& each : keywords_) {
    if (each->IsOf(needs.keyword_matchers())) return *each;
  }
  KeywordColumns& added = *keywords_.emplace_back(
      std::make_unique<KeywordColumns>(needs.keyword_matchers()));
  added.BeginBatch(columns_.size());
  added.BeginChunk(chunk_.begin, chunk_.count);
  return added;
}

void BatchEvaluator::AddColumns(RouteMemo& memo, std::size_t row_count) const {
  const RouteNeeds& needs = memo.needs;
  memo.asked.clear();
  const ColumnClasses::Context context = {needs, memo.classes, *memo.keywords,
                                          row_count};
  for (const BatchColumn& column : columns_) {
    memo.columns.push_back(
        std::make_unique<ColumnClasses>(column, memo.columns.size(), context));
    if (!needs.FieldsOf(column.member).empty() ||
        needs.PresenceMatters(column.member) ||
        needs.IsCompared(column.member) || routes_.Tells(column.member)) {
      memo.asked.push_back(column);
    }
  }
}

absl::Status BatchEvaluator::EvaluateChunk(const Chunk& chunk) {
  chunk_ = chunk;
  of_rows_.assign(chunk.count, nullptr);
  for (const std::unique_ptr<KeywordColumns>& keywords : keywords_) {
    keywords->BeginChunk(chunk.begin, chunk.count);
  }
  const std::uint32_t first = route_numbers_.front();
  if (std::all_of(route_numbers_.begin(), route_numbers_.end(),
                  [first](std::uint32_t route) { return route == first; })) {
    HS_RETURN_IF_ERROR(
        EvaluateRoute(MemoOf(first), RowList::Run(chunk.begin, chunk.count)));
  } else {
    HS_RETURN_IF_ERROR(EvaluateRoutes());
  }
  AddResults(chunk.begin);
  return absl::OkStatus();
}

absl::Status BatchEvaluator::EvaluateRoutes() {
  std::vector<RouteMemo*> found;
  for (std::size_t i = 0; i < chunk_.count; ++i) {
    RouteMemo& memo = MemoOf(route_numbers_[i]);
    if (memo.rows.empty()) found.push_back(&memo);
    memo.rows.push_back(static_cast<std::uint32_t>(chunk_.begin + i));
  }
  // What is found for most rows serves the others, too.
  std::stable_sort(found.begin(), found.end(),
                   [](const RouteMemo* a, const RouteMemo* b) {
                     return a->rows.size() > b->rows.size();
                   });
  absl::Status status;
  for (RouteMemo* const memo : found) {
    if (status.ok()) status = EvaluateRoute(*memo, RowList(memo->rows));
    memo->rows.clear();
  }
  return status;
}

absl::Status BatchEvaluator::EvaluateRoute(RouteMemo& memo,
                                           const RowList& rows) {
  if (memo.columns.empty()) {
    AddColumns(memo, rows.size() * (chunk_.rows_left / chunk_.count));
  }
  HS_ASSIGN_OR_RETURN(const std::span<const StateId> states,
                      FindStates(memo, rows));
  const auto* const unknown = static_cast<const RowVerdict*>(kUnknown);
  memo.of_states.resize(memo.states.size(), unknown);
  const Route& route = memo.needs.route();
  if (route.log_sources.empty() && !routes_.is_off()) {
    unclassified_count_ += rows.size();
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows[i];
    const RowVerdict* verdict = unknown;
    if (states[i] != kOwnState) verdict = memo.of_states[states[i]];
    if (verdict == unknown) {
      HS_ASSIGN_OR_RETURN(verdict, VerdictOn(memo, row));
      if (states[i] != kOwnState) memo.of_states[states[i]] = verdict;
    }
    of_rows_[row - chunk_.begin] = verdict;
  }
  return absl::OkStatus();
}

// Steps are taken in the order of the columns, whatever a chunk's rows have in
// common, so that rows of other chunks get to the same states.
absl::StatusOr<std::span<const StateId>> BatchEvaluator::FindStates(
    RouteMemo& memo, const RowList& rows) {
  if (memo.needs.any_value_matters()) {
    groups_.Begin(rows.size(), kOwnState);
    return groups_.Finish();
  }
  groups_.Begin(rows.size(), kFirstState);
  for (std::uint32_t i = 0; i < memo.columns.size(); ++i) {
    ColumnClasses& column = *memo.columns[i];
    if (column.is_idle()) continue;
    HS_ASSIGN_OR_RETURN(const std::optional<ClassId> one,
                        column.Fill(rows, classes_, scratch_));
    if (!one.has_value()) {
      groups_.Step(memo.states, i, classes_, memo.classes.size() + 1);
    } else if (*one != kNoClass) {
      // Of no class is as if it were not there.
      groups_.StepAll(memo.states, i, *one);
    }
  }
  return groups_.Finish();
}

absl::StatusOr<const BatchEvaluator::RowVerdict*> BatchEvaluator::VerdictOn(
    const RouteMemo& memo, std::size_t row) {
  // Values that cannot hold a keyword need not be searched again, nor read.
  const bool with_keywords =
      memo.needs.any_value_matters() || memo.classes.may_have_keywords();
  evaluator_.Prepare(row_.Read(with_keywords ? columns_ : memo.asked, row),
                     /*is_raw=*/false);
  HS_RETURN_IF_ERROR(
      evaluator_.Run(with_keywords ? Keywords::kAny : Keywords::kNone));
  return KeepVerdict();
}

const BatchEvaluator::RowVerdict* BatchEvaluator::KeepVerdict() {
  const std::span<const RuleId> matched = evaluator_.matched();
  const std::span<const Undecided> undecided = evaluator_.undecided();
  if (matched.empty() && undecided.empty()) return nullptr;
  RowVerdict& verdict = *verdicts_.emplace_back(std::make_unique<RowVerdict>());
  verdict.undecided.assign(undecided.begin(), undecided.end());
  const std::span<const Match> matches =
      with_details_ ? details_.Describe(matched, evaluator_)
                    : details_.List(matched);
  verdict.matches.assign(matches.begin(), matches.end());
  for (const Match& match : matches) {
    verdict.selections.insert(verdict.selections.end(),
                              match.selections.begin(), match.selections.end());
    verdict.indicators.insert(verdict.indicators.end(),
                              match.indicators.begin(), match.indicators.end());
  }
  // The lists no longer grow: matches may point into them.
  std::span<const std::string_view> selections = verdict.selections;
  std::span<const Indicator> indicators = verdict.indicators;
  for (Match& match : verdict.matches) {
    const std::size_t selection_count = match.selections.size();
    const std::size_t indicator_count = match.indicators.size();
    match.selections = selections.first(selection_count);
    match.indicators = indicators.first(indicator_count);
    selections = selections.subspan(selection_count);
    indicators = indicators.subspan(indicator_count);
  }
  return &verdict;
}

void BatchEvaluator::AddResults(std::size_t begin) {
  for (std::size_t i = 0; i < of_rows_.size(); ++i) {
    const RowVerdict* const verdict = of_rows_[i];
    if (verdict == nullptr) continue;
    for (const Match& match : verdict->matches) {
      matches_.push_back({begin + i, match});
    }
    for (const Undecided& undecided : verdict->undecided) {
      undecided_.push_back({begin + i, undecided});
    }
  }
}

}  // namespace hypersigma::internal
