#include "tests/property/metamorphic.h"

#include <utility>

#include "absl/status/statusor.h"
#include "hypersigma/rule_set.h"
#include "tests/property/verdicts.h"
#include "tests/support/event_generator.h"
#include "tests/support/json_writer.h"

namespace hypersigma::property {
namespace {

Outcome Describe(const Engine& engine, const ScanResult& result,
                 Detail detail) {
  Outcome outcome;
  const auto title = [&engine](RuleId rule) {
    return engine.rules()[static_cast<std::size_t>(rule)].title;
  };
  for (const Match& match : result.matches) {
    std::string& text = outcome[title(match.rule)];
    for (const std::string_view selection : match.selections) {
      text += " " + std::string(selection);
    }
    for (const Indicator& indicator : match.indicators) {
      if (detail == Detail::kSelections) break;
      text += "; " + std::string(indicator.field) + " " +
              std::string(IndicatorKindName(indicator.kind)) + " " +
              std::string(indicator.value);
    }
  }
  for (const Undecided& undecided : result.undecided) {
    outcome[title(undecided.rule)] = "undecided";
  }
  return outcome;
}

Engine Build(const std::vector<std::string>& documents) {
  std::string stream;
  for (const std::string& document : documents) stream += "---\n" + document;
  auto engine = Engine::Build(RuleSet::FromYaml(stream, GeneratedOptions()));
  EXPECT_TRUE(engine.ok()) << engine.status();
  return *std::move(engine);
}

Scanner Make(const Engine& engine) {
  auto scanner = Scanner::Create(engine, {.routing = Routing::kOff});
  EXPECT_TRUE(scanner.ok()) << scanner.status();
  return *std::move(scanner);
}

}  // namespace

MetamorphicFlags& Flags() {
  static MetamorphicFlags flags;
  return flags;
}

Judge::Judge(const std::vector<std::string>& documents, Detail detail)
    : detail_(detail), engine_(Build(documents)), scanner_(Make(engine_)) {}

Judge::Judge(Engine engine)
    : detail_(Detail::kAll),
      engine_(std::move(engine)),
      scanner_(Make(engine_)) {}

Outcome Judge::Scan(std::string_view json) {
  const auto result = scanner_.ScanJson(json);
  EXPECT_TRUE(result.ok()) << json.substr(0, 1000) << result.status();
  return result.ok() ? Describe(engine_, *result, detail_) : Outcome();
}

Outcome Judge::Scan(const reference::JsonValue& event) {
  return Scan(WriteJson(event));
}

Outcome Judge::Scan(Event event) {
  const auto result = scanner_.Scan(event);
  EXPECT_TRUE(result.ok()) << result.status();
  return result.ok() ? Describe(engine_, *result, detail_) : Outcome();
}

Batch::Batch(std::uint64_t seed) : random(seed) {
  for (std::size_t i = 0; i < kRulesPerBatch; ++i) {
    rules.push_back(RandomRule("R" + std::to_string(i), random));
    documents.push_back(rules.back().yaml);
  }
  for (std::size_t i = 0; i < kEventsPerBatch; ++i) {
    events.push_back(RandomEvent(rules, random));
  }
}

}  // namespace hypersigma::property
