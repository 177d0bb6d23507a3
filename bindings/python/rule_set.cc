#include "bindings/python/rule_set.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "bindings/python/conversion.h"
#include "bindings/python/status.h"
#include "hypersigma/pipeline.h"
#include "hypersigma/rule_set.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

using Placeholders = std::map<std::string, std::vector<std::string>>;

RuleSetOptions Options(bool strict, const Placeholders& placeholders) {
  return {.strict = strict,
          .placeholders = {placeholders.begin(), placeholders.end()}};
}

RuleSet RulesFromPaths(const std::vector<nb::bytes>& paths, bool strict,
                       const Placeholders& placeholders) {
  const std::vector<std::string> names = ToStrings(paths);
  const RuleSetOptions options = Options(strict, placeholders);
  std::optional<absl::StatusOr<RuleSet>> rules;
  {
    nb::gil_scoped_release nogil;
    rules = RuleSet::FromPaths(names, options);
  }
  return ValueOrRaise(*std::move(rules), Subject::kRules);
}

RuleSet RulesFromYaml(const nb::bytes& yaml, bool strict,
                      const Placeholders& placeholders,
                      const std::string& label) {
  const RuleSetOptions options = Options(strict, placeholders);
  nb::gil_scoped_release nogil;
  return RuleSet::FromYaml({yaml.c_str(), yaml.size()}, options, label);
}

// Labels are bytes like paths, which they mostly are.
RuleSet RulesFromStreams(
    const std::vector<std::pair<nb::bytes, nb::bytes>>& labels_and_texts,
    bool strict, const Placeholders& placeholders) {
  std::vector<RuleStream> streams;
  streams.reserve(labels_and_texts.size());
  for (const auto& [label, text] : labels_and_texts) {
    streams.push_back({.label = std::string(label.c_str(), label.size()),
                       .yaml = std::string(text.c_str(), text.size())});
  }
  const RuleSetOptions options = Options(strict, placeholders);
  nb::gil_scoped_release nogil;
  return RuleSet::FromStreams(streams, options);
}

Pipeline PipelineFromFile(const nb::bytes& path) {
  return ValueOrRaise(Pipeline::FromFile({path.c_str(), path.size()}),
                      Subject::kPipeline);
}

Pipeline PipelineFromYaml(const nb::bytes& yaml, const std::string& label) {
  return ValueOrRaise(Pipeline::FromYaml({yaml.c_str(), yaml.size()}, label),
                      Subject::kPipeline);
}

Pipeline PipelineBuiltIn(const std::string& name) {
  return ValueOrRaise(Pipeline::BuiltIn(name), Subject::kPipeline);
}

RuleSet RulesUnder(const RuleSet& rules,
                   const std::vector<Pipeline>& pipelines) {
  std::optional<absl::StatusOr<RuleSet>> changed;
  {
    nb::gil_scoped_release nogil;
    changed = ApplyPipelines(rules, pipelines);
  }
  return ValueOrRaise(*std::move(changed), Subject::kPipeline);
}

}  // namespace

void BindPipeline(nb::module_& module) {
  nb::class_<Pipeline>(module, "Pipeline", "Changes to rules, as parsed.")
      .def_static("from_file", &PipelineFromFile, nb::arg("path"))
      .def_static("from_yaml", &PipelineFromYaml, nb::arg("yaml"),
                  nb::arg("label"))
      .def_static("built_in", &PipelineBuiltIn, nb::arg("name"))
      .def_static(
          "built_in_names",
          [] {
            nb::list names;
            for (const std::string_view name : Pipeline::BuiltInNames()) {
              names.append(ToStr(name));
            }
            return names;
          },
          nb::sig("def built_in_names() -> list[str]"))
      .def(
          "name", [](const Pipeline& self) { return ToStr(self.name()); },
          nb::sig("def name(self) -> str"))
      .def("priority", &Pipeline::priority);
}

void BindRuleSet(nb::module_& module) {
  nb::class_<RuleSet>(module, "RuleSet", "Loaded rules, not yet compiled.")
      .def_static("from_paths", &RulesFromPaths, nb::arg("paths"),
                  nb::arg("strict"), nb::arg("placeholders"))
      .def_static("from_yaml", &RulesFromYaml, nb::arg("yaml"),
                  nb::arg("strict"), nb::arg("placeholders"),
                  nb::arg("label") = "<yaml>")
      .def_static("from_streams", &RulesFromStreams, nb::arg("streams"),
                  nb::arg("strict"), nb::arg("placeholders"))
      .def("under", &RulesUnder, nb::arg("pipelines"))
      .def(
          "rules", [](const RuleSet& self) { return ToDicts(self.rules()); },
          nb::sig("def rules(self) -> list[dict[str, typing.Any]]"))
      .def(
          "documents",
          [](const RuleSet& self) {
            return ToDicts(std::span<const Document>(self.report().documents));
          },
          nb::sig("def documents(self) -> list[dict[str, typing.Any]]"));
}

}  // namespace hypersigma::python
