#include "hypersigma/engine_cache.h"

#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/cache/source_hash.h"
#include "lib/rule/rule_files.h"
#include "lib/rule/rule_set_parts.h"

namespace hypersigma {
namespace internal {
namespace {

absl::StatusOr<std::vector<RuleFileText>> ReadAll(
    const std::vector<std::string>& paths, int thread_count) {
  std::vector<RuleFile> files;
  for (const std::string& path : paths) {
    HS_ASSIGN_OR_RETURN(std::vector<RuleFile> found, FindRuleFiles(path));
    files.insert(files.end(), std::make_move_iterator(found.begin()),
                 std::make_move_iterator(found.end()));
  }
  return ReadRuleFiles(std::move(files), thread_count);
}

std::string MessageOf(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

// Returns why the engine could not be saved; empty if it was.
std::string SaveTo(const CachedEngine& cached, const std::string& folder,
                   const std::string& hash) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return "engine file not written: " + folder + ": " + error.message();
  }
  const absl::Status status = cached.engine.Save(cached.file, hash);
  if (status.ok()) return {};
  return "engine file not written: " + MessageOf(status);
}

}  // namespace
}  // namespace internal

absl::StatusOr<CachedEngine> LoadOrBuild(const EngineSource& source,
                                         const std::string& cache) {
  const int threads = source.engine_options.compile_threads;
  HS_ASSIGN_OR_RETURN(std::vector<internal::RuleFileText> files,
                      internal::ReadAll(source.paths, threads));
  HS_ASSIGN_OR_RETURN(const std::string hash, internal::HashOf(files, source));
  const std::string path =
      (std::filesystem::path(cache) / (hash + ".hsengine")).string();
  absl::StatusOr<Engine> loaded =
      Engine::Load(path, {.threads = threads, .rules_hash = hash});
  if (loaded.ok()) return CachedEngine{*std::move(loaded), path, true};

  HS_ASSIGN_OR_RETURN(const RuleSet rules,
                      ApplyPipelines(internal::RuleSetParts::Load(
                                         std::move(files), source.rule_options),
                                     source.pipelines));
  HS_ASSIGN_OR_RETURN(Engine engine,
                      Engine::Build(rules, source.engine_options));
  CachedEngine built{std::move(engine), path};
  if (!absl::IsNotFound(loaded.status())) {
    built.note =
        "engine file replaced: " + internal::MessageOf(loaded.status());
  }
  std::string problem = internal::SaveTo(built, cache, hash);
  if (!problem.empty()) built.note = std::move(problem);
  return built;
}

}  // namespace hypersigma
