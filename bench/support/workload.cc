#include "bench/support/workload.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "bench/support/or_die.h"
#include "bench/support/provenance.h"
#include "lib/compile/plan.h"

namespace hypersigma::bench {

Workload ReadWorkload(Flags& flags) {
  const std::string examples = HYPERSIGMA_EXAMPLES_DIR;
  const std::string rules_path = flags.TakeText("rules", examples + "/rules");
  const std::string events_path =
      flags.TakeText("events", examples + "/events/windows.ndjson");
  const std::size_t check_count = flags.TakeCount("check", 200);
  RuleSet rules = LoadRules(rules_path);
  if (rules.rules().empty()) Die(rules_path + ": has no rules");
  Workload workload{rules_path, events_path, std::move(rules),
                    Events::Read(events_path),
                    flags.only_lists() ? 0 : check_count};
  AddProvenance(workload);
  return workload;
}

RuleSet LoadRules(const std::string& path) {
  return OrDie(RuleSet::FromPaths({&path, 1}));
}

Engine BuildEngine(const RuleSet& rules) { return OrDie(Engine::Build(rules)); }

RuleSet LoadFieldRules(const std::string& path) {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(path)) {
    if (entry.path().extension() != ".yml") continue;
    const std::string file = entry.path().string();
    const RuleSet rules = LoadRules(file);
    const internal::Plan plan = internal::CompilePlan(rules.detection_rules());
    if (!plan.has_keywords) paths.push_back(file);
  }
  std::sort(paths.begin(), paths.end());
  return OrDie(RuleSet::FromPaths(paths));
}

}  // namespace hypersigma::bench
