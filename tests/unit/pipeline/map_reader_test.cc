#include "lib/pipeline/map_reader.h"

#include <gtest/gtest.h>

#include <array>

#include "lib/base/source.h"
#include "tests/unit/rule/problems.h"

namespace hypersigma::internal {
namespace {

// Reads one YAML map with `read` and returns the problems.
template <typename Read>
std::vector<std::string> ProblemsOf(std::string_view yaml, const Read& read) {
  const Source source("f", yaml);
  const std::vector<YamlDocument> documents = ParseYaml(source);
  Reporter reporter(source);
  MapReader reader(documents.front().root, "the map", reporter);
  read(reader);
  reader.Finish();
  return Problems(reporter.TakeDiagnostics());
}

TEST(MapReader, ReadsMembersByTheirType) {
  const auto problems = ProblemsOf(
      "{a: 5, b: [x, 1], c: true, d: second, e: ~, f: one}",
      [](MapReader& reader) {
        EXPECT_EQ(reader.RequiredText("a"), "5");
        EXPECT_EQ(reader.Texts("b"), (std::vector<std::string>{"x", "1"}));
        EXPECT_TRUE(reader.Flag("c"));
        constexpr std::array<std::string_view, 2> kNames{"first", "second"};
        EXPECT_EQ(reader.Choice("d", kNames, 0), 1);
        EXPECT_EQ(reader.Text("e"), "");
        EXPECT_EQ(reader.RequiredTexts("f"), std::vector<std::string>{"one"});
        EXPECT_EQ(reader.Texts("g"), std::vector<std::string>{});
        EXPECT_FALSE(reader.Flag("h"));
      });
  EXPECT_EQ(problems, std::vector<std::string>{});
}

TEST(MapReader, ReportsWhatIsMissingWrongOrUnknown) {
  const auto problems =
      ProblemsOf("{flag: 1, list: {}, oter: 1}", [](MapReader& reader) {
        reader.RequiredText("name");
        reader.Flag("flag");
        reader.Texts("list");
        reader.Text("other");
      });
  EXPECT_EQ(problems,
            (std::vector<std::string>{
                "1:1 error: the map has no 'name'",
                "1:8 error: 'flag' of the map is the number 1, expected true "
                "or false",
                "1:17 error: 'list' of the map is an empty map, expected a "
                "string or a list of strings",
                "1:21 error: unknown key 'oter' in the map; did you mean "
                "'other'?"}));
}

TEST(CompileRegex, TakesPythonsEndOfText) {
  const auto matches = [](std::string_view text) {
    std::shared_ptr<const Regex> regex;
    ProblemsOf("{r: 'a\\Z'}",
               [&](MapReader& reader) { regex = reader.RequiredRegex("r"); });
    RegexScratch scratch = *RegexScratch::Create();
    return regex->Search(text, scratch) == RegexVerdict::kMatch;
  };
  EXPECT_TRUE(matches("ba"));
  EXPECT_FALSE(matches("ba\n"));
}

}  // namespace
}  // namespace hypersigma::internal
