#include "lib/catalog/explain_program.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

// As the engine's evaluator.
constexpr int kUndecidedBudget = 64;
// More than any program has tests.
constexpr std::uint32_t kFar = 0x3FFFFFFFu;

Truth RunFrom(const Program& program, ProgramTarget at, const TruthOf& truth_of,
              int& budget) {
  while (at < kReject) {
    const Test& test = program.tests[at];
    const Truth truth = truth_of(test.predicate);
    if (truth == Truth::kUndecided) {
      if (--budget < 0) return Truth::kUndecided;
      const Truth if_true = RunFrom(program, test.if_true, truth_of, budget);
      const Truth if_false = RunFrom(program, test.if_false, truth_of, budget);
      return if_true == if_false ? if_true : Truth::kUndecided;
    }
    at = truth == Truth::kTrue ? test.if_true : test.if_false;
  }
  return at == kAccept ? Truth::kTrue : Truth::kFalse;
}

// A shortest way to kAccept, where following a test the way it goes is free and
// the other way costs one. A predicate that is tested several times on one way
// must go one way each time and costs once: that makes it a search.
class FlipSearch {
 public:
  FlipSearch(const Program& program, const TruthOf& truth_of)
      : program_(program), tests_(program.tests) {
    for (const Test& test : tests_) {
      const Truth truth = truth_of(test.predicate);
      if (truth == Truth::kUndecided) has_undecided_ = true;
      truths_.push_back(truth == Truth::kTrue);
    }
  }

  SmallestFlips Run() {
    if (has_undecided_) return {ChangesStatus::kNotDecided, {}};
    FindRepeated();
    FillFloors();
    if (CostOf(program_.start, floors_) >= kFar) {
      return {ChangesStatus::kImpossible, {}};
    }
    TryCheapest();
    Descend(program_.start, 0);
    const bool is_complete = steps_left_ > 0;
    if (!best_.has_value()) {
      return {
          is_complete ? ChangesStatus::kImpossible : ChangesStatus::kNotDecided,
          {}};
    }
    std::sort(best_->begin(), best_->end());
    return {is_complete ? ChangesStatus::kSmallest : ChangesStatus::kSufficient,
            *best_};
  }

 private:
  // Marks predicates that may be tested twice on one way.
  void FindRepeated() {
    // By predicate, in order: positions of its tests.
    std::map<std::uint32_t, std::vector<std::uint32_t>> places;
    for (std::uint32_t i = 0; i < tests_.size(); ++i) {
      places[Index(tests_[i].predicate)].push_back(i);
    }
    repeated_.assign(tests_.size(), 0);
    for (const auto& [predicate, positions] : places) {
      if (positions.size() == 1 || !MeetsItself(positions)) continue;
      for (const std::uint32_t position : positions) repeated_[position] = 1;
    }
  }

  // Whether a way leads from one of the tests to another; true past the limit.
  bool MeetsItself(const std::vector<std::uint32_t>& positions) {
    if (marking_left_ < tests_.size()) return true;
    marking_left_ -= tests_.size();
    std::vector<char> reached(tests_.size(), 0);
    std::vector<char> is_place(tests_.size(), 0);
    for (const std::uint32_t position : positions) is_place[position] = 1;
    for (std::uint32_t i = positions.front(); i < tests_.size(); ++i) {
      if (is_place[i] != 0 && reached[i] != 0) return true;
      if (is_place[i] == 0 && reached[i] == 0) continue;
      for (const ProgramTarget next : {tests_[i].if_true, tests_[i].if_false}) {
        if (next < kReject) reached[next] = 1;
      }
    }
    return false;
  }

  // What the rest of a way costs, from each test, as if each test were of a
  // predicate of its own; and a lower bound of it, repeated ones being free.
  void FillFloors() {
    costs_ = CostsFrom(/*repeated_flip=*/1);
    floors_ = CostsFrom(/*repeated_flip=*/0);
  }

  std::vector<std::uint32_t> CostsFrom(std::uint32_t repeated_flip) const {
    std::vector<std::uint32_t> costs(tests_.size(), kFar);
    for (std::size_t i = tests_.size(); i-- > 0;) {
      const bool truth = truths_[i] != 0;
      const std::uint32_t flip = repeated_[i] != 0 ? repeated_flip : 1;
      const std::uint32_t flipped = CostOf(With(i, !truth), costs) + flip;
      costs[i] = std::min({CostOf(With(i, truth), costs), flipped, kFar});
    }
    return costs;
  }

  ProgramTarget With(std::size_t test, bool truth) const {
    return truth ? tests_[test].if_true : tests_[test].if_false;
  }
  static std::uint32_t CostOf(ProgramTarget at,
                              const std::vector<std::uint32_t>& costs) {
    if (at == kAccept) return 0;
    return at == kReject ? kFar : costs[at];
  }

  // One way, the cheapest if no predicate repeats, and mostly if some do.
  void TryCheapest() {
    ProgramTarget at = program_.start;
    while (at < kReject) at = Go(at, Cheaper(at));
    if (at == kAccept) best_ = flips_;
    flips_.clear();
    pins_.clear();
  }

  // Follows all ways from `at` that may cost less than the best. Recursion is
  // as deep as there are tests with a choice; the other steps are a loop.
  void Descend(ProgramTarget at, std::size_t depth) {
    std::vector<PredicateId> pinned;
    const std::size_t flips_before = flips_.size();
    while (Promises(at, 0)) {
      if (at == kAccept) {
        best_ = flips_;
        break;
      }
      const PredicateId predicate = tests_[at].predicate;
      bool truth = Cheaper(at);
      if (!pins_.contains(predicate)) {
        if (Promises(With(at, !truth), Cost(at, !truth))) {
          if (depth == kMaxDepth) {
            steps_left_ = 0;
            break;
          }
          const std::size_t before = flips_.size();
          Descend(Go(at, truth), depth + 1);
          flips_.resize(before);
          pins_.erase(predicate);
          truth = !truth;
          if (!Promises(With(at, truth), Cost(at, truth))) break;
        }
        if (repeated_[at] != 0) pinned.push_back(predicate);
      }
      at = Go(at, truth);
    }
    flips_.resize(flips_before);
    for (const PredicateId predicate : pinned) pins_.erase(predicate);
  }

  // What it costs to follow the test as if it were `truth`.
  std::size_t Cost(ProgramTarget at, bool truth) const {
    if (pins_.contains(tests_[at].predicate)) return 0;
    return (truths_[at] != 0) == truth ? 0 : 1;
  }

  // The way that promises more, or the only one. A flip of two that promise
  // the same: it comes to the end sooner.
  bool Cheaper(ProgramTarget at) const {
    const auto pin = pins_.find(tests_[at].predicate);
    if (pin != pins_.end()) return pin->second;
    const bool truth = truths_[at] != 0;
    const std::uint32_t kept = CostOf(With(at, truth), costs_);
    const std::uint32_t flipped = CostOf(With(at, !truth), costs_) + 1;
    return kept < flipped ? truth : !truth;
  }

  // Takes a step.
  ProgramTarget Go(ProgramTarget at, bool truth) {
    const PredicateId predicate = tests_[at].predicate;
    if (Cost(at, truth) > 0) flips_.push_back(predicate);
    if (repeated_[at] != 0) pins_[predicate] = truth;
    return With(at, truth);
  }

  // Whether a way over `at` may cost less than the best. A step.
  bool Promises(ProgramTarget at, std::size_t added) {
    if (steps_left_ == 0) return false;
    --steps_left_;
    const std::uint32_t floor = CostOf(at, floors_);
    if (floor >= kFar) return false;
    return !best_.has_value() || flips_.size() + added + floor < best_->size();
  }

  static constexpr std::size_t kMaxDepth = 2'000;

  const Program& program_;
  const std::vector<Test>& tests_;
  std::vector<char> truths_;    // by test
  std::vector<char> repeated_;  // by test: several times on one way
  std::vector<std::uint32_t> costs_;
  std::vector<std::uint32_t> floors_;
  bool has_undecided_ = false;
  std::size_t steps_left_ = kMaxFlipSteps;
  std::size_t marking_left_ = 16 * kMaxFlipSteps;
  absl::flat_hash_map<PredicateId, bool> pins_;  // of repeated ones
  std::vector<PredicateId> flips_;
  std::optional<std::vector<PredicateId>> best_;
};

}  // namespace

Truth RunProgram(const Program& program, const TruthOf& truth_of) {
  int budget = kUndecidedBudget;
  return RunFrom(program, program.start, truth_of, budget);
}

bool AcceptsWith(const Program& program, const TruthOf& truth_of,
                 const std::vector<PredicateId>& flips) {
  ProgramTarget at = program.start;
  while (at < kReject) {
    const Test& test = program.tests[at];
    bool truth = truth_of(test.predicate) == Truth::kTrue;
    if (std::find(flips.begin(), flips.end(), test.predicate) != flips.end()) {
      truth = !truth;
    }
    at = truth ? test.if_true : test.if_false;
  }
  return at == kAccept;
}

SmallestFlips FindSmallestFlips(const Program& program,
                                const TruthOf& truth_of) {
  return FlipSearch(program, truth_of).Run();
}

}  // namespace hypersigma::internal
