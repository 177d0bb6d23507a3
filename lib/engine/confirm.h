// Decides predicates on demand: globs, regular expressions, networks,
// comparisons, times, other fields, presence.
//
// Asked by the evaluator only when a program tests such a predicate, after a
// pattern made it possible. Source: design document "architecture", decision 3.

#ifndef HYPERSIGMA_LIB_ENGINE_CONFIRM_H_
#define HYPERSIGMA_LIB_ENGINE_CONFIRM_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "lib/base/cidr.h"
#include "lib/base/number.h"
#include "lib/base/regex.h"
#include "lib/compile/predicate.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {

enum class Verdict : std::uint8_t { kFalse, kTrue, kUndecided };

// Working memory of one thread.
struct ConfirmScratch {
  RegexScratch regex;
  std::string folded;
  std::string other_folded;
};

// One predicate on demand, prepared. Immutable. Borrows the predicate.
class Confirmer {
 public:
  // Errors: kInvalidArgument for an operand that rule should have refused.
  static absl::StatusOr<Confirmer> Create(const Predicate& predicate);

  // Whether it holds for a field with one value is a matter of that value
  // alone.
  bool is_of_value() const;

  // Returns whether the predicate holds for any value of its field.
  Verdict Confirm(const EventValues& values, ConfirmScratch& scratch) const;

 private:
  using Operand = std::variant<std::monostate, Regex, Cidr, Number>;

  Confirmer(const Predicate& predicate, Operand operand);

  Verdict ConfirmField(const EventValues& values,
                       ConfirmScratch& scratch) const;
  Verdict ConfirmAnywhere(const EventValues& values,
                          ConfirmScratch& scratch) const;
  Verdict ConfirmFieldRef(const EventValues& values,
                          ConfirmScratch& scratch) const;
  Verdict ConfirmValue(const EventValue& value, ConfirmScratch& scratch) const;
  Verdict MatchesText(std::string_view text, ConfirmScratch& scratch) const;
  bool Compares(const EventValue& value) const;
  bool ComparesTimePart(const EventValue& value) const;

  const Predicate* predicate_;
  Operand operand_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_CONFIRM_H_
