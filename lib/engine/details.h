// Which selections and indicators made a rule hold.

#ifndef HYPERSIGMA_LIB_ENGINE_DETAILS_H_
#define HYPERSIGMA_LIB_ENGINE_DETAILS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hypersigma/scanner.h"
#include "lib/compile/plan.h"
#include "lib/engine/evaluator.h"
#include "lib/engine/verdict_memo.h"

namespace hypersigma::internal {

// Turns the rules that hold into matches. Owns their lists; allocates only to
// grow; not thread safe.
class MatchDetails {
 public:
  explicit MatchDetails(const EngineState& engine)
      : engine_(&engine), known_(VerdictMemo::kSlots) {}

  // Returns a match for each of `rules`, in order, valid until the next call.
  // What made them hold is found once for each verdict that `evaluator`, always
  // the same, remembers. REQUIRES: `rules` hold for its last event.
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
  // Of some rules, one behind the other.
  struct Lists {
    // Where those of a rule end.
    struct Ends {
      std::size_t selections;
      std::size_t indicators;
    };

    std::uint64_t serial = 0;  // of the verdict that the rules are; 0: none
    std::vector<std::string_view> selections;
    std::vector<Indicator> indicators;
    std::vector<Ends> ends;  // by position of the rule
  };
  // Longer lists of indicators are found anew for each event.
  static constexpr std::size_t kMaxKeptIndicators = 64;

  void Find(std::span<const RuleId> rules, Evaluator& evaluator);
  std::span<const Match> ListWith(std::span<const RuleId> rules,
                                  const Lists& lists);
  bool Holds(const DetectionPlan& detection, Evaluator& evaluator) const;
  bool Holds(const ValuePlan& value, Evaluator& evaluator) const;
  // REQUIRES: it holds.
  void Collect(const DetectionPlan& detection, Evaluator& evaluator);

  const EngineState* engine_;
  std::vector<Match> matches_;
  Lists found_;
  std::vector<Lists> known_;  // by slot of the verdict
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_DETAILS_H_
