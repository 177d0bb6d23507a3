// All documents of several YAML streams, with what they do to one another.
// Source: design document "semantics", 1.2, 1.7 and 8.

#ifndef HYPERSIGMA_LIB_REFERENCE_RULE_SET_H_
#define HYPERSIGMA_LIB_REFERENCE_RULE_SET_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "lib/reference/evaluator.h"
#include "lib/reference/pattern.h"

namespace hypersigma::reference {

// One document and what became of it.
struct ReferenceDocument {
  enum class Kind {
    kRule,         // also `action: repeat`
    kFilter,       // reports nothing itself
    kCorrelation,  // recognised; neither checked nor evaluated
    kTemplate,     // `action: global` or `reset`
    kUnknown,      // refused before that could be told
  };
  std::size_t stream = 0;  // position in the list of streams
  std::size_t index = 0;   // position in its stream, empty documents left out
  Kind kind = Kind::kUnknown;
  // Not ok: refused.
  absl::Status status;
  std::optional<ReferenceRule> rule;  // kRule, unless refused
};

struct ReferenceStream {
  std::string_view name;
  std::string_view yaml;
};

// Loads all streams. A collection is one stream; filters are about the rules of
// all. Returns every document in order.
std::vector<ReferenceDocument> LoadReferenceRules(
    std::span<const ReferenceStream> streams,
    const Placeholders& placeholders = {});

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_RULE_SET_H_
