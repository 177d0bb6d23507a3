#include "bindings/python/conversion.h"

#include <cstddef>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

// Returns a tuple of convert(element).
template <typename Range, typename Convert>
nb::tuple MapToTuple(const Range& range, const Convert& convert) {
  nb::object result =
      nb::steal(PyTuple_New(static_cast<Py_ssize_t>(range.size())));
  if (!result) nb::raise_python_error();
  Py_ssize_t position = 0;
  for (const auto& element : range) {
    nb::object item = convert(element);
    PyTuple_SET_ITEM(result.ptr(), position++, item.release().ptr());
  }
  return nb::steal<nb::tuple>(result.release());
}

nb::tuple Strings(const std::vector<std::string>& texts) {
  return MapToTuple(texts, [](const std::string& text) { return ToStr(text); });
}

nb::dict ToDict(const Diagnostic& diagnostic) {
  nb::dict result;
  result["severity"] = ToStr(SeverityName(diagnostic.severity));
  result["strict"] = diagnostic.severity == Severity::kStrictWarning;
  result["file"] = ToStr(diagnostic.file);
  result["line"] = diagnostic.line;
  result["column"] = diagnostic.column;
  result["message"] = ToStr(diagnostic.message);
  result["found"] = ToStr(diagnostic.found);
  result["expected"] = ToStr(diagnostic.expected);
  result["caret"] = ToStr(diagnostic.caret);
  result["text"] = ToStr(Format(diagnostic));
  return result;
}

nb::dict ToDict(const UndecidedRecord& record) {
  nb::dict result;
  result["file"] = ToStr(record.file);
  result["index"] = record.index;
  result["rule"] = static_cast<std::uint32_t>(record.rule);
  result["field"] = ToStr(record.field);
  result["reason"] = ToStr(UndecidedReasonText(record.reason));
  return result;
}

nb::str Message(const absl::Status& status) {
  const absl::string_view message = status.message();
  return ToStr({message.data(), message.size()});
}

nb::dict ToDict(const FileProblem& problem) {
  nb::dict result;
  result["file"] = ToStr(problem.file);
  result["message"] = Message(problem.status);
  return result;
}

nb::dict ToDict(const ItemDifference& item) {
  nb::dict result;
  result["selection"] = ToStr(item.selection);
  result["item"] = ToStr(item.item);
  result["engine"] = ToStr(TruthName(item.engine));
  result["slow_path"] = ToStr(TruthName(item.slow_path));
  return result;
}

nb::dict ToDict(const LoadDifference& difference) {
  nb::dict result;
  result["file"] = ToStr(difference.file);
  result["index"] = difference.index;
  result["title"] = ToStr(difference.title);
  result["loaded_by_engine"] = difference.loaded_by_engine;
  result["reason"] = ToStr(difference.reason);
  return result;
}

nb::dict ToDict(const FileDifference& place) {
  const Difference& difference = place.difference;
  nb::dict result;
  result["file"] = ToStr(place.file);
  result["index"] = place.index;
  result["rule"] = nb::none();
  if (difference.rule) {
    result["rule"] = static_cast<std::uint32_t>(*difference.rule);
  }
  result["reason"] = ToStr(difference.reason);
  result["engine"] = ToStr(TruthName(difference.engine));
  result["slow_path"] = ToStr(TruthName(difference.slow_path));
  result["items"] =
      MapToTuple(difference.items,
                 [](const ItemDifference& item) { return ToDict(item); });
  return result;
}

// Of a vector or a span of what ToDict() takes.
template <typename Range>
nb::tuple Dicts(const Range& values) {
  return MapToTuple(values, [](const auto& value) { return ToDict(value); });
}

}  // namespace

nb::str ToStr(std::string_view text) {
  nb::object result = nb::steal(PyUnicode_DecodeUTF8(
      text.data(), static_cast<Py_ssize_t>(text.size()), "surrogateescape"));
  if (!result) nb::raise_python_error();
  return nb::steal<nb::str>(result.release());
}

nb::dict ToDict(const Rule& rule) {
  nb::dict result;
  result["title"] = ToStr(rule.title);
  result["id"] = ToStr(rule.id);
  result["name"] = ToStr(rule.name);
  result["description"] = ToStr(rule.description);
  result["level"] = ToStr(rule.level);
  result["status"] = ToStr(rule.status);
  result["author"] = ToStr(rule.author);
  result["date"] = ToStr(rule.date);
  result["modified"] = ToStr(rule.modified);
  result["tags"] = Strings(rule.tags);
  result["references"] = Strings(rule.references);
  result["false_positives"] = Strings(rule.false_positives);
  result["product"] = ToStr(rule.product);
  result["category"] = ToStr(rule.category);
  result["service"] = ToStr(rule.service);
  result["file"] = ToStr(rule.file);
  result["line"] = rule.line;
  result["filters"] = Strings(rule.filters);
  return result;
}

nb::dict ToDict(const Document& document) {
  nb::dict result;
  result["kind"] = ToStr(DocumentKindName(document.kind));
  result["status"] = ToStr(DocumentStatusName(document.status));
  result["file"] = ToStr(document.file);
  result["index"] = document.index;
  result["line"] = document.line;
  result["title"] = ToStr(document.title);
  result["id"] = ToStr(document.id);
  result["rule"] = nb::none();
  if (document.rule) {
    result["rule"] = static_cast<std::uint32_t>(*document.rule);
  }
  result["diagnostics"] = Dicts(document.diagnostics);
  return result;
}

nb::dict ToDict(const MalformedRecord& record) {
  nb::dict result;
  result["file"] = ToStr(record.file);
  result["index"] = record.index;
  result["line"] = record.line;
  result["byte"] = record.byte;
  result["message"] = ToStr(record.message);
  return result;
}

nb::dict ToDict(const ScanSummary& summary) {
  nb::dict result;
  result["events"] = summary.events;
  result["malformed"] = summary.malformed;
  result["repaired"] = summary.repaired;
  result["bytes"] = summary.bytes;
  result["matches"] = summary.matches;
  result["undecided"] = summary.undecided;
  result["unclassified"] = summary.unclassified;
  result["outside_times"] = summary.outside_times;
  result["undated"] = summary.undated;
  result["is_limited"] = summary.is_limited;
  result["files"] = MapToTuple(summary.files, [](const FileCounts& counts) {
    return nb::make_tuple(counts.events, counts.matches);
  });
  nb::dict computers;
  for (const auto& [computer, count] : summary.matches_by_computer) {
    computers[ToStr(computer)] = count;
  }
  result["matches_by_computer"] = computers;
  result["matches_by_rule"] =
      MapToTuple(summary.matches_by_rule,
                 [](std::uint64_t count) { return nb::int_(count); });
  result["malformed_records"] =
      MapToTuple(summary.malformed_records,
                 [](const MalformedRecord& record) { return ToDict(record); });
  result["undecided_records"] = Dicts(summary.undecided_records);
  result["file_problems"] = Dicts(summary.file_problems);
  result["elapsed"] = absl::ToDoubleSeconds(summary.elapsed);
  result["error"] = Message(summary.status);
  return result;
}

nb::dict ToDict(const Verifier& verifier, const VerifySummary& summary) {
  nb::dict result;
  result["events"] = summary.events;
  result["rules"] = summary.rules;
  result["differences"] = summary.differences;
  result["undecided"] = summary.undecided;
  result["not_compared"] = summary.not_compared;
  result["listed"] = Dicts(summary.listed);
  result["load_differences"] = Dicts(verifier.load_differences());
  return result;
}

nb::dict ToDict(const LogSourceNeeds& needs) {
  const auto ids = [](const std::vector<RuleId>& rules) {
    return MapToTuple(rules, [](RuleId rule) {
      return nb::int_(static_cast<std::uint32_t>(rule));
    });
  };
  nb::dict result;
  result["product"] = ToStr(needs.log_source.product);
  result["category"] = ToStr(needs.log_source.category);
  result["service"] = ToStr(needs.log_source.service);
  result["rules"] = ids(needs.rules);
  result["fields"] = MapToTuple(needs.fields, [](const FieldNeed& need) {
    return nb::make_tuple(ToStr(need.field), need.rules, need.events);
  });
  result["events"] = needs.events;
  result["silent"] = ids(needs.silent);
  return result;
}

nb::dict ToDict(const PatternLibrary& library) {
  nb::dict result;
  result["name"] = ToStr(library.name);
  result["version"] = ToStr(library.version);
  result["is_known_to_lose_matches"] = library.is_known_to_lose_matches;
  result["mitigation"] = ToStr(library.mitigation);
  result["cpu_features"] = ToStr(library.cpu_features);
  result["platform"] = Message(library.platform);
  result["self_test"] = Message(library.self_test);
  return result;
}

std::vector<std::string> ToStrings(const std::vector<nb::bytes>& paths) {
  std::vector<std::string> result;
  result.reserve(paths.size());
  for (const nb::bytes& path : paths) {
    result.emplace_back(path.c_str(), path.size());
  }
  return result;
}

nb::tuple ToTuple(std::span<const std::string_view> texts) {
  return MapToTuple(texts, ToStr);
}

nb::tuple ToTuple(std::span<const Indicator> indicators) {
  return MapToTuple(indicators, [](const Indicator& indicator) {
    return nb::make_tuple(ToStr(indicator.field),
                          ToStr(IndicatorKindName(indicator.kind)),
                          ToStr(indicator.value));
  });
}

}  // namespace hypersigma::python
