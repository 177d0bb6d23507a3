#include "bindings/python/engine_file.h"

#include <nanobind/stl/map.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "bindings/python/conversion.h"
#include "bindings/python/status.h"
#include "hypersigma/engine_cache.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

using Placeholders = std::map<std::string, std::vector<std::string>>;

std::unique_ptr<PythonEngine> Load(const nb::bytes& path) {
  const std::string name(path.c_str(), path.size());
  std::optional<absl::StatusOr<Engine>> engine;
  {
    nb::gil_scoped_release nogil;
    engine = Engine::Load(name);
  }
  return std::make_unique<PythonEngine>(
      ValueOrRaise(*std::move(engine), Subject::kEngineFile));
}

void Save(const PythonEngine& self, const nb::bytes& path) {
  const std::string name(path.c_str(), path.size());
  absl::Status status;
  {
    nb::gil_scoped_release nogil;
    status = self.engine().Save(name);
  }
  if (!status.ok()) RaiseStatus(status, Subject::kFile);
}

// Returns (engine, whether it was loaded, note).
nb::tuple FromCache(const std::vector<nb::bytes>& paths, bool strict,
                    const Placeholders& placeholders,
                    const std::vector<Pipeline>& pipelines,
                    const Taxonomy& taxonomy,
                    const std::string& log_source_field, const Profile& profile,
                    const nb::bytes& cache) {
  EngineSource source;
  source.paths = ToStrings(paths);
  source.rule_options.strict = strict;
  source.rule_options.placeholders.insert(placeholders.begin(),
                                          placeholders.end());
  source.pipelines = pipelines;
  source.engine_options.taxonomy = taxonomy;
  source.engine_options.log_source_field = log_source_field;
  source.engine_options.profile = profile;
  const std::string folder(cache.c_str(), cache.size());
  std::optional<absl::StatusOr<CachedEngine>> cached;
  {
    nb::gil_scoped_release nogil;
    cached = LoadOrBuild(source, folder);
  }
  CachedEngine result = ValueOrRaise(*std::move(cached), Subject::kRules);
  return nb::make_tuple(
      nb::cast(std::make_unique<PythonEngine>(std::move(result.engine))),
      result.is_loaded, ToStr(result.note));
}

}  // namespace

void BindEngineFile(nb::class_<PythonEngine>& engine) {
  engine.def_static("load", &Load, nb::arg("path"))
      .def("save", &Save, nb::arg("path"))
      .def_static(
          "load_or_build", &FromCache, nb::arg("paths"), nb::arg("strict"),
          nb::arg("placeholders"), nb::arg("pipelines"), nb::arg("taxonomy"),
          nb::arg("log_source_field"), nb::arg("profile"), nb::arg("cache"),
          nb::sig("def load_or_build(paths: typing.Sequence[bytes], strict: "
                  "bool, placeholders: typing.Mapping[str, "
                  "typing.Sequence[str]], pipelines: "
                  "typing.Sequence[Pipeline], taxonomy: Taxonomy, "
                  "log_source_field: str, profile: Profile, cache: bytes) -> "
                  "tuple[Engine, bool, str]"));
}

}  // namespace hypersigma::python
