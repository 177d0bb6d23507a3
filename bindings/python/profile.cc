#include "bindings/python/profile.h"

#include <nanobind/stl/string.h>

#include <optional>
#include <string>

#include "bindings/python/conversion.h"
#include "bindings/python/engine.h"
#include "bindings/python/file_scan.h"
#include "bindings/python/status.h"
#include "hypersigma/profile.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

Profile FromNdjson(const nb::bytes& text, const std::string& label) {
  std::optional<absl::StatusOr<Profile>> profile;
  {
    const std::string_view lines(text.c_str(), text.size());
    nb::gil_scoped_release nogil;
    profile = Profile::FromNdjson(lines, label);
  }
  return ValueOrRaise(*std::move(profile), Subject::kArgument);
}

Profile FromFile(const nb::bytes& path) {
  const std::string name(path.c_str(), path.size());
  std::optional<absl::StatusOr<Profile>> profile;
  {
    nb::gil_scoped_release nogil;
    profile = Profile::FromFile(name);
  }
  return ValueOrRaise(*std::move(profile), Subject::kArgument);
}

void WriteTo(const Profile& self, const nb::bytes& path) {
  const std::string name(path.c_str(), path.size());
  absl::Status status;
  {
    nb::gil_scoped_release nogil;
    status = self.WriteTo(name);
  }
  if (!status.ok()) RaiseStatus(status, Subject::kFile);
}

}  // namespace

void BindProfile(nb::module_& module) {
  nb::class_<Profile>(module, "Profile", "How often predicates occur.")
      .def(nb::init<>())
      .def_static("from_ndjson", &FromNdjson, nb::arg("text"), nb::arg("label"))
      .def_static("from_file", &FromFile, nb::arg("path"))
      .def("to_ndjson",
           [](const Profile& self) {
             const std::string text = self.ToNdjson();
             return nb::bytes(text.data(), text.size());
           })
      .def("write", &WriteTo, nb::arg("path"))
      .def("events", &Profile::events)
      .def("predicates", &Profile::predicates);
}

void BindProfiling(nb::module_& module) {
  module.def(
      "profile_files",
      [](const PythonEngine& engine, const FileScan& scan) {
        return ProfileFiles(engine.engine(), scan);
      },
      nb::arg("engine"), nb::arg("scan"),
      nb::sig("def profile_files(engine: Engine, scan: FileScan) -> "
              "tuple[Profile, list[tuple[int, int]], dict[str, typing.Any]]"));
}

}  // namespace hypersigma::python
