// Which selections and indicators made a rule hold.

#ifndef HYPERSIGMA_LIB_ENGINE_DETAILS_H_
#define HYPERSIGMA_LIB_ENGINE_DETAILS_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "hypersigma/scanner.h"
#include "lib/compile/plan.h"
#include "lib/engine/evaluator.h"

namespace hypersigma::internal {

// Turns the rules that hold into matches. Owns their lists; allocates only to
// grow; not thread safe.
class MatchDetails {
 public:
  explicit MatchDetails(const EngineState& engine) : engine_(&engine) {}

  // Returns a match for each of `rules`, in order, valid until the next call.
  // REQUIRES: `rules` hold for the evaluator's last event.
  std::span<const Match> Describe(std::span<const RuleId> rules,
                                  Evaluator& evaluator);

  // The same without selections and indicators.
  std::span<const Match> List(std::span<const RuleId> rules);

  // Sets where the event of the matches that were returned last is from.
  void SetOrigin(std::string_view time, std::string_view computer) {
    for (Match& match : matches_) {
      match.time = time;
      match.computer = computer;
    }
  }

 private:
  bool Holds(const DetectionPlan& detection, Evaluator& evaluator) const;
  bool Holds(const ValuePlan& value, Evaluator& evaluator) const;
  // REQUIRES: it holds.
  void Collect(const DetectionPlan& detection, Evaluator& evaluator);

  const EngineState* engine_;
  std::vector<Match> matches_;
  std::vector<std::string_view> selections_;
  std::vector<Indicator> indicators_;
  // For each match, where its lists end.
  struct Ends {
    std::size_t selections;
    std::size_t indicators;
  };
  std::vector<Ends> ends_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_DETAILS_H_
