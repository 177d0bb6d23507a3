#include "lib/engine/engine_file_rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "hypersigma/taxonomy.h"
#include "lib/base/whole_file.h"

namespace hypersigma::internal {
namespace {

FileRules MakeRules() {
  const RuleSet rules = RuleSet::FromYaml(
      "title: a\nid: x\ntags: [one, two]\nreferences: [r]\n"
      "falsepositives: [f]\ndate: 2024-01-01\nlogsource: {product: p}\n"
      "detection:\n  s: {f: b}\n  condition: s\n---\ntitle: refused\n");
  FileRules all;
  all.rules.assign(rules.rules().begin(), rules.rules().end());
  all.rules[0].filters = {"of a filter"};
  all.report = rules.report();
  all.pipelines = {"first", "second"};
  all.log_source_field = "source";
  all.taxonomy = Taxonomy().data();
  return all;
}

absl::StatusOr<FileRules> Read(std::string_view bytes) {
  WholeFile aligned(bytes.size());
  std::copy(bytes.begin(), bytes.end(), aligned.begin());
  return ReadRules(aligned.bytes());
}

TEST(EngineFileRules, GivesAllBack) {
  const FileRules all = MakeRules();
  const std::string bytes = WriteRules(all).value();
  const absl::StatusOr<FileRules> read = Read(bytes);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->rules.size(), 1u);
  EXPECT_EQ(read->rules[0].title, "a");
  EXPECT_EQ(read->rules[0].tags, all.rules[0].tags);
  EXPECT_EQ(read->rules[0].references, all.rules[0].references);
  EXPECT_EQ(read->rules[0].false_positives, all.rules[0].false_positives);
  EXPECT_EQ(read->rules[0].filters, all.rules[0].filters);
  EXPECT_EQ(read->rules[0].date, "2024-01-01");
  EXPECT_EQ(read->rules[0].product, "p");
  EXPECT_EQ(read->rules[0].line, 1u);
  EXPECT_EQ(ToJson(read->report), ToJson(all.report));
  EXPECT_EQ(read->pipelines, all.pipelines);
  EXPECT_EQ(read->log_source_field, all.log_source_field);
  EXPECT_EQ(read->taxonomy.entries.size(), all.taxonomy.entries.size());
  EXPECT_EQ(WriteRules(*read).value(), bytes);
}

TEST(EngineFileRules, RefusesWhatIsDamaged) {
  FileRules few = MakeRules();
  few.taxonomy = {};
  std::string bytes = WriteRules(few).value();
  std::size_t refused_count = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char before = bytes[i];
    for (const int flip : {0x01, 0x80, 0xff}) {
      bytes[i] = static_cast<char>(before ^ flip);
      const absl::StatusOr<FileRules> read = Read(bytes);
      if (!read.ok()) {
        EXPECT_TRUE(absl::IsDataLoss(read.status())) << read.status();
        ++refused_count;
        continue;
      }
      const std::string again = WriteRules(*read).value();
      EXPECT_EQ(WriteRules(Read(again).value()).value(), again);
    }
    bytes[i] = before;
  }
  EXPECT_GT(refused_count, bytes.size() / 2);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const absl::StatusOr<FileRules> read = Read(bytes.substr(0, size));
    // What fills up the last row may be missing.
    EXPECT_TRUE(!read.ok() || WriteRules(*read).value() == bytes) << size;
  }
}

TEST(EngineFileRules, RefusesADocumentOfNoRule) {
  FileRules all = MakeRules();
  all.report.documents[0].rule = RuleId{1};
  EXPECT_TRUE(absl::IsDataLoss(Read(WriteRules(all).value()).status()));
}

}  // namespace
}  // namespace hypersigma::internal
