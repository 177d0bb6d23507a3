// Counts how often items of each kind were true and false.

#ifndef HYPERSIGMA_TESTS_PROPERTY_COVERAGE_H_
#define HYPERSIGMA_TESTS_PROPERTY_COVERAGE_H_

#include <cstdint>
#include <map>
#include <string>

#include "lib/reference/evaluator.h"
#include "lib/reference/event.h"

namespace hypersigma::property {

struct Coverage {
  struct Counts {
    std::uint64_t holds = 0;
    std::uint64_t fails = 0;
  };
  // Keys: modifiers as written, and kinds of items: "keyword", "text", ...
  std::map<std::string, Counts> items;
  std::uint64_t cases = 0;
  std::uint64_t matches = 0;
};

// Adds the verdict of the rule and of each of its items on the event.
void AddToCoverage(const reference::ReferenceRule& rule,
                   reference::ReferenceEvent& event, Coverage& coverage);

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_COVERAGE_H_
