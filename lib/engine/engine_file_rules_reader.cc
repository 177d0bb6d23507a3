// Bytes -> rules, report and taxonomy.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_buffer.h"
#include "lib/engine/engine_file_rows.h"
#include "lib/engine/engine_file_rules.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kNoRule = std::numeric_limits<std::uint32_t>::max();

class RulesReader {
 public:
  explicit RulesReader(const file::Rules& section)
      : section_(section),
        text_(TextOf(section.text()), damage_),
        sizes_(RowsOf(section.sizes()), damage_),
        rules_(RowsOf(section.rules()), damage_),
        documents_(RowsOf(section.documents()), damage_),
        diagnostics_(RowsOf(section.diagnostics()), damage_),
        layouts_(RowsOf(section.layouts()), damage_),
        field_texts_(RowsOf(section.field_texts()), damage_),
        entries_(RowsOf(section.entries()), damage_),
        list_counts_(RowsOf(section.list_counts()), damage_),
        tests_(RowsOf(section.tests()), damage_),
        log_sources_(RowsOf(section.log_sources()), damage_) {}

  absl::StatusOr<FileRules> Read() {
    FileRules all;
    all.rules.resize(section_.rules()->size());
    for (Rule& rule : all.rules) ReadRule(rule);
    all.report.documents.resize(section_.documents()->size());
    for (Document& document : all.report.documents) {
      ReadDocument(all.rules.size(), document);
    }
    ReadList(section_.pipeline_count(), all.pipelines);
    all.log_source_field = text_.View(section_.log_source_field_size());
    ReadTaxonomy(all.taxonomy);
    if (damage_.is_damaged() || !IsAtEnd()) {
      return absl::DataLossError("the rules are damaged");
    }
    return all;
  }

 private:
  bool IsAtEnd() const {
    return text_.is_at_end() && sizes_.is_at_end() &&
           diagnostics_.is_at_end() && field_texts_.is_at_end() &&
           list_counts_.is_at_end() && tests_.is_at_end() &&
           log_sources_.is_at_end();
  }

  void ReadList(std::uint32_t count, std::vector<std::string>& texts) {
    texts.resize(sizes_.Left(count));
    for (std::string& text : texts) text = text_.View(sizes_.Next());
  }

  void ReadRule(Rule& rule) {
    const file::RuleRow& row = rules_.Next();
    rule.title = text_.View(row.title_size());
    rule.id = text_.View(row.id_size());
    rule.name = text_.View(row.name_size());
    rule.description = text_.View(row.description_size());
    rule.level = text_.View(row.level_size());
    rule.status = text_.View(row.status_size());
    rule.author = text_.View(row.author_size());
    rule.date = text_.View(row.date_size());
    rule.modified = text_.View(row.modified_size());
    rule.product = text_.View(row.product_size());
    rule.category = text_.View(row.category_size());
    rule.service = text_.View(row.service_size());
    rule.file = text_.View(row.file_size());
    ReadList(row.tag_count(), rule.tags);
    ReadList(row.reference_count(), rule.references);
    ReadList(row.false_positive_count(), rule.false_positives);
    ReadList(row.filter_count(), rule.filters);
    rule.line = row.line();
  }

  void ReadDocument(std::size_t rule_count, Document& document) {
    const file::DocumentRow& row = documents_.Next();
    document.file = text_.View(row.file_size());
    document.title = text_.View(row.title_size());
    document.id = text_.View(row.id_size());
    document.index = row.index();
    document.line = row.line();
    document.status = EnumOf(row.status(), DocumentStatus::kRefused, damage_);
    document.kind = EnumOf(row.kind(), DocumentKind::kCollection, damage_);
    if (row.rule() != kNoRule) {
      damage_.Require(row.rule() < rule_count);
      document.rule = RuleId{row.rule()};
    }
    document.diagnostics.resize(diagnostics_.Left(row.diagnostic_count()));
    for (Diagnostic& diagnostic : document.diagnostics) {
      ReadDiagnostic(diagnostic);
    }
  }

  void ReadDiagnostic(Diagnostic& diagnostic) {
    const file::DiagnosticRow& row = diagnostics_.Next();
    diagnostic.file = text_.View(row.file_size());
    diagnostic.message = text_.View(row.message_size());
    diagnostic.found = text_.View(row.found_size());
    diagnostic.expected = text_.View(row.expected_size());
    diagnostic.caret = text_.View(row.caret_size());
    diagnostic.line = row.line();
    diagnostic.column = row.column();
    diagnostic.severity = EnumOf(row.severity(), Severity::kError, damage_);
  }

  void ReadTaxonomy(TaxonomyData& taxonomy) {
    taxonomy.layouts.resize(section_.layouts()->size());
    for (EventLayout& layout : taxonomy.layouts) ReadLayout(layout);
    ReadFields(section_.global_field_count(), taxonomy.fields);
    taxonomy.entries.resize(section_.entries()->size());
    for (LogSourceEntry& entry : taxonomy.entries) ReadEntry(entry);
    for (const std::uint32_t size : RowsOf(section_.reason_sizes())) {
      UnmappedLogSource& unmapped = taxonomy.unmapped.emplace_back();
      unmapped.log_source = ReadLogSource();
      unmapped.reason = text_.View(size);
    }
  }

  void ReadLayout(EventLayout& layout) {
    const file::LayoutRow& row = layouts_.Next();
    layout.name = text_.View(row.name_size());
    layout.text_member = text_.View(row.text_member_size());
    ReadList(row.marker_count(), layout.markers);
    ReadList(row.place_count(), layout.places);
    ReadList(row.time_count(), layout.time);
    ReadList(row.computer_count(), layout.computer);
    layout.names.resize(field_texts_.Left(row.name_count()));
    for (EventLayout::Name& name : layout.names) {
      const file::FieldTextsRow& name_row = field_texts_.Next();
      name.field = text_.View(name_row.field_size());
      ReadList(name_row.text_count(), name.places);
    }
  }

  void ReadFields(std::uint32_t count, std::vector<FieldSources>& fields) {
    fields.resize(field_texts_.Left(count));
    for (FieldSources& field : fields) {
      const file::FieldTextsRow& row = field_texts_.Next();
      field.field = text_.View(row.field_size());
      ReadList(row.text_count(), field.members);
    }
  }

  LogSource ReadLogSource() {
    const file::LogSourceRow& row = log_sources_.Next();
    LogSource source;
    source.product = text_.View(row.product_size());
    source.category = text_.View(row.category_size());
    source.service = text_.View(row.service_size());
    return source;
  }

  void ReadEntry(LogSourceEntry& entry) {
    const file::EntryRow& row = entries_.Next();
    entry.name = text_.View(row.name_size());
    entry.when.resize(list_counts_.Left(row.list_count()));
    for (std::vector<EventTest>& list : entry.when) {
      list.resize(tests_.Left(list_counts_.Next()));
      for (EventTest& test : list) {
        const file::EventTestRow& test_row = tests_.Next();
        test.field = text_.View(test_row.field_size());
        ReadList(test_row.value_count(), test.values);
        test.kind = EnumOf(test_row.kind(), EventTest::Kind::kMissing, damage_);
      }
    }
    entry.log_sources.resize(log_sources_.Left(row.log_source_count()));
    for (LogSource& source : entry.log_sources) source = ReadLogSource();
    ReadFields(row.field_count(), entry.fields);
  }

  const file::Rules& section_;
  FileDamage damage_;
  FileText text_;
  RowCursor<std::uint32_t> sizes_;
  RowCursor<file::RuleRow> rules_;
  RowCursor<file::DocumentRow> documents_;
  RowCursor<file::DiagnosticRow> diagnostics_;
  RowCursor<file::LayoutRow> layouts_;
  RowCursor<file::FieldTextsRow> field_texts_;
  RowCursor<file::EntryRow> entries_;
  RowCursor<std::uint32_t> list_counts_;
  RowCursor<file::EventTestRow> tests_;
  RowCursor<file::LogSourceRow> log_sources_;
};

}  // namespace

absl::StatusOr<FileRules> ReadRules(std::string_view bytes) {
  HS_ASSIGN_OR_RETURN(const file::Rules* section,
                      VerifiedRoot<file::Rules>(bytes));
  return RulesReader(*section).Read();
}

}  // namespace hypersigma::internal
