// The door to libyaml: parser events with byte ranges, and its errors as
// diagnostics.

#include "lib/rule/yaml.h"

#include <yaml.h>

#include <cstddef>
#include <optional>
#include <utility>

#include "lib/base/limits.h"
#include "lib/rule/reporter.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_composer.h"
#include "lib/rule/yaml_stream.h"

namespace hypersigma::internal {
namespace {

std::string TextOf(const yaml_char_t* text) {
  return text == nullptr ? std::string()
                         : std::string(reinterpret_cast<const char*>(text));
}

// A libyaml event that is freed.
struct ScopedEvent {
  ScopedEvent() = default;
  ScopedEvent(const ScopedEvent&) = delete;
  ScopedEvent& operator=(const ScopedEvent&) = delete;
  ~ScopedEvent() { yaml_event_delete(&event); }

  yaml_event_t event{};
};

// Reads the documents of one piece of a stream.
class PieceReader {
 public:
  PieceReader(const Source& source, SourceRange piece, std::size_t& nodes_left)
      : source_(source),
        piece_(piece),
        text_(source.text().substr(piece.begin, piece.end - piece.begin)),
        offsets_(text_),
        nodes_left_(nodes_left) {
    is_ready_ = yaml_parser_initialize(&parser_) != 0;
    if (!is_ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &parser_, reinterpret_cast<const unsigned char*>(text_.data()),
        text_.size());
  }
  PieceReader(const PieceReader&) = delete;
  PieceReader& operator=(const PieceReader&) = delete;
  ~PieceReader() {
    if (is_ready_) yaml_parser_delete(&parser_);
  }

  void ReadInto(std::vector<YamlDocument>* documents);

 private:
  // Reads up to the end of a document; returns whether the piece goes on.
  bool ReadDocument(SourceRange start, std::vector<YamlDocument>* documents);
  YamlEvent Convert(const yaml_event_t& event) const;
  SourceRange RangeOf(const yaml_event_t& event) const;
  std::uint32_t OffsetOf(const yaml_mark_t& mark) const {
    return piece_.begin + offsets_.ByteOffset(mark.index);
  }
  void ReportError(Reporter& reporter) const;
  void ReportReaderError(Reporter& reporter) const;
  std::string SyntaxMessage(std::uint32_t offset) const;

  const Source& source_;
  SourceRange piece_;
  std::string_view text_;
  CodePointOffsets offsets_;
  std::size_t& nodes_left_;
  yaml_parser_t parser_{};
  bool is_ready_ = false;
};

void PieceReader::ReadInto(std::vector<YamlDocument>* documents) {
  while (true) {
    ScopedEvent scoped;
    if (!is_ready_ || yaml_parser_parse(&parser_, &scoped.event) == 0) {
      YamlDocument document;
      document.range = piece_;
      document.is_complete = false;
      Reporter reporter(source_);
      ReportError(reporter);
      document.diagnostics = reporter.TakeDiagnostics();
      documents->push_back(std::move(document));
      return;
    }
    if (scoped.event.type == YAML_STREAM_END_EVENT) return;
    if (scoped.event.type != YAML_DOCUMENT_START_EVENT) continue;
    if (!ReadDocument(RangeOf(scoped.event), documents)) return;
  }
}

bool PieceReader::ReadDocument(SourceRange start,
                               std::vector<YamlDocument>* documents) {
  Reporter reporter(source_);
  YamlComposer composer(reporter, nodes_left_);
  YamlDocument document;
  document.range = {start.begin, piece_.end};
  bool goes_on = true;
  while (goes_on) {
    ScopedEvent scoped;
    if (yaml_parser_parse(&parser_, &scoped.event) == 0) {
      ReportError(reporter);
      goes_on = false;
    } else if (scoped.event.type == YAML_DOCUMENT_END_EVENT) {
      document.range.end = RangeOf(scoped.event).end;
      break;
    } else {
      goes_on = composer.Add(Convert(scoped.event));
    }
  }
  document.is_complete = goes_on;
  document.root = composer.TakeRoot();
  document.diagnostics = reporter.TakeDiagnostics();
  const YamlNode& root = document.root;
  const bool is_empty = root.kind == YamlNode::Kind::kNull &&
                        root.range.begin == root.range.end &&
                        document.diagnostics.empty();
  if (!is_empty) documents->push_back(std::move(document));
  return goes_on;
}

YamlEvent PieceReader::Convert(const yaml_event_t& event) const {
  YamlEvent converted;
  converted.range = RangeOf(event);
  switch (event.type) {
    case YAML_ALIAS_EVENT:
      converted.type = YamlEvent::Type::kAlias;
      converted.anchor = TextOf(event.data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT:
      converted.type = YamlEvent::Type::kListBegin;
      converted.anchor = TextOf(event.data.sequence_start.anchor);
      converted.tag = TextOf(event.data.sequence_start.tag);
      break;
    case YAML_MAPPING_START_EVENT:
      converted.type = YamlEvent::Type::kMapBegin;
      converted.anchor = TextOf(event.data.mapping_start.anchor);
      converted.tag = TextOf(event.data.mapping_start.tag);
      break;
    case YAML_SEQUENCE_END_EVENT:
      converted.type = YamlEvent::Type::kListEnd;
      break;
    case YAML_MAPPING_END_EVENT:
      converted.type = YamlEvent::Type::kMapEnd;
      break;
    default:  // within a document only scalars are left
      converted.type = YamlEvent::Type::kScalar;
      converted.anchor = TextOf(event.data.scalar.anchor);
      converted.tag = TextOf(event.data.scalar.tag);
      converted.text.assign(
          reinterpret_cast<const char*>(event.data.scalar.value),
          event.data.scalar.length);
      converted.plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
      break;
  }
  return converted;
}

SourceRange PieceReader::RangeOf(const yaml_event_t& event) const {
  return {OffsetOf(event.start_mark), OffsetOf(event.end_mark)};
}

void PieceReader::ReportError(Reporter& reporter) const {
  if (!is_ready_ || parser_.error == YAML_MEMORY_ERROR) {
    reporter.Error(piece_, "out of memory while reading YAML");
    return;
  }
  if (parser_.error == YAML_READER_ERROR) {
    ReportReaderError(reporter);
    return;
  }
  // What is not closed is shown where it begins.
  const bool at_end = OffsetOf(parser_.problem_mark) >= piece_.end;
  const bool has_context = parser_.context != nullptr;
  const std::uint32_t offset = OffsetOf(
      at_end && has_context ? parser_.context_mark : parser_.problem_mark);
  reporter.Error({offset, offset + 1}, SyntaxMessage(offset));
}

std::string PieceReader::SyntaxMessage(std::uint32_t offset) const {
  if (offset < piece_.end && source_.text()[offset] == '\t') {
    return "a tab stands where YAML allows only blanks";
  }
  constexpr std::string_view kNotAtStart = "%@`";
  const std::string_view first = source_.text().substr(offset, 1);
  if (!first.empty() && kNotAtStart.find(first) != std::string_view::npos) {
    return Concat({"a value cannot begin with ", Quoted(first),
                   " in YAML; put it in quotes"});
  }
  const std::size_t line_begin = source_.text().rfind('\n', offset) + 1;
  if (source_.text().substr(line_begin).starts_with(kByteOrderMark)) {
    return "a byte order mark stands inside the text";
  }
  const std::string_view problem =
      parser_.problem == nullptr ? "unknown problem" : parser_.problem;
  if (problem == "mapping values are not allowed in this context") {
    return "': ' stands inside a text, expected quotes around such a text";
  }
  if (parser_.context == nullptr) {
    return Concat({"invalid YAML: ", problem});
  }
  return Concat({"invalid YAML: ", problem, " ", parser_.context});
}

void PieceReader::ReportReaderError(Reporter& reporter) const {
  const std::uint32_t offset =
      piece_.begin + static_cast<std::uint32_t>(parser_.problem_offset);
  const SourceRange range{offset, offset + 1};
  const unsigned char byte =
      offset < piece_.end ? static_cast<unsigned char>(source_.text()[offset])
                          : 0;
  constexpr std::string_view kHex = "0123456789abcdef";
  const char code[] = {'0', 'x', kHex[byte >> 4], kHex[byte & 15], '\0'};
  const std::string_view rest = text_.substr(parser_.problem_offset);
  if (byte < 0x20 || byte == 0x7F || rest.starts_with("\xC2")) {
    reporter.Error(
        range, Concat({"control character ", code, " is not allowed in YAML"}));
  } else {
    reporter.Error(range, Concat({"invalid UTF-8, byte ", code,
                                  "; expected text in UTF-8"}));
  }
}

bool IsUtf16(std::string_view text) {
  if (text.size() < 2) return false;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return (text[0] == '\0') != (text[1] == '\0');
}

// Returns the only document of a stream that is not even looked into.
YamlDocument RefuseStream(const Source& source, std::string message,
                          std::string found, std::string expected) {
  Diagnostic diagnostic;
  diagnostic.file = source.name();
  diagnostic.message = std::move(message);
  diagnostic.found = std::move(found);
  diagnostic.expected = std::move(expected);
  YamlDocument document;
  document.range.end = static_cast<std::uint32_t>(source.text().size());
  document.is_complete = false;
  document.diagnostics.push_back(std::move(diagnostic));
  return document;
}

}  // namespace

std::vector<YamlDocument> ParseYaml(const Source& source) {
  std::vector<YamlDocument> documents;
  const std::string_view text = source.text();
  if (text.size() > kMaxYamlBytes) {
    const std::string found = Concat({std::to_string(text.size()), " bytes"});
    const std::string expected =
        Concat({"at most ", std::to_string(kMaxYamlBytes), " bytes"});
    documents.push_back(RefuseStream(
        source, Concat({"YAML text has ", found, ", expected ", expected}),
        found, expected));
    return documents;
  }
  if (IsUtf16(text)) {
    documents.push_back(RefuseStream(
        source, "text is in UTF-16, expected UTF-8", "UTF-16", "UTF-8"));
    return documents;
  }
  std::size_t nodes_left = kMaxYamlNodes;
  for (const SourceRange piece : SplitYamlStream(text)) {
    PieceReader(source, piece, nodes_left).ReadInto(&documents);
  }
  return documents;
}

}  // namespace hypersigma::internal
