// A folder of engine files, so that rules are compiled once and loaded from
// then on.
//
// In place of RuleSet::FromPaths(), ApplyPipelines() and Engine::Build().

#ifndef HYPERSIGMA_ENGINE_CACHE_H_
#define HYPERSIGMA_ENGINE_CACHE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/export.h"
#include "hypersigma/pipeline.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {

// Everything that an engine depends on.
struct EngineSource {
  // As for RuleSet::FromPaths().
  std::vector<std::string> paths;
  RuleSetOptions rule_options{};
  // As for ApplyPipelines().
  std::vector<Pipeline> pipelines{};
  EngineOptions engine_options{};
};

struct CachedEngine {
  Engine engine;
  // The engine file, whether or not it could be written.
  std::string file;
  bool is_loaded = false;
  // Why the file that was there is not taken, or why none could be written;
  // empty when all is well.
  std::string note{};
};

// Returns the engine of `source`: from the folder `cache`, which is made if it
// is not there, or built, and then saved there for the next time. The texts of
// the rules are read and compared by a sum in any case, so a change of a rule,
// a pipeline, the taxonomy or an option is a different engine; so is another
// path to the same rules, since rules name their files. Files that are damaged,
// or of another version or CPU, are built anew and replaced. Several processes
// may use one folder. Nothing is ever removed from it.
//
// TRUST: engine files are code; see Engine::Load(). Only those who may change
// the program should be able to write to the folder.
//
// Errors: those of RuleSet::FromPaths(), ApplyPipelines() and Engine::Build();
// never of the cache. Cost: reading the rules, some 10 us each, and
// Engine::Load().
HYPERSIGMA_EXPORT absl::StatusOr<CachedEngine> LoadOrBuild(
    const EngineSource& source, const std::string& cache);

}  // namespace hypersigma

#endif  // HYPERSIGMA_ENGINE_CACHE_H_
