// The extension module hypersigma._hypersigma: plain values in, plain values
// out. The package around it has the types, the errors and the documentation.

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "bindings/python/catalog.h"
#include "bindings/python/column_scan.h"
#include "bindings/python/conversion.h"
#include "bindings/python/engine.h"
#include "bindings/python/engine_file.h"
#include "bindings/python/explainer.h"
#include "bindings/python/file_scan.h"
#include "bindings/python/profile.h"
#include "bindings/python/rule_set.h"
#include "bindings/python/scan_options.h"
#include "bindings/python/status.h"
#include "hypersigma/libraries.h"
#include "hypersigma/modifiers.h"
#include "hypersigma/rule_mask.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"
#include "hypersigma/time_range.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

// Tuples of (name, takes, summary).
nb::list ListModifiers() {
  nb::list result;
  for (const ModifierInfo& modifier : Modifiers()) {
    result.append(nb::make_tuple(ToStr(modifier.name), ToStr(modifier.takes),
                                 ToStr(modifier.summary)));
  }
  return result;
}

nb::list Fields(const PythonEngine& self) {
  nb::list result;
  for (const std::string& field : self.engine().fields()) {
    result.append(ToStr(field));
  }
  return result;
}

nb::list Libraries() {
  nb::list result;
  for (const LibraryVersion& library : LibraryVersions()) {
    result.append(nb::make_tuple(ToStr(library.name), ToStr(library.version)));
  }
  return result;
}

RecordFormat FormatOf(const std::string& name) {
  if (name == "auto") return RecordFormat::kAuto;
  if (name == "lines") return RecordFormat::kLines;
  if (name == "json") return RecordFormat::kJson;
  if (name == "text") return RecordFormat::kText;
  const std::string message =
      "format is '" + name + "', not 'auto', 'lines', 'json' or 'text'";
  throw nb::value_error(message.c_str());
}

// Nanoseconds since 1970; none is no bound.
using Times =
    std::pair<std::optional<std::int64_t>, std::optional<std::int64_t>>;

TimeRange TimesOf(const Times& times) {
  TimeRange range;
  if (times.first) range.begin = absl::FromUnixNanos(*times.first);
  if (times.second) range.end = absl::FromUnixNanos(*times.second);
  return range;
}

FileScan MakeFileScan(const std::vector<nb::bytes>& paths,
                      const ScanOptions& how, int threads,
                      std::uint64_t verify_every, const std::stop_source& stop,
                      const std::string& format, const std::string& event_path,
                      const std::optional<Times>& times, bool include_event,
                      std::optional<std::uint64_t> max_matches, bool follow,
                      nb::object open, nb::object malformed,
                      nb::object progress) {
  FileScan scan;
  scan.paths = ToStrings(paths);
  scan.options.threads = threads;
  scan.options.scanner = how.scanner;
  scan.options.format = FormatOf(format);
  scan.options.event_path = event_path;
  if (times) scan.options.times = TimesOf(*times);
  scan.options.include_event = include_event;
  scan.options.max_matches = max_matches;
  scan.options.follow = follow;
  scan.stop = stop;
  scan.verify_every = verify_every;
  scan.open = std::move(open);
  scan.malformed = std::move(malformed);
  scan.progress = std::move(progress);
  return scan;
}

// Returns (begin, end) in nanoseconds since 1970.
std::pair<std::int64_t, std::int64_t> ReadTime(const std::string& text) {
  const std::optional<TimeRange> range = ParseTime(text);
  if (!range) throw nb::value_error("not a time");
  return {absl::ToUnixNanos(range->begin), absl::ToUnixNanos(range->end)};
}

Taxonomy ExtendTaxonomy(const Taxonomy& base, const nb::bytes& yaml,
                        const std::string& label) {
  return ValueOrRaise(base.Extend({yaml.c_str(), yaml.size()}, label),
                      Subject::kArgument);
}

Taxonomy ExtendTaxonomyFromFile(const Taxonomy& base, const nb::bytes& path) {
  return ValueOrRaise(
      base.ExtendFromFile(std::string(path.c_str(), path.size())),
      Subject::kArgument);
}

void BindTaxonomy(nb::module_& module) {
  nb::class_<Taxonomy>(module, "Taxonomy", "What events are called.")
      .def(nb::init<>())
      .def_static("empty", &Taxonomy::Empty)
      .def("extend", &ExtendTaxonomy, nb::arg("yaml"), nb::arg("label"))
      .def("extend_from_file", &ExtendTaxonomyFromFile, nb::arg("path"))
      .def(
          "layouts",
          [](const Taxonomy& self) {
            nb::list names;
            for (const std::string_view name : self.layout_names()) {
              names.append(ToStr(name));
            }
            return names;
          },
          nb::sig("def layouts(self) -> list[str]"));
}

SharedMask Select(const PythonEngine& self,
                  const std::vector<std::string>& levels,
                  const std::vector<std::string>& statuses,
                  const std::vector<std::string>& tags,
                  const std::vector<std::string>& ids,
                  const std::string& log_source) {
  RuleCriteria criteria{
      .levels = levels, .statuses = statuses, .tags = tags, .ids = ids};
  if (!log_source.empty()) {
    criteria.log_source =
        ValueOrRaise(ParseLogSource(log_source), Subject::kArgument);
  }
  return {std::make_shared<const RuleMask>(self.engine().Select(criteria))};
}

SharedMask MaskOf(const PythonEngine& self,
                  const std::vector<std::uint32_t>& rules) {
  RuleMask mask(self.engine().rules().size());
  for (const std::uint32_t rule : rules) mask.Add(RuleId{rule});
  return {std::make_shared<const RuleMask>(std::move(mask))};
}

// Raises ValueError when the masks are of different engines.
SharedMask Combine(const SharedMask& a, const SharedMask& b, bool both) {
  if (a.rules->size() != b.rules->size()) {
    throw nb::value_error("masks of different engines");
  }
  RuleMask mask = *a.rules;
  if (both) {
    mask &= *b.rules;
  } else {
    mask |= *b.rules;
  }
  return {std::make_shared<const RuleMask>(std::move(mask))};
}

void BindScanOptions(nb::module_& module) {
  nb::class_<SharedMask>(module, "RuleMask", "A set of an engine's rules.")
      .def("__len__",
           [](const SharedMask& self) { return self.rules->count(); })
      .def("__contains__",
           [](const SharedMask& self, std::uint32_t rule) {
             return rule < self.rules->size() &&
                    self.rules->Contains(RuleId{rule});
           })
      .def("__and__",
           [](const SharedMask& self, const SharedMask& other) {
             return Combine(self, other, true);
           })
      .def("__or__", [](const SharedMask& self, const SharedMask& other) {
        return Combine(self, other, false);
      });
  nb::class_<ScanOptions>(module, "ScanOptions", "How events are looked at.")
      .def(nb::new_(&MakeScanOptions), nb::arg("routing"),
           nb::arg("log_source"), nb::arg("layout"), nb::arg("mask").none());
}

void BindEngine(nb::module_& module) {
  nb::class_<PythonEngine> engine(module, "Engine", "Compiled rules.");
  BindEngineFile(engine);
  engine
      .def(
          "__init__",
          [](PythonEngine* self, const RuleSet& rules, const Taxonomy& taxonomy,
             const std::string& log_source_field, const Profile& profile) {
            new (self)
                PythonEngine(rules, {.taxonomy = taxonomy,
                                     .log_source_field = log_source_field,
                                     .profile = profile});
          },
          nb::arg("rules"), nb::arg("taxonomy") = Taxonomy(),
          nb::arg("log_source_field") = "", nb::arg("profile") = Profile())
      .def("select", &Select, nb::arg("levels"), nb::arg("statuses"),
           nb::arg("tags"), nb::arg("ids"), nb::arg("log_source"))
      .def("mask", &MaskOf, nb::arg("rules"))
      .def(
          "rules",
          [](const PythonEngine& self) {
            return ToDicts(self.engine().rules());
          },
          nb::sig("def rules(self) -> list[dict[str, typing.Any]]"))
      .def(
          "documents",
          [](const PythonEngine& self) {
            return ToDicts(
                std::span<const Document>(self.engine().report().documents));
          },
          nb::sig("def documents(self) -> list[dict[str, typing.Any]]"))
      .def("report_json",
           [](const PythonEngine& self) {
             return ToJson(self.engine().report());
           })
      .def("fields", &Fields, nb::sig("def fields(self) -> list[str]"))
      .def("taxonomy",
           [](const PythonEngine& self) { return self.engine().taxonomy(); })
      .def("scan", &PythonEngine::Scan, nb::arg("event").none(),
           nb::arg("options"),
           nb::sig("def scan(self, event: object, options: ScanOptions) -> "
                   "tuple[list[tuple[int, tuple[str, ...], "
                   "tuple[tuple[str, str, str], ...]]], "
                   "list[tuple[int, str, str]], bool, "
                   "list[tuple[str, str, str]], str, str, str]"));
}

void BindColumnScan(nb::module_& module) {
  module.def(
      "scan_arrow",
      [](PythonEngine& engine, nb::handle schema, nb::handle array,
         const ScanOptions& options, bool leave_out_others) {
        return ScanArrow(engine.batch_scanners(), schema, array, options,
                         leave_out_others);
      },
      nb::arg("engine"), nb::arg("schema"), nb::arg("array"),
      nb::arg("options"), nb::arg("leave_out_others"),
      nb::sig("def scan_arrow(engine: Engine, schema: object, array: object, "
              "options: ScanOptions, leave_out_others: bool) -> "
              "tuple[list[tuple[int, int, tuple[str, ...], "
              "tuple[tuple[str, str, str], ...]]], "
              "list[tuple[int, int, str, str]], int, int]"));
  module.def(
      "scan_arrow_stream",
      [](PythonEngine& engine, nb::handle stream, const ScanOptions& options,
         bool leave_out_others) {
        return ScanArrowStream(engine.batch_scanners(), stream, options,
                               leave_out_others);
      },
      nb::arg("engine"), nb::arg("stream"), nb::arg("options"),
      nb::arg("leave_out_others"),
      nb::sig("def scan_arrow_stream(engine: Engine, stream: object, "
              "options: ScanOptions, leave_out_others: bool) -> "
              "tuple[list[tuple[int, int, tuple[str, ...], "
              "tuple[tuple[str, str, str], ...]]], "
              "list[tuple[int, int, str, str]], int, int]"));
}

void BindExplainer(nb::module_& module) {
  nb::class_<PythonExplainer>(module, "Explainer", "Tells why rules match.")
      .def(nb::init<const PythonEngine&, const ScanOptions&>(),
           nb::arg("engine"), nb::arg("options"))
      .def("explain", &PythonExplainer::Explain, nb::arg("event").none(),
           nb::arg("rules").none(), nb::arg("is_text"),
           nb::sig("def explain(self, event: object, rules: "
                   "collections.abc.Sequence[int] | None, is_text: bool) -> "
                   "dict[str, typing.Any]"));
}

void BindFileScan(nb::module_& module) {
  nb::class_<std::stop_source>(module, "Stop", "Ends a scan of files early.")
      .def(nb::init<>())
      .def("request", [](std::stop_source& self) { self.request_stop(); });
  nb::class_<FileScan>(module, "FileScan", "A scan of files to come.")
      .def(nb::new_(&MakeFileScan), nb::arg("paths"), nb::arg("options"),
           nb::kw_only(), nb::arg("threads"), nb::arg("verify_every"),
           nb::arg("stop"), nb::arg("format"), nb::arg("event_path"),
           nb::arg("times").none(), nb::arg("include_event"),
           nb::arg("max_matches").none(), nb::arg("follow"),
           nb::arg("open").none(), nb::arg("malformed").none(),
           nb::arg("progress").none());
  nb::class_<FileMatches>(module, "FileMatches", "Matches in a fixed order.")
      .def("__len__", &FileMatches::size)
      .def(
          "at",
          [](const FileMatches& self, std::size_t position) {
            if (position >= self.size()) throw nb::index_error();
            return self.At(position);
          },
          nb::arg("position"),
          nb::sig("def at(self, position: int) -> tuple[int, tuple[str, ...], "
                  "tuple[tuple[str, str, str], ...], str, str, str, int]"))
      .def(
          "summary",
          [](const FileMatches& self) { return ToDict(self.outcome); },
          nb::sig("def summary(self) -> dict[str, typing.Any]"));
  module.def(
      "collect_matches",
      [](const PythonEngine& engine, const FileScan& scan) {
        return CollectMatches(engine.engine(), scan);
      },
      nb::arg("engine"), nb::arg("scan"));
  module.def(
      "write_ndjson",
      [](const PythonEngine& engine, const FileScan& scan, int fd) {
        return WriteNdjson(engine.engine(), scan, fd);
      },
      nb::arg("engine"), nb::arg("scan"), nb::arg("fd"),
      nb::sig("def write_ndjson(engine: Engine, scan: FileScan, fd: int) "
              "-> dict[str, typing.Any]"));
  module.def(
      "count_fields",
      [](const PythonEngine& engine, const FileScan& scan) {
        return CountFields(engine.engine(), scan);
      },
      nb::arg("engine"), nb::arg("scan"),
      nb::sig("def count_fields(engine: Engine, scan: FileScan) -> "
              "tuple[list[dict[str, typing.Any]], dict[str, typing.Any]]"));
  module.def(
      "for_each_block",
      [](const PythonEngine& engine, const FileScan& scan,
         const nb::callable& receive) {
        return ForEachBlock(engine.engine(), scan, receive);
      },
      nb::arg("engine"), nb::arg("scan"), nb::arg("receive"),
      nb::sig("def for_each_block(engine: Engine, scan: FileScan, "
              "receive: collections.abc.Callable[[bytes], None]) "
              "-> dict[str, typing.Any]"));
  module.def(
      "for_each_match",
      [](const PythonEngine& engine, const FileScan& scan,
         const nb::callable& receive) {
        return ForEachMatch(engine.engine(), scan, receive);
      },
      nb::arg("engine"), nb::arg("scan"), nb::arg("receive"),
      nb::sig("def for_each_match(engine: Engine, scan: FileScan, "
              "receive: collections.abc.Callable"
              "[[tuple[int, tuple[str, ...], tuple[tuple[str, str, str], ...], "
              "str, str, str, int]], None]) -> dict[str, typing.Any]"));
}

}  // namespace

NB_MODULE(_hypersigma, module) {
  module.def("version", [] { return HYPERSIGMA_VERSION; });
  module.attr("ndjson_schema") = kNdjsonSchema;
  module.def("parse_time", &ReadTime, nb::arg("text"));
  module.def("modifiers", &ListModifiers,
             nb::sig("def modifiers() -> list[tuple[str, str, str]]"));
  module.def(
      "pattern_library", [] { return ToDict(PatternLibraryInUse()); },
      nb::sig("def pattern_library() -> dict[str, typing.Any]"));
  module.def("libraries", &Libraries,
             nb::sig("def libraries() -> list[tuple[str, str]]"));
  BindPipeline(module);
  BindRuleSet(module);
  BindTaxonomy(module);
  BindCatalog(module);
  BindScanOptions(module);
  BindProfile(module);
  BindEngine(module);
  BindColumnScan(module);
  BindExplainer(module);
  BindFileScan(module);
  BindProfiling(module);
}

}  // namespace hypersigma::python
