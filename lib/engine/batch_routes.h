// The routes of a batch's rows: found once for rows whose log sources are told
// by the same values.

#ifndef HYPERSIGMA_LIB_ENGINE_BATCH_ROUTES_H_
#define HYPERSIGMA_LIB_ENGINE_BATCH_ROUTES_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/event.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/event_classifier.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_finder.h"
#include "lib/engine/row_event.h"
#include "lib/engine/row_groups.h"
#include "lib/engine/row_states.h"
#include "lib/engine/value_table.h"

namespace hypersigma::internal {

// Numbers routes from 0. Borrows the engine, and a batch's columns while it is
// scanned. Not thread safe.
class BatchRoutes {
 public:
  // Past this many routes no further rows are looked at.
  static constexpr std::size_t kMaxLive = 128;

  BatchRoutes(const EngineState& engine, const EvaluatorOptions& options);

  // Begins a batch. What is known stays if the columns are of the same fields
  // as before; returns whether it does.
  bool Begin(std::span<const BatchColumn> columns);

  // Replaces `numbers` by those of the routes of rows from `begin`, of at most
  // `count` rows, of fewer if there are too many routes, but of one at least.
  void Find(std::size_t begin, std::size_t count,
            std::vector<std::uint32_t>& numbers);

  bool is_off() const { return is_off_; }
  // Whether the values of `member` have a say in routes.
  bool Tells(FieldId member) const {
    return member != kUnnamedField &&
           longest_[static_cast<std::size_t>(member)].has_value();
  }
  std::size_t size() const { return routes_.size(); }
  const std::shared_ptr<const Route>& route(std::uint32_t number) const {
    return routes_[number];
  }

  // Forgets all routes.
  void Clear();

 private:
  struct RoutingColumn {
    BatchColumn column;
    ValueTable table;
    std::vector<ClassId> of_positions;  // of a small dictionary
    std::size_t longest = 0;
    ClassId of_long_texts = ValueTable::kUnknown;
  };

  void ChooseColumns(std::span<const BatchColumn> columns);
  // Returns the states of rows; without a state each is found singly.
  std::span<const StateId> FindStates(std::size_t begin, std::size_t count);
  // Fills classes_of_rows_ for a column.
  void FillClasses(RoutingColumn& routing, std::size_t begin,
                   std::size_t count);
  // The same for one without a dictionary.
  void FillValues(RoutingColumn& routing, std::size_t begin, std::size_t count);
  ClassId ClassOf(RoutingColumn& routing, const ArrowColumn& values,
                  std::size_t row);
  // Where the class of that value is kept, if it need not be looked up.
  static ClassId* KeptFor(RoutingColumn& routing, const ArrowColumn& values,
                          std::size_t row);
  ClassId Classify(FieldId member, const Value& value);
  std::uint32_t FindFor(std::size_t row);

  const EngineState* engine_;
  bool is_off_;
  // By FieldId, of those that tell a log source: texts of more bytes are alike.
  std::vector<std::optional<std::size_t>> longest_;
  RouteFinder finder_;
  EventClassifier::Scratch scratch_;
  EventValues values_;
  RowEvent row_;
  std::string number_;
  std::string key_;
  std::vector<FieldId> members_;  // of the last batch's columns
  std::vector<RoutingColumn> routing_;
  std::vector<BatchColumn> routing_columns_;
  absl::flat_hash_map<std::string, ClassId> classes_;
  RowStates states_;
  std::vector<ClassId> classes_of_rows_;
  RowGroups groups_;
  std::vector<std::uint32_t> of_states_;  // kNoRoute: not known yet
  std::vector<std::shared_ptr<const Route>> routes_;
  absl::flat_hash_map<const Route*, std::uint32_t> numbers_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_BATCH_ROUTES_H_
