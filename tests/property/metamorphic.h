// What the metamorphic tests share: engines over generated rules, what they say
// of an event, and batches of rules with events made for them.

#ifndef HYPERSIGMA_TESTS_PROPERTY_METAMORPHIC_H_
#define HYPERSIGMA_TESTS_PROPERTY_METAMORPHIC_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/event.h"
#include "hypersigma/scanner.h"
#include "lib/reference/json_value.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::property {

inline constexpr std::size_t kRulesPerBatch = 25;
inline constexpr std::size_t kEventsPerBatch = 20;

struct MetamorphicFlags {
  std::uint64_t seed = 1;
  std::uint64_t cases = 15'000;  // (rule, event) pairs for each property
};
MetamorphicFlags& Flags();

// Titles of rules that hold, each with its true selections and what hit, and of
// those that are undecided.
using Outcome = std::map<std::string, std::string>;

enum class Detail { kAll, kSelections };

// An engine over generated rules, and a scanner that keeps what it learns.
// Failures of theirs are failures of the test.
class Judge {
 public:
  explicit Judge(const std::vector<std::string>& documents,
                 Detail detail = Detail::kAll);
  // With a scanner that has seen nothing.
  explicit Judge(Engine engine);

  Outcome Scan(std::string_view json);
  Outcome Scan(const reference::JsonValue& event);
  Outcome Scan(Event event);

  const Engine& engine() const { return engine_; }

 private:
  Detail detail_;
  Engine engine_;
  Scanner scanner_;
};

struct Batch {
  explicit Batch(std::uint64_t seed);

  generator::Random random;
  std::vector<generator::GeneratedRule> rules;
  std::vector<std::string> documents;
  std::vector<reference::JsonValue> events;
};

// Calls `check` with batches until enough cases have been seen. `cost` is what
// a case costs, compared with others.
template <typename Check>
void ForEachBatch(std::uint64_t cost, const Check& check) {
  const std::uint64_t batches = std::max<std::uint64_t>(
      1, Flags().cases / cost / (kRulesPerBatch * kEventsPerBatch));
  for (std::uint64_t i = 0; i < batches; ++i) {
    const std::uint64_t seed = Flags().seed + i;
    SCOPED_TRACE("--seed=" + std::to_string(seed));
    Batch batch(seed);
    check(batch);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace hypersigma::property

#endif  // HYPERSIGMA_TESTS_PROPERTY_METAMORPHIC_H_
