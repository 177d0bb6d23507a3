// A condition, compiled: tests of predicates joined by jumps.

#ifndef HYPERSIGMA_LIB_COMPILE_PROGRAM_H_
#define HYPERSIGMA_LIB_COMPILE_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/compile/predicate.h"

namespace hypersigma::internal {

// Position of the next test, or a verdict.
using ProgramTarget = std::uint32_t;
inline constexpr ProgramTarget kAccept = 0xFFFFFFFFu;
inline constexpr ProgramTarget kReject = 0xFFFFFFFEu;

struct Test {
  PredicateId predicate{};
  ProgramTarget if_true = kAccept;
  ProgramTarget if_false = kReject;
  // How many tests from this one on are of predicates whose ids count up, each
  // false unless it fires on a value of one field, and follow one another where
  // they are false. 1 unless the engine has looked.
  std::uint32_t run = 1;

  friend bool operator==(const Test&, const Test&) = default;
};

// Jumps go forward only, so every run ends. Evaluation needs no stack and
// stops at the first verdict.
struct Program {
  std::vector<Test> tests;
  // Where a run begins; a constant condition has no tests.
  ProgramTarget start = kReject;

  friend bool operator==(const Program&, const Program&) = default;
};

struct Expr;

// Returns the program of `expr`, in which predicates below `decided_count` are
// tested before those on demand wherever order is free; nullopt past
// `max_tests`.
std::optional<Program> CompileProgram(const Expr& expr,
                                      std::uint32_t decided_count,
                                      std::size_t max_tests);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_COMPILE_PROGRAM_H_
