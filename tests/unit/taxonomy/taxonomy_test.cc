#include "hypersigma/taxonomy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "lib/taxonomy/built_in.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string MessageOf(std::string_view yaml) {
  const absl::StatusOr<Taxonomy> taxonomy =
      Taxonomy::Empty().Extend(yaml, "t.yml");
  if (taxonomy.ok()) return "fine";
  EXPECT_EQ(taxonomy.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(taxonomy.status().message());
}

TEST(TaxonomyTest, BuiltInFileIsRead) {
  EXPECT_EQ(MessageOf(internal::BuiltInTaxonomyYaml()), "fine");
  const Taxonomy taxonomy;
  const internal::TaxonomyData& data = taxonomy.data();
  EXPECT_GT(data.entries.size(), 100u);
  EXPECT_GT(data.unmapped.size(), 0u);
  EXPECT_EQ(taxonomy.layout_names().back(), "flat");
}

TEST(TaxonomyTest, ExtendingReplacesByNameAndAdds) {
  const Taxonomy base = Taxonomy::Empty()
                            .Extend(R"(
fields: {A: [a], B: b}
layouts: [{name: one, time: t}, {name: flat}]
log_sources:
  - {name: x, when: {f: 1}, is: [{product: p}]}
  - {name: y, when: {f: 2}, is: [{service: s}]}
)")
                            .value();
  const Taxonomy extended = base.Extend(R"(
fields: {B: [c, d], C: e}
layouts: [{name: two, when: [m.n]}]
log_sources:
  - {name: x, when: [{f|startswith: AB}, {g|exists: false}], is: [{category: c}]}
  - {name: z, when: {f: 3}, is: [{product: q}]}
)")
                                .value();
  EXPECT_THAT(base.layout_names(), ElementsAre("one", "flat"));
  EXPECT_THAT(extended.layout_names(), ElementsAre("two", "one", "flat"));
  const internal::TaxonomyData& data = extended.data();
  ASSERT_EQ(data.entries.size(), 3u);
  EXPECT_EQ(data.entries[0].name, "x");
  EXPECT_EQ(data.entries[0].log_sources[0].category, "c");
  ASSERT_EQ(data.entries[0].when.size(), 2u);
  EXPECT_THAT(data.entries[0].when[0][0].values, ElementsAre("ab"));
  EXPECT_EQ(data.entries[0].when[1][0].kind,
            internal::EventTest::Kind::kMissing);
  ASSERT_EQ(data.fields.size(), 3u);
  EXPECT_EQ(data.fields[0].field, "C");
  EXPECT_THAT(data.fields[2].members, ElementsAre("c", "d"));
}

TEST(TaxonomyTest, AllProblemsAreToldAndNothingIsTaken) {
  EXPECT_THAT(MessageOf(R"(
logsources: []
log_sources:
  - {name: a, when: {f|contain: x}, is: [{product: p}]}
  - {name: a, when: {}, is: [{prodct: p}]}
  - {when: {f: null}, is: []}
layouts:
  - {name: l, fields: [a.b]}
without: [{product: p}]
)"),
              AllOf(HasSubstr("t.yml:2:1: unknown key 'logsources' in a "
                              "taxonomy; did you mean 'log_sources'?"),
                    HasSubstr("t.yml:4:22: the operator is 'contain', "
                              "expected 'contains'"),
                    HasSubstr("the name 'a' is there twice"),
                    HasSubstr("when is empty"),
                    HasSubstr("unknown key 'prodct' in is; did you mean "
                              "'product'?"),
                    HasSubstr("is has no product, category or service"),
                    HasSubstr("an entry of log_sources has no name"),
                    HasSubstr("f is null, expected a text"),
                    HasSubstr("is is empty, expected a list"),
                    HasSubstr("a place of fields is 'a.b'"),
                    HasSubstr("an entry of without has no reason")));
}

TEST(TaxonomyTest, BadYamlAndBadFilesAreErrors) {
  EXPECT_THAT(MessageOf("a: [1"), HasSubstr("t.yml:"));
  EXPECT_THAT(MessageOf("- 1"), HasSubstr("a taxonomy is a list"));
  EXPECT_EQ(MessageOf(""), "fine");
  EXPECT_EQ(Taxonomy().ExtendFromFile("no/such/file").status().code(),
            absl::StatusCode::kNotFound);
}

TEST(LogSourceTest, IsParsedFromText) {
  EXPECT_EQ(ParseLogSource("product=a,service=b,category=c").value(),
            (LogSource{"a", "c", "b"}));
  EXPECT_EQ(ParseLogSource("category=c").value(), (LogSource{"", "c", ""}));
  for (const std::string_view wrong :
       {"", "product", "product=", "prod=a", "product=a,", ",product=a"}) {
    EXPECT_EQ(ParseLogSource(wrong).status().code(),
              absl::StatusCode::kInvalidArgument)
        << wrong;
  }
}

}  // namespace
}  // namespace hypersigma
