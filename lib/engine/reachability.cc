#include "lib/engine/reachability.h"

#include <cstddef>
#include <vector>

namespace hypersigma::internal {
namespace {

// The verdict on a predicate about a field that is missing; nullopt when the
// field may be there.
std::optional<bool> VerdictOn(const Predicate& predicate,
                              const std::function<bool(FieldId)>& is_there) {
  if (predicate.field == kUnnamedField) return std::nullopt;
  if (predicate.op == Operator::kFieldRef && !is_there(predicate.other_field)) {
    return false;
  }
  if (is_there(predicate.field)) return std::nullopt;
  return predicate.op == Operator::kNull || predicate.op == Operator::kMissing;
}

}  // namespace

bool MayAccept(
    const Program& program,
    const std::function<std::optional<bool>(PredicateId)>& verdict_on) {
  if (program.start >= kReject) return program.start == kAccept;
  std::vector<char> is_reached(program.tests.size());
  is_reached[program.start] = 1;
  bool accepts = false;
  const auto reach = [&](ProgramTarget target) {
    if (target == kAccept) accepts = true;
    if (target < kReject) is_reached[target] = 1;
  };
  // Jumps go forward only: every way to a test is known before it.
  for (std::size_t i = program.start; i < is_reached.size(); ++i) {
    if (is_reached[i] == 0) continue;
    const Test& test = program.tests[i];
    const std::optional<bool> verdict = verdict_on(test.predicate);
    if (verdict != false) reach(test.if_true);
    if (verdict != true) reach(test.if_false);
  }
  return accepts;
}

bool CanHold(const Program& program, std::span<const Predicate> predicates,
             const std::function<bool(FieldId)>& is_there) {
  return MayAccept(program, [&](PredicateId predicate) {
    return VerdictOn(predicates[Index(predicate)], is_there);
  });
}

}  // namespace hypersigma::internal
