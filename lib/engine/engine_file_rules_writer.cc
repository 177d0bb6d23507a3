// Rules, report and taxonomy -> bytes.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_buffer.h"
#include "lib/engine/engine_file_rules.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kNoRule = std::numeric_limits<std::uint32_t>::max();

template <typename Container>
std::uint32_t Count(const Container& container) {
  return static_cast<std::uint32_t>(container.size());
}

template <typename Enum>
std::uint8_t Number(Enum value) {
  return static_cast<std::uint8_t>(value);
}

// Braces, since the arguments of a call are evaluated in any order, and the
// order of texts is that of their sizes.
class RulesWriter {
 public:
  void Write(const FileRules& all) {
    for (const Rule& rule : all.rules) Write(rule);
    for (const Document& document : all.report.documents) Write(document);
    pipeline_count_ = List(all.pipelines);
    log_source_field_size_ = Text(all.log_source_field);
    Write(all.taxonomy);
  }

  absl::StatusOr<std::string> Finish() {
    HS_RETURN_IF_ERROR(CheckFileSectionBytes("the rules are", ByteCount()));
    flatbuffers::FlatBufferBuilder builder(ByteCount() + 4096);
    const auto text = AddText(builder, text_);
    const auto sizes = builder.CreateVector(sizes_);
    const auto rules = builder.CreateVectorOfStructs(rules_);
    const auto documents = builder.CreateVectorOfStructs(documents_);
    const auto diagnostics = builder.CreateVectorOfStructs(diagnostics_);
    const auto layouts = builder.CreateVectorOfStructs(layouts_);
    const auto field_texts = builder.CreateVectorOfStructs(field_texts_);
    const auto entries = builder.CreateVectorOfStructs(entries_);
    const auto list_counts = builder.CreateVector(list_counts_);
    const auto tests = builder.CreateVectorOfStructs(tests_);
    const auto log_sources = builder.CreateVectorOfStructs(log_sources_);
    const auto reason_sizes = builder.CreateVector(reason_sizes_);
    builder.Finish(file::CreateRules(
        builder, text, sizes, rules, documents, diagnostics, pipeline_count_,
        log_source_field_size_, layouts, field_texts, global_field_count_,
        entries, list_counts, tests, log_sources, reason_sizes));
    return BytesOf(builder);
  }

 private:
  std::uint32_t Text(std::string_view text) {
    text_.append(text);
    return Count(text);
  }

  std::uint32_t List(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) sizes_.push_back(Text(text));
    return Count(texts);
  }

  void Write(const Rule& rule) {
    rules_.push_back(file::RuleRow{
        Text(rule.title), Text(rule.id), Text(rule.name),
        Text(rule.description), Text(rule.level), Text(rule.status),
        Text(rule.author), Text(rule.date), Text(rule.modified),
        Text(rule.product), Text(rule.category), Text(rule.service),
        Text(rule.file), List(rule.tags), List(rule.references),
        List(rule.false_positives), List(rule.filters), rule.line});
  }

  void Write(const Document& document) {
    documents_.push_back(file::DocumentRow{
        Text(document.file), Text(document.title), Text(document.id),
        Count(document.diagnostics), document.index, document.line,
        document.rule.has_value() ? static_cast<std::uint32_t>(*document.rule)
                                  : kNoRule,
        Number(document.status), Number(document.kind)});
    for (const Diagnostic& diagnostic : document.diagnostics) {
      diagnostics_.push_back(
          file::DiagnosticRow{Text(diagnostic.file), Text(diagnostic.message),
                              Text(diagnostic.found), Text(diagnostic.expected),
                              Text(diagnostic.caret), diagnostic.line,
                              diagnostic.column, Number(diagnostic.severity)});
    }
  }

  void Write(const TaxonomyData& taxonomy) {
    for (const EventLayout& layout : taxonomy.layouts) Write(layout);
    global_field_count_ = Write(taxonomy.fields);
    for (const LogSourceEntry& entry : taxonomy.entries) Write(entry);
    for (const UnmappedLogSource& unmapped : taxonomy.unmapped) {
      Write(unmapped.log_source);
      reason_sizes_.push_back(Text(unmapped.reason));
    }
  }

  void Write(const EventLayout& layout) {
    layouts_.push_back(file::LayoutRow{
        Text(layout.name), Text(layout.text_member), List(layout.markers),
        List(layout.places), Count(layout.names), List(layout.time),
        List(layout.computer)});
    for (const EventLayout::Name& name : layout.names) {
      field_texts_.push_back(
          file::FieldTextsRow{Text(name.field), List(name.places)});
    }
  }

  std::uint32_t Write(const std::vector<FieldSources>& fields) {
    for (const FieldSources& field : fields) {
      field_texts_.push_back(
          file::FieldTextsRow{Text(field.field), List(field.members)});
    }
    return Count(fields);
  }

  void Write(const LogSource& source) {
    log_sources_.push_back(file::LogSourceRow{
        Text(source.product), Text(source.category), Text(source.service)});
  }

  void Write(const LogSourceEntry& entry) {
    const std::uint32_t name_size = Text(entry.name);
    for (const std::vector<EventTest>& list : entry.when) {
      list_counts_.push_back(Count(list));
      for (const EventTest& test : list) {
        tests_.push_back(file::EventTestRow{Text(test.field), List(test.values),
                                            Number(test.kind)});
      }
    }
    for (const LogSource& source : entry.log_sources) Write(source);
    const std::uint32_t field_count = Write(entry.fields);
    entries_.push_back(file::EntryRow{name_size, Count(entry.when),
                                      Count(entry.log_sources), field_count});
  }

  template <typename Row>
  static std::size_t BytesOfRows(const std::vector<Row>& rows) {
    return rows.size() * sizeof(Row);
  }

  std::size_t ByteCount() const {
    return text_.size() + BytesOfRows(sizes_) + BytesOfRows(rules_) +
           BytesOfRows(documents_) + BytesOfRows(diagnostics_) +
           BytesOfRows(layouts_) + BytesOfRows(field_texts_) +
           BytesOfRows(entries_) + BytesOfRows(list_counts_) +
           BytesOfRows(tests_) + BytesOfRows(log_sources_) +
           BytesOfRows(reason_sizes_);
  }

  std::string text_;
  std::vector<std::uint32_t> sizes_;
  std::vector<file::RuleRow> rules_;
  std::vector<file::DocumentRow> documents_;
  std::vector<file::DiagnosticRow> diagnostics_;
  std::uint32_t pipeline_count_ = 0;
  std::uint32_t log_source_field_size_ = 0;
  std::vector<file::LayoutRow> layouts_;
  std::vector<file::FieldTextsRow> field_texts_;
  std::uint32_t global_field_count_ = 0;
  std::vector<file::EntryRow> entries_;
  std::vector<std::uint32_t> list_counts_;
  std::vector<file::EventTestRow> tests_;
  std::vector<file::LogSourceRow> log_sources_;
  std::vector<std::uint32_t> reason_sizes_;
};

}  // namespace

absl::StatusOr<std::string> WriteRules(const FileRules& rules) {
  RulesWriter writer;
  writer.Write(rules);
  return writer.Finish();
}

}  // namespace hypersigma::internal
