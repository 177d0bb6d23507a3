#include "hypersigma/diagnostic.h"

#include "lib/base/text.h"

namespace hypersigma {
namespace {

// Appends `label text` unless the message says it already.
void AppendPart(std::string_view message, std::string_view separator,
                std::string_view label, std::string_view text,
                std::string* out) {
  if (text.empty() || message.find(text) != std::string_view::npos) return;
  out->append(separator).append(label);
  out->append(internal::EscapeForDisplay(text));
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
    case Severity::kStrictWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

std::string Format(const Diagnostic& diagnostic) {
  std::string out = internal::EscapeForDisplay(diagnostic.file);
  if (!out.empty()) out.push_back(':');
  if (diagnostic.line != 0) {
    out += std::to_string(diagnostic.line) + ":" +
           std::to_string(diagnostic.column) + ":";
  }
  if (!out.empty()) out.push_back(' ');
  out.append(SeverityName(diagnostic.severity)).append(": ");
  out.append(internal::EscapeForDisplay(diagnostic.message));
  const std::size_t before_parts = out.size();
  AppendPart(diagnostic.message, "; ", "found ", diagnostic.found, &out);
  AppendPart(diagnostic.message, out.size() == before_parts ? "; " : ", ",
             "expected ", diagnostic.expected, &out);
  out.push_back('\n');
  if (!diagnostic.caret.empty()) out.append(diagnostic.caret).push_back('\n');
  return out;
}

}  // namespace hypersigma
