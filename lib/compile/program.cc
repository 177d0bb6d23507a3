#include "lib/compile/program.h"

#include <algorithm>
#include <utility>

#include "lib/compile/expr.h"

namespace hypersigma::internal {
namespace {

bool IsVerdict(ProgramTarget target) { return target >= kReject; }

// Writes tests from the last to the first, so that both targets of a test are
// known when it is written.
class ProgramWriter {
 public:
  ProgramWriter(std::uint32_t decided_count, std::size_t max_tests)
      : decided_count_(decided_count), max_tests_(max_tests) {}

  std::optional<Program> Write(const Expr& expr) {
    const ProgramTarget start = Emit(expr, kAccept, kReject);
    if (tests_.size() > max_tests_) return std::nullopt;
    Program program;
    program.start = Flip(start);
    for (Test& test : tests_) {
      test.if_true = Flip(test.if_true);
      test.if_false = Flip(test.if_false);
    }
    program.tests.assign(tests_.rbegin(), tests_.rend());
    return program;
  }

 private:
  // Position in the reversed order.
  ProgramTarget Flip(ProgramTarget target) const {
    return IsVerdict(target)
               ? target
               : static_cast<ProgramTarget>(tests_.size() - 1 - target);
  }

  // Returns where a run must enter to decide `expr`.
  ProgramTarget Emit(const Expr& expr, ProgramTarget if_true,
                     ProgramTarget if_false) {
    if (tests_.size() > max_tests_) return kReject;
    switch (expr.kind) {
      case Expr::Kind::kConstant:
        return expr.value ? if_true : if_false;
      case Expr::Kind::kPredicate:
        if (!expr.value) std::swap(if_true, if_false);
        tests_.push_back({expr.predicate, if_true, if_false});
        return static_cast<ProgramTarget>(tests_.size() - 1);
      case Expr::Kind::kAtLeast:
        return EmitAtLeast(expr, if_true, if_false);
      case Expr::Kind::kAnd:
      case Expr::Kind::kOr:
        break;
    }
    ProgramTarget next = expr.kind == Expr::Kind::kAnd ? if_true : if_false;
    const std::vector<const Expr*> order = CheapFirst(expr.children);
    for (auto child = order.rbegin(); child != order.rend(); ++child) {
      next = expr.kind == Expr::Kind::kAnd ? Emit(**child, next, if_false)
                                           : Emit(**child, if_true, next);
    }
    return next;
  }

  // One copy of each child for each number of children that held before it.
  ProgramTarget EmitAtLeast(const Expr& expr, ProgramTarget if_true,
                            ProgramTarget if_false) {
    const std::size_t child_count = expr.children.size();
    const std::size_t wanted = expr.at_least;
    // entry[held]: where to go on with `held` true children so far.
    std::vector<ProgramTarget> entry(wanted + 1, if_false);
    entry[wanted] = if_true;
    for (std::size_t i = child_count; i-- > 0;) {
      for (std::size_t held = 0; held < std::min(wanted, i + 1); ++held) {
        const bool reachable = held + (child_count - i) >= wanted;
        entry[held] = reachable
                          ? Emit(expr.children[i], entry[held + 1], entry[held])
                          : if_false;
      }
    }
    return entry[0];
  }

  std::vector<const Expr*> CheapFirst(const std::vector<Expr>& children) const {
    std::vector<const Expr*> order;
    order.reserve(children.size());
    for (const Expr& child : children) order.push_back(&child);
    std::stable_partition(
        order.begin(), order.end(),
        [this](const Expr* child) { return IsCheap(*child); });
    return order;
  }

  bool IsCheap(const Expr& expr) const {
    if (expr.kind == Expr::Kind::kPredicate) {
      return Index(expr.predicate) < decided_count_;
    }
    return std::all_of(expr.children.begin(), expr.children.end(),
                       [this](const Expr& child) { return IsCheap(child); });
  }

  const std::uint32_t decided_count_;
  const std::size_t max_tests_;
  std::vector<Test> tests_;
};

}  // namespace

std::optional<Program> CompileProgram(const Expr& expr,
                                      std::uint32_t decided_count,
                                      std::size_t max_tests) {
  return ProgramWriter(decided_count, max_tests).Write(expr);
}

}  // namespace hypersigma::internal
