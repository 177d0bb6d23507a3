// A LoadReport as JSON, declared in hypersigma/rule_set.h. Here, since what
// writes JSON is here.

#include <string>
#include <string_view>

#include "hypersigma/rule_set.h"
#include "lib/engine/ndjson_writer.h"

namespace hypersigma {
namespace {

// Writes members and elements with the commas between them.
class JsonWriter {
 public:
  void Open(char bracket) {
    out_ += bracket;
    is_first_ = true;
  }
  void Close(char bracket) {
    out_ += bracket;
    is_first_ = false;
  }
  void Separate() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
  }
  void Key(std::string_view key) {
    Separate();
    internal::AppendJsonString(key, &out_);
    out_ += ':';
  }
  void Member(std::string_view key, std::string_view text) {
    Key(key);
    internal::AppendJsonString(text, &out_);
  }
  // Of what is written as it is: a number, a boolean, null.
  void Bare(std::string_view key, std::string_view token) {
    Key(key);
    out_ += token;
  }
  void Number(std::string_view key, std::size_t number) {
    Bare(key, std::to_string(number));
  }

  std::string Finish() { return std::move(out_); }

 private:
  std::string out_;
  bool is_first_ = true;
};

void Write(const Diagnostic& diagnostic, JsonWriter& json) {
  json.Separate();
  json.Open('{');
  json.Member("severity", SeverityName(diagnostic.severity));
  json.Bare("strict",
            diagnostic.severity == Severity::kStrictWarning ? "true" : "false");
  json.Number("line", diagnostic.line);
  json.Number("column", diagnostic.column);
  json.Member("message", diagnostic.message);
  json.Member("found", diagnostic.found);
  json.Member("expected", diagnostic.expected);
  json.Close('}');
}

void Write(const Document& document, JsonWriter& json) {
  json.Separate();
  json.Open('{');
  json.Member("file", document.file);
  json.Number("index", document.index);
  json.Number("line", document.line);
  json.Member("kind", DocumentKindName(document.kind));
  json.Member("status", DocumentStatusName(document.status));
  json.Member("title", document.title);
  json.Member("id", document.id);
  if (document.rule.has_value()) {
    json.Number("rule", static_cast<std::size_t>(*document.rule));
  } else {
    json.Bare("rule", "null");
  }
  json.Key("diagnostics");
  json.Open('[');
  for (const Diagnostic& diagnostic : document.diagnostics) {
    Write(diagnostic, json);
  }
  json.Close(']');
  json.Close('}');
}

}  // namespace

std::string ToJson(const LoadReport& report) {
  JsonWriter json;
  json.Open('{');
  json.Key("counts");
  json.Open('{');
  json.Number("documents", report.documents.size());
  for (const DocumentStatus status :
       {DocumentStatus::kLoaded, DocumentStatus::kDegraded,
        DocumentStatus::kRefused}) {
    json.Number(DocumentStatusName(status), report.Count(status));
  }
  json.Close('}');
  json.Key("documents");
  json.Open('[');
  for (const Document& document : report.documents) Write(document, json);
  json.Close(']');
  json.Close('}');
  return json.Finish();
}

}  // namespace hypersigma
