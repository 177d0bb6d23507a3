// Prints which Sigma rules match which events of an NDJSON file.
//
//   scan_ndjson RULES EVENTS
//
// RULES is a rule file or a folder of them, EVENTS one JSON object a line. A
// line of output is `event index <tab> rule id <tab> title`. Everything is done
// by hand here to show the three steps; hypersigma/file_scanner.h does the
// reading for you, over several threads.

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <string>

#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"

namespace {

int Fail(const absl::Status& status) {
  std::cerr << status.ToString() << "\n";
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: scan_ndjson RULES EVENTS\n";
    return 2;
  }

  // One bad document never stops the others: the report tells of it.
  const std::string paths[] = {argv[1]};
  const auto rules = hypersigma::RuleSet::FromPaths(paths);
  if (!rules.ok()) return Fail(rules.status());
  for (const hypersigma::Document& document : rules->report().documents) {
    for (const hypersigma::Diagnostic& diagnostic : document.diagnostics) {
      std::cerr << hypersigma::Format(diagnostic);
    }
  }

  // The engine is shared by any number of threads, a scanner belongs to one.
  const auto engine = hypersigma::Engine::Build(*rules);
  if (!engine.ok()) return Fail(engine.status());
  auto scanner = hypersigma::Scanner::Create(*engine);
  if (!scanner.ok()) return Fail(scanner.status());

  std::ifstream events(argv[2]);
  if (!events) return Fail(absl::NotFoundError("cannot read the events"));
  std::string line;
  for (std::uint64_t index = 0; std::getline(events, line); ++index) {
    const auto result = scanner->ScanJson(line);
    if (!result.ok()) return Fail(result.status());
    for (const hypersigma::Match& match : result->matches) {
      const auto rule = static_cast<std::size_t>(match.rule);
      std::cout << index << "\t" << engine->rules()[rule].id << "\t"
                << engine->rules()[rule].title << "\n";
    }
  }
  return 0;
}
