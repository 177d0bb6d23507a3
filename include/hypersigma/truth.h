// What is said of a rule, a selection or a detection item.

#ifndef HYPERSIGMA_TRUTH_H_
#define HYPERSIGMA_TRUTH_H_

#include <cstdint>
#include <string_view>

#include "hypersigma/export.h"

namespace hypersigma {

// kUndecided: a limit was reached before it could be told.
enum class Truth : std::uint8_t { kFalse, kTrue, kUndecided };

// Returns "false", "true" or "undecided".
HYPERSIGMA_EXPORT std::string_view TruthName(Truth truth);

}  // namespace hypersigma

#endif  // HYPERSIGMA_TRUTH_H_
