#include "bindings/python/catalog.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bindings/python/conversion.h"
#include "bindings/python/status.h"
#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

// Labels are text, roots are paths as they were given to RuleSet.
using Sources = std::vector<std::pair<nb::bytes, nb::bytes>>;

std::string ToString(const nb::bytes& bytes) {
  return {bytes.c_str(), bytes.size()};
}

Catalog BuildCatalog(const RuleSet& rules, const Sources& sources,
                     const Taxonomy& taxonomy, bool compare) {
  CatalogOptions options;
  for (const auto& [label, root] : sources) {
    options.sources.push_back(
        {.label = ToString(label), .root = ToString(root)});
  }
  options.taxonomy = taxonomy;
  options.compare = compare;
  std::optional<absl::StatusOr<Catalog>> catalog;
  {
    nb::gil_scoped_release nogil;
    catalog = Catalog::Build(rules, options);
  }
  return ValueOrRaise(*std::move(catalog), Subject::kArgument);
}

RuleId RuleAt(const Catalog& self, std::uint32_t position) {
  if (position >= self.rules().size()) throw nb::index_error();
  return RuleId{position};
}

nb::bytes Page(const Catalog& self, std::uint32_t position) {
  const RuleId rule = RuleAt(self, position);
  std::string json;
  {
    nb::gil_scoped_release nogil;
    json = self.PageJson(rule);
  }
  return nb::bytes(json.data(), json.size());
}

nb::bytes Index(const Catalog& self) {
  std::string json;
  absl::Status status;
  {
    nb::gil_scoped_release nogil;
    status = self.WriteIndexJson([&json](std::string_view piece) {
      json += piece;
      return absl::OkStatus();
    });
  }
  if (!status.ok()) RaiseStatus(status, Subject::kArgument);
  return nb::bytes(json.data(), json.size());
}

std::vector<std::uint32_t> ToNumbers(std::span<const RuleId> rules) {
  std::vector<std::uint32_t> numbers;
  numbers.reserve(rules.size());
  for (const RuleId rule : rules) {
    numbers.push_back(static_cast<std::uint32_t>(rule));
  }
  return numbers;
}

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs ToPairs(std::span<const Implication> implications) {
  Pairs pairs;
  pairs.reserve(implications.size());
  for (const Implication& each : implications) {
    pairs.emplace_back(static_cast<std::uint32_t>(each.narrow),
                       static_cast<std::uint32_t>(each.wide));
  }
  return pairs;
}

std::vector<std::vector<std::uint32_t>> EqualRules(const Catalog& self) {
  std::vector<std::vector<std::uint32_t>> groups;
  for (const std::vector<RuleId>& group : self.equal_rules()) {
    groups.push_back(ToNumbers(group));
  }
  return groups;
}

std::optional<std::uint32_t> Find(const Catalog& self, const std::string& key) {
  const std::optional<RuleId> rule = self.Find(key);
  if (!rule.has_value()) return std::nullopt;
  return static_cast<std::uint32_t>(*rule);
}

}  // namespace

void BindCatalog(nb::module_& module) {
  module.attr("catalog_schema") = kCatalogSchema;
  nb::class_<Catalog>(module, "Catalog", "What rules look for.")
      .def_static("build", &BuildCatalog, nb::arg("rules"), nb::arg("sources"),
                  nb::arg("taxonomy"), nb::arg("compare"))
      .def("__len__", [](const Catalog& self) { return self.rules().size(); })
      .def(
          "key",
          [](const Catalog& self, std::uint32_t position) {
            return ToStr(self.KeyOf(RuleAt(self, position)));
          },
          nb::arg("position"), nb::sig("def key(self, position: int) -> str"))
      .def("find", &Find, nb::arg("key"))
      .def("page", &Page, nb::arg("position"))
      .def("index", &Index)
      .def("equal_rules", &EqualRules)
      .def("implied_rules",
           [](const Catalog& self) { return ToPairs(self.implied_rules()); })
      .def("not_decided",
           [](const Catalog& self) { return ToPairs(self.not_decided()); });
}

}  // namespace hypersigma::python
