#include "lib/catalog/index_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/catalog.h"
#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

using ::testing::HasSubstr;

Catalog CatalogOf(int copies) {
  std::vector<RuleStream> streams;
  for (int i = 0; i < copies; ++i) {
    streams.push_back(
        {.label = (i == 0 ? "/a/" : "/b/") + std::to_string(i) + ".yml",
         .yaml = "title: T\nlevel: High\ntags: [attack.execution, "
                 "attack.t1059]\nlogsource: {product: p}\ndetection: {a: "
                 "{X: v}, k: [w], condition: a}\n"});
  }
  return *Catalog::Build(RuleSet::FromStreams(streams),
                         {.sources = {{"one", "/a"}, {"two", "/b"}}});
}

std::string IndexOf(const Catalog& catalog) {
  std::string json;
  EXPECT_TRUE(catalog
                  .WriteIndexJson([&](std::string_view piece) {
                    json += piece;
                    return absl::OkStatus();
                  })
                  .ok());
  return json;
}

TEST(IndexWriter, CountsBySource) {
  const std::string json = IndexOf(CatalogOf(3));
  EXPECT_THAT(json, HasSubstr("\"totals\":{\"rules\":3,\"sources\":["
                              "{\"label\":\"one\",\"rules\":1},"
                              "{\"label\":\"two\",\"rules\":2}],"
                              "\"fields\":2,\"indicators\":2,"
                              "\"shared_indicators\":2,\"predicates\":2,"
                              "\"tactics\":1,\"techniques\":1,"
                              "\"log_sources\":1,\"equal_groups\":1,"
                              "\"implied_pairs\":0,\"not_decided_pairs\":0}"));
  EXPECT_THAT(json, HasSubstr("\"kind\":\"eq\",\"value\":\"v\","
                              "\"cased\":false,\"rules\":3,"
                              "\"sources\":{\"one\":1,\"two\":2},"
                              "\"positions\":[0,1,2]}"));
}

TEST(IndexWriter, ListsWhatRulesShare) {
  const std::string json = IndexOf(CatalogOf(2));
  EXPECT_THAT(json, HasSubstr("\"fields\":[{\"field\":null,"));
  EXPECT_THAT(json, HasSubstr("\"tactics\":[{\"tactic\":\"execution\","
                              "\"id\":\"TA0002\",\"name\":\"Execution\","
                              "\"rules\":2,"));
  EXPECT_THAT(json, HasSubstr("\"techniques\":[{\"technique\":\"T1059\","
                              "\"tactics\":[\"execution\"],\"rules\":2,"));
  EXPECT_THAT(json, HasSubstr("\"levels\":[{\"level\":\"high\",\"rules\":2}],"
                              "\"statuses\":[{\"status\":\"\",\"rules\":2}],"
                              "\"logic\":{\"equal\":[[0,1]],\"implied\":[],"
                              "\"not_decided\":[],\"complete\":true}}"));
}

TEST(IndexWriter, HandsOverPiecesAndStopsAtAnError) {
  const Catalog catalog = CatalogOf(800);
  std::size_t pieces = 0;
  EXPECT_TRUE(catalog
                  .WriteIndexJson([&](std::string_view piece) {
                    ++pieces;
                    EXPECT_LT(piece.size(), std::size_t{128} << 10);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_GT(pieces, 2U);
  pieces = 0;
  const absl::Status status = catalog.WriteIndexJson([&](std::string_view) {
    ++pieces;
    return absl::DataLossError("disk is full");
  });
  EXPECT_EQ(status.message(), "disk is full");
  EXPECT_EQ(pieces, 1U);
}

}  // namespace
}  // namespace hypersigma
