#include "bindings/python/scan_options.h"

#include <nanobind/nanobind.h>

#include "bindings/python/status.h"
#include "hypersigma/taxonomy.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

Routing RoutingOf(const std::string& name) {
  if (name == "auto") return Routing::kAuto;
  if (name == "strict") return Routing::kStrict;
  if (name == "off") return Routing::kOff;
  const std::string message =
      "routing is '" + name + "', not 'auto', 'strict' or 'off'";
  throw nb::value_error(message.c_str());
}

}  // namespace

ScanOptions MakeScanOptions(const std::string& routing,
                            const std::string& log_source,
                            const std::string& layout, const SharedMask* mask) {
  ScanOptions options;
  options.scanner.routing = RoutingOf(routing);
  if (!log_source.empty()) {
    options.scanner.log_source =
        ValueOrRaise(ParseLogSource(log_source), Subject::kArgument);
  }
  options.scanner.layout = layout;
  if (mask != nullptr) options.scanner.rules = mask->rules;
  options.key = routing + '\0' + log_source + '\0' + layout;
  return options;
}

}  // namespace hypersigma::python
