// YAML text -> rules: every document is accounted for, a refused one says why,
// diagnostics and report can be printed, and what loads can be scanned with.
//
// The first byte is `s` for strict loading and no part of the text.

#include <algorithm>
#include <optional>
#include <span>

#include "absl/status/status.h"
#include "hypersigma/diagnostic.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/base/source.h"
#include "lib/base/text.h"
#include "lib/reference/json_value.h"
#include "lib/rule/yaml.h"
#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

constexpr std::size_t kMaxCompiledRules = 20;

// Whether `text` is valid UTF-8 without control characters; `allowed` is one
// that may be there.
bool IsClean(std::string_view text, char allowed = 0) {
  while (!text.empty()) {
    const internal::CodePoint step = internal::DecodeCodePoint(text);
    if (step.value == internal::kInvalidCodePoint) return false;
    if (step.value < 0x20 && text.front() != allowed) return false;
    text.remove_prefix(step.byte_count);
  }
  return true;
}

bool Has(const Document& document, Severity severity) {
  return std::any_of(
      document.diagnostics.begin(), document.diagnostics.end(),
      [severity](const Diagnostic& d) { return d.severity == severity; });
}

void CheckDiagnostic(const Diagnostic& diagnostic, std::size_t lines) {
  const std::string text = Format(diagnostic);
  Require(text.ends_with('\n'), "a diagnostic ends with a newline");
  Require(IsClean(text, '\n'), "a diagnostic is printable");
  Require(!diagnostic.message.empty(), "a diagnostic has a message");
  // About a text as a whole, one in UTF-16.
  const bool has_place = diagnostic.line > 0;
  if (diagnostic.line > lines) {
    Fail("a diagnostic is about a line of the text: " + text);
  }
  Require((diagnostic.column > 0) == has_place, "a place has a column");
}

void CheckDocument(const Document& document, bool strict) {
  switch (document.status) {
    case DocumentStatus::kLoaded:
      Require(!Has(document, Severity::kError), "loaded: no error");
      break;
    case DocumentStatus::kDegraded:
      Require(!document.diagnostics.empty(), "degraded: it says why");
      break;
    case DocumentStatus::kRefused:
      Require(Has(document, Severity::kError), "refused: it says why");
      break;
  }
  Require(!strict || !Has(document, Severity::kStrictWarning),
          "strict loading leaves no strict warning");
  const bool is_rule = document.kind == DocumentKind::kRule &&
                       document.status != DocumentStatus::kRefused;
  Require(document.rule.has_value() == is_rule,
          "a document makes a rule if it is one that loads");
}

void CheckReport(const RuleSet& rules, std::string_view yaml, bool strict) {
  const std::vector<Document>& documents = rules.report().documents;
  const internal::Source source("<yaml>", yaml);
  Require(documents.size() == internal::ParseYaml(source).size(),
          "every document is in the report");
  const auto newlines =
      static_cast<std::size_t>(std::count(yaml.begin(), yaml.end(), '\n') +
                               std::count(yaml.begin(), yaml.end(), '\r'));
  std::uint32_t next_rule = 0;
  for (std::uint32_t i = 0; i < documents.size(); ++i) {
    const Document& document = documents[i];
    Require(document.index == i, "documents are in order");
    CheckDocument(document, strict);
    if (document.rule.has_value()) {
      Require(*document.rule == RuleId{next_rule++}, "rules are in order");
    }
    for (const Diagnostic& diagnostic : document.diagnostics) {
      CheckDiagnostic(diagnostic, newlines + 1);
    }
  }
  Require(rules.rules().size() == next_rule, "every rule has a document");
}

void CheckJson(const RuleSet& rules) {
  const std::string text = ToJson(rules.report());
  Require(IsClean(text), "the report as JSON is UTF-8 on one line");
  const auto json = reference::ParseJson(text);
  if (!json.ok()) Fail("report as JSON: " + json.status().ToString());
  for (const auto& [name, value] : json->members) {
    if (name != "documents") continue;
    Require(value.elements.size() == rules.report().documents.size(),
            "the report as JSON has every document");
    return;
  }
  Fail("the report as JSON lists documents");
}

// Strictness refuses more, never less.
void CheckStrictness(const RuleSet& strict, std::string_view yaml) {
  const RuleSet lenient = RuleSet::FromYaml(yaml, LenientOptions());
  const std::vector<Document>& documents = strict.report().documents;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const bool refused =
        lenient.report().documents[i].status == DocumentStatus::kRefused;
    Require(!refused || documents[i].status == DocumentStatus::kRefused,
            "what lenient loading refuses, strict loading refuses");
  }
}

void CheckScan(const RuleSet& rules) {
  if (rules.rules().size() > kMaxCompiledRules) return;
  const auto engine = Engine::Build(rules, {.compile_threads = 1});
  if (!engine.ok()) {
    Require(absl::IsResourceExhausted(engine.status()), "an engine is built");
    return;
  }
  auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
  Require(scanner.ok(), "a scanner is created");
  for (const std::string_view event :
       {R"({})",
        R"({"Image":"C:\\a\\cmd.exe","n":4624,"f":["x",null,true]})"}) {
    Require(scanner->ScanJson(event).ok(), "an event is scanned");
  }
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace hypersigma;        // NOLINT: an entry of C
  using namespace hypersigma::fuzz;  // NOLINT
  if (size == 0) return 0;
  const std::string_view yaml = AsText(data + 1, size - 1);
  RuleSetOptions options = LenientOptions();
  options.strict = data[0] == 's';
  const RuleSet rules = RuleSet::FromYaml(yaml, options);
  CheckReport(rules, yaml, options.strict);
  CheckJson(rules);
  if (options.strict) CheckStrictness(rules, yaml);
  CheckScan(rules);
  return 0;
}
