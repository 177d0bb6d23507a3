#include "bench/support/check.h"

#include <string>

#include "bench/support/or_die.h"
#include "hypersigma/scanner.h"
#include "hypersigma/verifier.h"

namespace hypersigma::bench {
namespace {

std::string Describe(std::string_view what, std::string_view line,
                     const Engine& engine, const Difference& difference) {
  std::string text(what);
  text += ": the reference evaluator says otherwise";
  if (difference.rule.has_value()) {
    const Rule& rule =
        engine.rules()[static_cast<std::size_t>(*difference.rule)];
    text += " of the rule '" + rule.title + "' (" + rule.file + ")";
  } else {
    text += " of the event: " + difference.reason;
  }
  return text + "\n" + std::string(line.substr(0, 2000));
}

}  // namespace

void CheckAgainstReference(std::string_view what, const Engine& engine,
                           const Events& events, std::size_t count) {
  if (count == 0) return;
  const Verifier verifier = OrDie(Verifier::Create(engine));
  for (const LoadDifference& difference : verifier.load_differences()) {
    Die(std::string(what) + ": only one side loads '" + difference.title +
            "': " + difference.reason,
        kWrongResults);
  }
  Scanner scanner = OrDie(Scanner::Create(engine, {.routing = Routing::kOff}));
  const Events sample = events.Sample(count);
  for (const std::string_view line : sample.lines()) {
    const Verification found = verifier.Verify(line, scanner.ScanJson(line));
    if (found.differences.empty()) continue;
    Die(Describe(what, line, engine, found.differences.front()), kWrongResults);
  }
}

void CheckEqual(std::string_view what, std::size_t found,
                std::size_t expected) {
  if (found == expected) return;
  Die(std::string(what) + ": " + std::to_string(found) + " matches, not " +
          std::to_string(expected),
      kWrongResults);
}

}  // namespace hypersigma::bench
