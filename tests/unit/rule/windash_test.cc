#include "lib/rule/windash.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> Expand(const std::string& source) {
  std::vector<std::string> texts;
  for (const SigmaString& variant : ExpandWindash(SigmaString::Parse(source))) {
    std::string text;
    for (const PatternPart& part : variant.parts()) {
      text += part.kind == PatternPart::Kind::kLiteral  ? part.literal
              : part.kind == PatternPart::Kind::kAnyRun ? "<*>"
              : part.kind == PatternPart::Kind::kAnyOne ? "<?>"
                                                        : "<->";
    }
    texts.push_back(text);
  }
  return texts;
}

TEST(ExpandWindash, ReplacesAFlagDashByEachDash) {
  EXPECT_THAT(Expand(" -enc"),
              UnorderedElementsAre(" -enc", " /enc", " \u2013enc", " \u2014enc",
                                   " \u2015enc"));
}

TEST(ExpandWindash, TakesEveryDashAsSource) {
  EXPECT_THAT(Expand("/c"), Contains("-c"));
  EXPECT_THAT(Expand("\u2015c"), Contains("/c"));
}

TEST(ExpandWindash, LeavesDashesInsideAndAfterWords) {
  EXPECT_THAT(Expand("Invoke-Mimikatz"), ElementsAre("Invoke-Mimikatz"));
  EXPECT_THAT(Expand("a- b"), ElementsAre("a- b"));
  EXPECT_THAT(Expand("é-x"), ElementsAre("é-x"));
}

TEST(ExpandWindash, ReplacesOnlyTheDashBeforeTheWord) {
  EXPECT_THAT(Expand("--x"), UnorderedElementsAre("--x", "-/x", "-\u2013x",
                                                  "-\u2014x", "-\u2015x"));
}

TEST(ExpandWindash, StartsALiteralRunAfterAWildcard) {
  EXPECT_THAT(Expand("a*-b"), Contains("a<*>/b"));
}

TEST(ExpandWindash, MixesDashes) {
  EXPECT_THAT(Expand("-a -b"), SizeIs(25));
  EXPECT_THAT(Expand("-a -b"), Contains("/a \u2014b"));
}

TEST(ExpandWindash, UsesOnePatternPastTheLimit) {
  EXPECT_THAT(Expand("-a -b -c"), SizeIs(125));
  EXPECT_THAT(Expand("-a -b -c -d"), ElementsAre("<->a <->b <->c <->d"));
}

}  // namespace
}  // namespace hypersigma::internal
