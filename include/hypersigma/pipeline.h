// Processing pipelines: they fit rules to what events look like, before the
// rules are compiled.
//
// Between the first two steps of the data's way: RuleSet -> ApplyPipelines() ->
// RuleSet -> Engine -> Scanner. They cost nothing per event. The format is that
// of pySigma; docs/pipelines.md says what is supported and what differs.
// Source: pySigma documentation, "Processing Pipelines".

#ifndef HYPERSIGMA_PIPELINE_H_
#define HYPERSIGMA_PIPELINE_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "hypersigma/export.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {

namespace internal {
struct PipelineDefinition;
}  // namespace internal

// A list of changes to rules, each with the conditions under which it is made.
// An immutable value: copies are cheap, and any number of threads may use one.
class HYPERSIGMA_EXPORT Pipeline {
 public:
  // Reads the YAML file `path`. Errors: kInvalidArgument as of FromYaml();
  // kNotFound, kPermissionDenied, kInternal when the file cannot be read;
  // kResourceExhausted when it is over 16 MiB.
  static absl::StatusOr<Pipeline> FromFile(const std::string& path);

  // Reads one YAML document; `label` stands for the file in messages. Errors:
  // kInvalidArgument, whose message has every problem on a line of its own, as
  // `file:line:column: message`: nothing is half read. Cost: linear.
  static absl::StatusOr<Pipeline> FromYaml(
      std::string_view yaml, std::string_view label = "<pipeline>");

  // Returns a pipeline of this library, whose text is in data/pipelines: for
  // events of Sysmon, for Security audit events, for Winlogbeat's names.
  // Errors: kNotFound for a name that is not in BuiltInNames().
  static absl::StatusOr<Pipeline> BuiltIn(std::string_view name);

  // "ecs-windows", "sysmon", "windows-audit".
  static std::span<const std::string_view> BuiltInNames();

  Pipeline(const Pipeline&);
  Pipeline& operator=(const Pipeline&);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // The file's own name for itself, or the file or label.
  const std::string& name() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Pipelines are applied in the order of this number, the lowest first.
  int priority() const;

  // What it was read from: its label, and the document as it was.
  const std::string& label() const ABSL_ATTRIBUTE_LIFETIME_BOUND;
  const std::string& text() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  friend HYPERSIGMA_EXPORT absl::StatusOr<RuleSet> ApplyPipelines(
      const RuleSet& rules, std::span<const Pipeline> pipelines);
  explicit Pipeline(
      std::shared_ptr<const internal::PipelineDefinition> definition);

  std::shared_ptr<const internal::PipelineDefinition> definition_;
};

// Returns `rules` as `pipelines` change them, in order of priority, those of
// the same priority as given; what one says of a rule (state, which items were
// applied) the next one knows. Filters are part of their rules by then.
//
// A rule for which an item fails, or that would keep no condition, is refused:
// its document in the report says so and names pipeline and item; all other
// rules go on, with new RuleIds. Correlations that refer to nothing but refused
// rules are refused too.
//
// Rules that were refused for a placeholder without values load if a pipeline
// has a value for it. A Verifier reads rules as they are written, and so cannot
// judge the result: see RuleSet::pipelines().
//
// Errors: kFailedPrecondition when pipelines that replace placeholders come
// after others were applied; kResourceExhausted without memory. Cost: some 20
// us a rule and 5 more a pipeline; twice the loading where placeholders are
// replaced.
HYPERSIGMA_EXPORT absl::StatusOr<RuleSet> ApplyPipelines(
    const RuleSet& rules, std::span<const Pipeline> pipelines);

}  // namespace hypersigma

#endif  // HYPERSIGMA_PIPELINE_H_
