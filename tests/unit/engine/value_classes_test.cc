#include "lib/engine/value_classes.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_finder.h"
#include "lib/engine/route_needs.h"
#include "tests/support/batch_verdicts.h"

namespace hypersigma::internal {
namespace {

std::string Rule(std::string_view selection) {
  return "title: R\nlogsource: {product: p}\ndetection:\n  s: " +
         std::string(selection) + "\n  condition: s\n---\n";
}

// The classes of one engine's values, with routing off.
class Classes {
 public:
  explicit Classes(const std::string& yaml)
      : engine_(Engine::Build(RuleSet::FromYaml(yaml)).value()),
        scratch_(ClassifyScratch::Create(engine_.state()).value()) {
    RouteFinder finder(engine_.state().router(), Routing::kOff, {});
    const EventValues none(engine_.state().plan().fields.size());
    needs_ = std::make_unique<RouteNeeds>(engine_.state(),
                                          finder.FindKept(none), nullptr);
    classes_ = std::make_unique<ValueClasses>(engine_.state(), *needs_);
  }

  ClassId Of(std::string_view field, std::vector<Value> values,
             ValueClasses::Hints hints = {}) {
    return classes_->Classify(engine_.FindField(field), values, hints, scratch_)
        .value();
  }
  ClassId Of(std::string_view field, std::string_view text) {
    return Of(field, {Value::String(text)});
  }
  bool MayHoldKeywords(std::string_view texts) {
    return classes_->MayHoldKeywords(texts, scratch_).value();
  }

  const Engine& engine() const { return engine_; }
  const ValueClasses& classes() const { return *classes_; }

 private:
  const Engine engine_;
  ClassifyScratch scratch_;
  std::unique_ptr<RouteNeeds> needs_;
  std::unique_ptr<ValueClasses> classes_;
};

TEST(ValueClasses, AreOneForWhatMeansTheSame) {
  Classes classes(Rule("{F|contains: [one, two]}") + Rule("{G: one}"));
  const ClassId one = classes.Of("F", "one");
  EXPECT_NE(one, kNoClass);
  EXPECT_NE(one, kOwnClass);
  EXPECT_EQ(classes.Of("F", "some ONE else"), one);
  EXPECT_NE(classes.Of("F", "two"), one);
  EXPECT_NE(classes.Of("F", "one, two"), one);
  EXPECT_NE(classes.Of("F", "one, two"), classes.Of("F", "two"));
  // Of several values the order does not matter.
  EXPECT_EQ(classes.Of("F", {Value::String("two"), Value::String("one")}),
            classes.Of("F", "one, two"));
  // Another field asks another question.
  EXPECT_NE(classes.Of("G", "one"), one);
  EXPECT_EQ(classes.classes().size(), 4u);
}

TEST(ValueClasses, AreNoneForWhatMeansNothing) {
  Classes classes(Rule("{F|contains: one}") + Rule("{G: null}"));
  EXPECT_EQ(classes.Of("F", "three"), kNoClass);
  EXPECT_EQ(classes.Of("F", {Value::Null()}), kNoClass);
  EXPECT_EQ(classes.Of("of no rule", "one"), kNoClass);
  // It is there, and that is asked for.
  EXPECT_NE(classes.Of("G", "three"), kNoClass);
}

TEST(ValueClasses, KnowWhatIsDecidedOnDemand) {
  Classes classes(Rule("{F|re: 'abc[0-9]$'}"));
  const ClassId holds = classes.Of("F", "abc1");
  EXPECT_EQ(classes.Of("F", "ABC abc2"), holds);
  // It fires the expression, which fails.
  EXPECT_NE(classes.Of("F", "abcd"), holds);
  EXPECT_EQ(classes.Of("F", "ab"), kNoClass);
  // Each of several may leave open what another decides.
  EXPECT_EQ(classes.Of("F", {Value::String("abc1"), Value::String("abcd")}),
            kOwnClass);
  EXPECT_EQ(classes.Of("F", {Value::String("abc1")}, {.is_all = false}),
            kOwnClass);
}

TEST(ValueClasses, AreTheirOwnWhereOtherFieldsMatter) {
  Classes classes(Rule("{F|fieldref: G}") + Rule("{H: null}"));
  EXPECT_EQ(classes.Of("F", "a"), kOwnClass);
  EXPECT_EQ(classes.Of("G", "a"), kOwnClass);
  EXPECT_NE(classes.Of("H", "a"), kOwnClass);
  EXPECT_EQ(classes.Of("H", {Value::String("a"), Value::Null()}), kOwnClass);
}

TEST(ValueClasses, HoldKeywords) {
  Classes classes(Rule("[mimikatz]") + Rule("{F: x}"));
  EXPECT_EQ(classes.Of("F", "mimi"), kNoClass);
  EXPECT_FALSE(classes.classes().may_have_keywords());
  const ClassId found = classes.Of("of no rule", "say MimiKatz");
  EXPECT_NE(found, kNoClass);
  EXPECT_TRUE(classes.classes().may_have_keywords());
  EXPECT_EQ(classes.Of("F", "mimikatz"), found);
  EXPECT_TRUE(classes.MayHoldKeywords("a mimikatz b"));
  EXPECT_FALSE(classes.MayHoldKeywords("a mimi b"));
}

TEST(ValueClasses, AreNotSearchedForKeywordsThatAreKnownToBeNowhere) {
  Classes classes(Rule("[mimikatz]") + Rule("{F: x}"));
  const ValueClasses::Hints none = {.has_no_keywords = true};
  EXPECT_EQ(classes.Of("F", {Value::String("x")}, none), classes.Of("F", "x"));
  // What is known is believed.
  EXPECT_EQ(classes.Of("F", {Value::String("mimikatz")}, none), kNoClass);
  EXPECT_FALSE(classes.classes().may_have_keywords());
}

// Whatever the classes are: values of one get one verdict.
TEST(ValueClasses, GetOneVerdict) {
  Classes classes(Rule("{F|contains: [one, two]}") + Rule("{F|endswith: e}") +
                  Rule("{F|re: 'o.e$'}") + Rule("{F|gt: 5}") +
                  Rule("{F|cased: ONE}") + Rule("{F: 't*o'}") +
                  Rule("{F: ''}") + Rule("{F: 10}") + Rule("[two]"));
  Scanner scanner =
      Scanner::Create(classes.engine(), {.routing = Routing::kOff}).value();
  const std::vector<std::string_view> parts = {"",  "one", "ONE", "two", "t",
                                               "o", "e",   "10",  "4",   "."};
  std::map<ClassId, std::string> verdicts;
  std::size_t shared_count = 0;
  for (const std::string_view first : parts) {
    for (const std::string_view second : parts) {
      const std::string text = std::string(first) + std::string(second);
      const ClassId of_text = classes.Of("F", text);
      if (of_text == kOwnClass) continue;
      const std::vector<FieldValue> event = {
          {classes.engine().FindField("F"), Value::String(text)}};
      const std::string lines = LinesOf(scanner.Scan(event).value());
      const auto [at, is_new] = verdicts.try_emplace(of_text, lines);
      EXPECT_EQ(at->second, lines) << "'" << text << "'";
      shared_count += is_new ? 0 : 1;
    }
  }
  EXPECT_GT(verdicts.size(), 10u);
  EXPECT_GT(shared_count, 20u);
}

}  // namespace
}  // namespace hypersigma::internal
