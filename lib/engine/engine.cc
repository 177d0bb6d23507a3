#include "hypersigma/engine.h"

#include <utility>

#include "lib/base/status_macros.h"
#include "lib/base/whole_file.h"
#include "lib/engine/engine_file.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/hyperscan.h"
#include "lib/engine/rule_selection.h"

namespace hypersigma {

Engine::Engine(std::shared_ptr<const internal::EngineState> state)
    : state_(std::move(state)) {}
Engine::Engine(const Engine&) = default;
Engine& Engine::operator=(const Engine&) = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

absl::StatusOr<Engine> Engine::Build(const RuleSet& rules,
                                     const EngineOptions& options) {
  HS_ASSIGN_OR_RETURN(auto state, internal::EngineState::Build(rules, options));
  return Engine(std::move(state));
}

absl::StatusOr<Engine> Engine::Load(const std::string& path,
                                    const EngineLoadOptions& options) {
  HS_ASSIGN_OR_RETURN(const internal::WholeFile file,
                      internal::ReadWholeFile(path));
  auto state = internal::ReadEngineFile(file.bytes(), options);
  if (!state.ok()) {
    const absl::string_view reason = state.status().message();
    return absl::Status(
        state.status().code(),
        path + ": " + std::string(reason.data(), reason.size()));
  }
  return Engine(*std::move(state));
}

absl::Status Engine::Save(const std::string& path,
                          std::string_view rules_hash) const {
  HS_ASSIGN_OR_RETURN(const std::string bytes,
                      internal::WriteEngineFile(*state_, rules_hash));
  return internal::WriteWholeFile(path, bytes);
}

const Taxonomy& Engine::taxonomy() const { return state_->taxonomy(); }

std::span<const Rule> Engine::rules() const { return state_->rules().rules(); }

const LoadReport& Engine::report() const { return state_->report(); }

RuleMask Engine::Select(const RuleCriteria& criteria) const {
  return internal::SelectRules(rules(), criteria);
}

FieldId Engine::FindField(std::string_view name) const {
  return state_->plan().fields.Find(name);
}

std::span<const std::string> Engine::fields() const {
  return state_->rule_fields();
}

const internal::EngineState& Engine::state() const { return *state_; }

std::string PatternLibraryVersion() {
  return "libhs " + internal::LiteralLibraryVersion();
}

}  // namespace hypersigma
