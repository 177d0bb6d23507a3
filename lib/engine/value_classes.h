// Values that mean the same to all rules of a route form a class.
//
// Two rows of a batch whose values are, column by column, of the same classes
// get the same verdict. Before: RouteNeeds; after: RowStates.

#ifndef HYPERSIGMA_LIB_ENGINE_VALUE_CLASSES_H_
#define HYPERSIGMA_LIB_ENGINE_VALUE_CLASSES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "lib/engine/confirm.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/field_matcher.h"
#include "lib/engine/route_needs.h"

namespace hypersigma::internal {

// A class of values of one route.
using ClassId = std::uint32_t;
// Of no values, and of those that mean no more than that.
inline constexpr ClassId kNoClass = 0;
// Of values that mean something of their own: their rows are looked at singly.
inline constexpr ClassId kOwnClass = 0xFFFFFF;

// Working memory of one thread that classifies values.
class ClassifyScratch {
 public:
  // Errors: kResourceExhausted.
  static absl::StatusOr<ClassifyScratch> Create(const EngineState& engine);

 private:
  friend class ValueClasses;
  ClassifyScratch(const EngineState& engine, ConfirmScratch confirm);

  MatchScratch match_;
  ConfirmScratch confirm_;
  EventValues values_;
  std::vector<FieldValue> pairs_;
  std::vector<std::uint32_t> fired_;
  std::vector<std::uint32_t> signature_;
  std::string key_;
};

// The classes of one route. Borrows the needs. Not thread safe.
class ValueClasses {
 public:
  ValueClasses(const EngineState& engine, const RouteNeeds& needs)
      : engine_(&engine), needs_(&needs) {}

  // What of a member's values is known without looking at them.
  struct Hints {
    // They hold no keyword.
    bool has_no_keywords = false;
    // They are all of an event's values of that member.
    bool is_all = true;
  };

  // Returns the class of `values`, elements of one array or the only one,
  // which an event has as those of `member`; kUnnamedField: of no field that
  // rules look at. Errors: kInternal from libhs.
  absl::StatusOr<ClassId> Classify(FieldId member,
                                   std::span<const Value> values, Hints hints,
                                   ClassifyScratch& scratch);

  // Returns false when no part of `texts` holds a keyword, however values are
  // cut out of it.
  absl::StatusOr<bool> MayHoldKeywords(std::string_view texts,
                                       ClassifyScratch& scratch) const;

  std::size_t size() const { return ids_.size(); }

  // Whether a value that was classified may hold a keyword.
  bool may_have_keywords() const { return may_have_keywords_; }

 private:
  // Appends what the values fire and decide to the signature. False: they are
  // of a class of their own.
  absl::StatusOr<bool> AddField(FieldId field, bool is_single,
                                ClassifyScratch& scratch) const;
  absl::StatusOr<bool> AddKeywords(ClassifyScratch& scratch);
  void AddVerdict(PredicateId predicate, ClassifyScratch& scratch) const;
  // Moves what fired and is asked for to the signature, sorted.
  void TakeFired(ClassifyScratch& scratch) const;
  ClassId Intern(ClassifyScratch& scratch);

  const EngineState* engine_;
  const RouteNeeds* needs_;
  absl::flat_hash_map<std::string, ClassId> ids_;
  bool may_have_keywords_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_VALUE_CLASSES_H_
