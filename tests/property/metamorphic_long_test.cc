// Long values, in fields that rules look at and in others, do not change what
// must not change. Such values pass the cache of values by and take another way
// through the pattern library.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "lib/reference/event.h"
#include "lib/reference/json_value.h"
#include "lib/reference/pattern.h"
#include "tests/property/changes.h"
#include "tests/property/metamorphic.h"
#include "tests/property/verdicts.h"
#include "tests/support/item_generator.h"
#include "tests/support/json_writer.h"
#include "tests/support/random.h"
#include "tests/support/text_generator.h"

namespace hypersigma::property {
namespace {

using generator::Random;
using reference::JsonValue;

// From 70 bytes to 1 MiB, each order of magnitude as often.
std::size_t LongSize(Random& random) {
  const std::size_t size = std::size_t{70} << random.Below(14);
  return std::min(size + random.Below(size), std::size_t{1} << 20);
}

TEST(MetamorphicLong, LongValuesOfOtherFieldsDoNotCount) {
  ForEachBatch(4, [](Batch& batch) {
    std::vector<std::string> documents;
    for (const std::string& document : batch.documents) {
      if (!HasKeywords(document)) documents.push_back(document);
    }
    Judge judge(documents);
    for (const JsonValue& event : batch.events) {
      JsonValue padded = event;
      for (const char* name : {"padding", "a", "Image2"}) {
        JsonValue::Member member{
            name, JsonValue::String(
                      RandomFiller(batch.random, LongSize(batch.random)))};
        const std::size_t place = batch.random.Below(padded.members.size() + 1);
        padded.members.insert(
            padded.members.begin() + static_cast<std::ptrdiff_t>(place),
            std::move(member));
      }
      ASSERT_EQ(judge.Scan(padded), judge.Scan(event)) << WriteJson(event);
    }
  });
}

// A rule of one item, with a text that it matches.
struct Planted {
  std::string document;
  std::string modifier;
  std::string text;
};

Planted RandomPlanted(const std::string& title, Random& random) {
  static const std::string kModifiers[] = {"contains", "startswith",
                                           "endswith"};
  Planted planted;
  planted.modifier = random.Pick(kModifiers);
  const bool cased = random.Chance(30);
  const std::string source = RandomSigmaSource(random);
  planted.text = TextMatching(
      reference::ParsePattern(source, /*placeholders=*/false), !cased, random);
  planted.document = "title: " + title +
                     "\nlogsource: {category: test}\ndetection:\n  s: {f|" +
                     planted.modifier + (cased ? "|cased" : "") + ": " +
                     generator::YamlQuoted(source, random) +
                     "}\n  condition: s\n";
  return planted;
}

// What stands around a text does not hide it, wherever it is not anchored.
TEST(MetamorphicLong, TextAroundAMatchDoesNotHideIt) {
  ForEachBatch(6, [](Batch& batch) {
    Random& random = batch.random;
    std::vector<Planted> all;
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < kRulesPerBatch; ++i) {
      all.push_back(RandomPlanted("P" + std::to_string(i), random));
      documents.push_back(all.back().document);
    }
    Judge judge(documents);
    ASSERT_EQ(judge.engine().rules().size(), kRulesPerBatch);
    for (std::size_t i = 0; i < kRulesPerBatch; ++i) {
      const bool at_start = all[i].modifier == "startswith";
      const bool at_end = all[i].modifier == "endswith";
      const std::size_t size = LongSize(random);
      const std::size_t before = at_start ? 0
                                 : at_end ? size
                                          : random.Below(size + 1);
      std::string text = RandomFiller(random, before) + all[i].text;
      if (!at_end) text += RandomFiller(random, size - before);
      const Outcome outcome =
          judge.Scan(JsonValue::Object({{"f", JsonValue::String(text)}}));
      const auto found = outcome.find("P" + std::to_string(i));
      ASSERT_TRUE(found != outcome.end())
          << documents[i] << all[i].text << " at " << before << " of "
          << text.size();
    }
  });
}

// Every rule, those with keywords too, on events with long values: there the
// slow path says what is right.
TEST(MetamorphicLong, TheSlowPathAgreesOnLongValues) {
  ForEachBatch(20, [](Batch& batch) {
    Random& random = batch.random;
    const auto pair = LoadPair(batch.documents);
    ASSERT_TRUE(pair.ok()) << pair.status();
    const auto engine = Engine::Build(pair->rule_set);
    ASSERT_TRUE(engine.ok()) << engine.status();
    auto scanner = Scanner::Create(*engine, {.routing = Routing::kOff});
    ASSERT_TRUE(scanner.ok()) << scanner.status();
    for (JsonValue event : batch.events) {
      if (event.members.empty()) continue;
      JsonValue& value =
          event.members[random.Below(event.members.size())].second;
      const std::size_t size = std::min<std::size_t>(LongSize(random), 60'000);
      const std::size_t before = random.Below(size);
      const std::string text =
          value.kind == JsonValue::Kind::kString ? value.text : "ab";
      value = JsonValue::String(RandomFiller(random, before) + text +
                                RandomFiller(random, size - before));
      reference::ReferenceEvent parsed(event);
      const auto actual = ScanText(*scanner, WriteJson(event));
      ASSERT_TRUE(actual.ok()) << actual.status();
      for (const std::size_t rule :
           Differences(Expected(pair->references, parsed), *actual)) {
        ADD_FAILURE() << pair->documents[rule] << WriteJson(event);
      }
    }
  });
}

}  // namespace
}  // namespace hypersigma::property
