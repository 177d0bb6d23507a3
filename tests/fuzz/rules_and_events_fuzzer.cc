// YAML text and events: engine and slow path load the same documents and say
// the same of every event.
//
// A line `===` ends the rules; each line behind it is an event.

#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

void Check(std::string_view text) {
  const std::string_view yaml = TakeUntil("\n===\n", text);
  auto comparison = Comparison::Load(yaml);
  if (!comparison.has_value() || comparison->rule_count() == 0) return;
  comparison->CheckEvent("{}");
  while (!text.empty()) comparison->CheckEvent(TakeUntil("\n", text));
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
