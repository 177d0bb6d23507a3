// Bytes choose what the generators of the property test make: rules and events
// that are nearly always well formed. Engine and slow path agree on them.

#include <string>
#include <vector>

#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/event_generator.h"
#include "tests/support/json_writer.h"
#include "tests/support/random.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::fuzz {
namespace {

constexpr std::size_t kEvents = 4;

void Check(std::string_view choices) {
  generator::Random random(choices);
  std::vector<generator::GeneratedRule> rules;
  std::string yaml;
  for (std::size_t i = random.Between(1, 3); i > 0; --i) {
    rules.push_back(RandomRule("R" + std::to_string(i), random));
    yaml += "---\n" + rules.back().yaml;
  }
  auto comparison = Comparison::Load(yaml);
  if (!comparison.has_value() || comparison->rule_count() == 0) return;
  for (std::size_t i = 0; i < kEvents; ++i) {
    comparison->CheckEvent(
        WriteJsonRandomly(RandomEvent(rules, random), random));
  }
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
