#include "lib/pipeline/hash_splitter.h"

#include <gtest/gtest.h>

#include "tests/unit/pipeline/changed_rule.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kSplit =
    "type: hashes_fields, valid_hash_algos: [MD5, SHA1], field_prefix: File";

constexpr std::string_view kMd5 = "987b65cd9b9f4e9a1afd8f8b48cf64a7";

TEST(HashSplitter, GivesEachAlgorithmAField) {
  EXPECT_EQ(ChangedItems("{'Hashes|contains': ['MD5=ab', 'sha1=cd', 'MD5=ef'], "
                         "A: 1}",
                         kSplit),
            "{[FileMD5: str ab ~ ab, str ef ~ ef; FileSHA1: str cd ~ cd]; "
            "A: int 1}");
}

TEST(HashSplitter, TellsTheAlgorithmByLength) {
  EXPECT_EQ(
      ChangedItems("{Hash: '" + std::string(kMd5) + "'}", kSplit),
      "{[FileMD5: str " + std::string(kMd5) + " ~ " + std::string(kMd5) + "]}");
}

TEST(HashSplitter, TakesAPipeAsSeparator) {
  EXPECT_EQ(ChangedItems("{Hashes: 'MD5|ab'}", kSplit),
            "{[FileMD5: str ab ~ ab]}");
}

TEST(HashSplitter, LinksNegatedAndAllByAnd) {
  EXPECT_EQ(ChangedItems("{'Hashes|neq': ['MD5=ab', 'SHA1=cd']}", kSplit),
            "{FileMD5|neq: str ab ~ ab; FileSHA1|neq: str cd ~ cd}");
  EXPECT_EQ(
      ChangedItems("{'Hashes|contains|all': ['MD5=ab', 'SHA1=cd']}", kSplit),
      "{FileMD5|all: str ab ~ ab; FileSHA1|all: str cd ~ cd}");
}

TEST(HashSplitter, UsesOneFieldWithoutTheAlgorithm) {
  EXPECT_EQ(ChangedItems("{Hashes: ['MD5=ab', 'SHA1=cd']}",
                         "type: hashes_fields, valid_hash_algos: [MD5, SHA1], "
                         "field_prefix: hash, drop_algo_prefix: true"),
            "{[hash: str ab ~ ab, str cd ~ cd]}");
}

TEST(HashSplitter, LooksAtTheFieldsThatItIsTold) {
  EXPECT_EQ(ChangedItems("{Sum: 'MD5=ab', Hashes: 'MD5=cd'}",
                         std::string(kSplit) + ", field_to_parse: [Sum]"),
            "{[FileMD5: str ab ~ ab]; Hashes: str MD5=cd ~ MD5=cd}");
}

TEST(HashSplitter, WarnsOfAValueThatItDrops) {
  const auto changed = Apply(RuleOf("sel: {Hashes: ['MD5=ab', 'IMPHASH=cd']}"),
                             {PipelineOf(kSplit)});
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(Show(changed->detection_rules().front()),
            "sel={[FileMD5: str ab ~ ab]} | sel");
  const Diagnostic& warning =
      changed->report().documents.front().diagnostics.back();
  EXPECT_EQ(warning.severity, Severity::kWarning);
  EXPECT_EQ(warning.message,
            "pipeline 'P', item 1 (hashes_fields): the value 'IMPHASH=cd' of "
            "field 'Hashes' names none of the valid hash algorithms; it is "
            "dropped");
}

TEST(HashSplitter, RefusesARuleWithoutAnyHash) {
  EXPECT_EQ(ChangedItems("{Hashes: x}", kSplit),
            "pipeline 'P', item 1 (hashes_fields): the value 'x' of field "
            "'Hashes' names none of the valid hash algorithms; it is dropped\n"
            "pipeline 'P', item 1 (hashes_fields): no value of field 'Hashes' "
            "has a hash of a known algorithm\n");
}

TEST(HashSplitter, LeavesWhatIsNoText) {
  EXPECT_EQ(ChangedItems("{'Hashes|re': x}", kSplit), "{Hashes|re: str x}");
}

}  // namespace
}  // namespace hypersigma::internal
