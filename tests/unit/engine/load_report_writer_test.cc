#include <gtest/gtest.h>

#include <string>

#include "hypersigma/rule_set.h"

namespace hypersigma {
namespace {

TEST(LoadReportToJson, IsEmptyWithoutDocuments) {
  EXPECT_EQ(ToJson(LoadReport()),
            R"({"counts":{"documents":0,"loaded":0,"degraded":0,"refused":0},)"
            R"("documents":[]})");
}

TEST(LoadReportToJson, HasEveryMember) {
  LoadReport report;
  Document& loaded = report.documents.emplace_back();
  loaded.status = DocumentStatus::kLoaded;
  loaded.file = "a\\b.yml";
  loaded.line = 3;
  loaded.title = "T \"q\"";
  loaded.id = "i";
  loaded.rule = RuleId{7};
  Diagnostic& diagnostic = loaded.diagnostics.emplace_back();
  diagnostic.severity = Severity::kStrictWarning;
  diagnostic.line = 4;
  diagnostic.column = 5;
  diagnostic.message = "m\n";
  diagnostic.found = "f";
  diagnostic.expected = "e";
  Document& refused = report.documents.emplace_back();
  refused.index = 1;
  refused.kind = DocumentKind::kFilter;
  EXPECT_EQ(
      ToJson(report),
      R"({"counts":{"documents":2,"loaded":1,"degraded":0,"refused":1},)"
      R"("documents":[{"file":"a\\b.yml","index":0,"line":3,)"
      R"("kind":"rule","status":"loaded","title":"T \"q\"","id":"i","rule":7,)"
      R"("diagnostics":[{"severity":"warning","strict":true,"line":4,)"
      R"("column":5,"message":"m\n","found":"f","expected":"e"}]},)"
      R"({"file":"","index":1,"line":0,"kind":"filter",)"
      R"("status":"refused","title":"","id":"","rule":null,"diagnostics":[]}]})");
}

TEST(LoadReportToJson, NamesTheLineOfADocument) {
  const RuleSet rules =
      RuleSet::FromYaml("# c\n---\ntitle: A\n---\ntitle: B\n");
  ASSERT_EQ(rules.report().documents.size(), 2u);
  EXPECT_EQ(rules.report().documents[1].line, 4u);
}

}  // namespace
}  // namespace hypersigma
