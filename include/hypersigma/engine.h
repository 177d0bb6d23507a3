// The compiled form of a RuleSet: immutable, shared by all scanners.
//
// Second step of the data's way: RuleSet -> Engine -> Scanner.

#ifndef HYPERSIGMA_ENGINE_H_
#define HYPERSIGMA_ENGINE_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/base/attributes.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hypersigma/event.h"
#include "hypersigma/export.h"
#include "hypersigma/profile.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {

namespace internal {
class EngineState;
}  // namespace internal

struct EngineOptions {
  // Speed: threads that compile the literal databases; 0 takes one per core.
  int compile_threads = 0;
  // Behaviour: literals of one field's database, and of the keywords'. Rules
  // that would take it past that are refused. Each costs some 100 us and 3 KB.
  std::size_t max_field_patterns = 1'000'000;
  // Behaviour: what events are called, and which log sources they belong to.
  Taxonomy taxonomy{};
  // Behaviour: the member of an event whose own members product, category and
  // service state the event's log source. Empty: events are not believed, since
  // whoever can choose a member of an event could choose its rules.
  std::string log_source_field{};
  // Speed: how often what rules look for occurs, from a sample of events. By
  // default that is estimated. Matches are the same with any.
  Profile profile{};
};

struct EngineLoadOptions {
  // Speed: threads that load; 0 takes one per core.
  int threads = 0;
  // Behaviour: the file must have been saved with the same; empty takes any.
  std::string rules_hash{};
};

// All rules of a RuleSet, compiled. A value that shares immutable state: copies
// are cheap, and any number of threads may scan with one engine at once, each
// with its own Scanner.
//
// Cost: some 0.2 ms and 3 KB a rule to build.
class HYPERSIGMA_EXPORT Engine {
 public:
  // Compiles `rules` and proves every literal database with planted literals
  // before it is used. Errors: kInternal when the pattern library loses a
  // planted literal or fails; kResourceExhausted past a limit.
  static absl::StatusOr<Engine> Build(const RuleSet& rules,
                                      const EngineOptions& options = {});

  // Reads what Save() wrote: nothing is parsed or compiled. The literal
  // databases are proved again where the pattern library's build or the CPU is
  // not that of the file. A loaded engine does what the saved one does, but has
  // no texts of rules for a Verifier.
  //
  // TRUST: an engine file is code. Damage by accident is found; who can write
  // the file can make the process do anything. docs/engine_file.md says more.
  //
  // Errors, each with the reason: kDataLoss when the file is damaged or none of
  // ours; kFailedPrecondition when it is of another version of this library, of
  // its format, or of the pattern library, for another kind of CPU, or of other
  // rules; kNotFound, kPermissionDenied, kInternal when it cannot be read.
  // Cost: some 5 us and 3 KB a rule.
  static absl::StatusOr<Engine> Load(const std::string& path,
                                     const EngineLoadOptions& options = {});

  // Writes the engine to a file for Load(). The file appears at once and whole,
  // in place of what was there; `rules_hash` is any text by which the caller
  // tells engines apart. Errors: kNotFound, kPermissionDenied, kInternal when
  // it cannot be written; kInvalidArgument when `path` is there and no file;
  // kResourceExhausted past a limit. Cost: some 15 us and 4 KB a rule.
  absl::Status Save(const std::string& path,
                    std::string_view rules_hash = {}) const;

  Engine(const Engine&);
  Engine& operator=(const Engine&);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  // The rules, indexed by RuleId.
  std::span<const Rule> rules() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // How every document was loaded.
  const LoadReport& report() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // What events are called, as given to Build().
  const Taxonomy& taxonomy() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Returns the rules that meet `criteria`. Cost: linear in the rules.
  RuleMask Select(const RuleCriteria& criteria) const;

  // Returns the id of the field `name`, compared exactly, or kUnnamedField when
  // neither a rule looks at it nor routing. A dotted name is one field, as
  // rules write it. Cost: one hash look-up.
  FieldId FindField(std::string_view name) const;

  // Field names that rules look at, indexed by FieldId.
  std::span<const std::string> fields() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // For Scanner; not part of the contract.
  const internal::EngineState& state() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  explicit Engine(std::shared_ptr<const internal::EngineState> state);

  std::shared_ptr<const internal::EngineState> state_;
};

// Returns name and version of the pattern library in use, e.g. "libhs 5.4.0
// 2021-01-26".
HYPERSIGMA_EXPORT std::string PatternLibraryVersion();

}  // namespace hypersigma

#endif  // HYPERSIGMA_ENGINE_H_
