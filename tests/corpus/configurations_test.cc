// Real events and all SigmaHQ rules: which rules match, and why, is the same
// however the events are handed over, and whatever only makes scans faster.
// Skipped when ../shared/corpus is not there.
//
// Columns are compared in columns_test.cc, profiles in profile_test.cc.

#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/evaluator.h"
#include "lib/input/json_reader.h"
#include "lib/reference/json_value.h"
#include "lib/taxonomy/log_source_map.h"
#include "tests/corpus/corpus.h"
#include "tests/property/verdicts.h"
#include "tests/support/batch_verdicts.h"
#include "tests/support/random.h"

namespace hypersigma {
namespace {

// All of them: few match anything.
constexpr std::size_t kEventCount = 40'000;
// Scanners that see one event each are slow to make: one for every so many
// events, and for each of the first so many that match.
constexpr std::size_t kFreshStep = 400;
constexpr std::size_t kFreshMatching = 200;

// By event: a line for each match and each undecided rule.
using Lines = std::vector<std::string>;

void AppendRule(RuleId rule, std::string_view before, std::string& rules) {
  rules.append(before) += std::to_string(static_cast<std::size_t>(rule)) + "\n";
}

// The rules alone.
std::string RulesOf(const ScanResult& result) {
  std::string rules;
  for (const Match& match : result.matches) AppendRule(match.rule, "", rules);
  for (const Undecided& each : result.undecided) {
    AppendRule(each.rule, "undecided ", rules);
  }
  return rules;
}

std::string RulesOf(const internal::Evaluator& evaluator) {
  std::string rules;
  for (const RuleId rule : evaluator.matched()) AppendRule(rule, "", rules);
  for (const Undecided& each : evaluator.undecided()) {
    AppendRule(each.rule, "undecided ", rules);
  }
  return rules;
}

// What the plainest way of scanning finds.
struct Expected {
  Lines lines;
  Lines rules;
  std::vector<bool> is_flat;  // whether members have the names of fields
};

struct Corpus {
  Engine engine;
  std::vector<std::string> events;
  std::map<Routing, Expected> expected;
};

Expected ScanPlainly(const Engine& engine, Routing routing,
                     const std::vector<std::string>& events) {
  Scanner scanner = Scanner::Create(engine, {.routing = routing}).value();
  Expected expected;
  for (const std::string& event : events) {
    const ScanResult result = scanner.ScanJson(event).value();
    expected.lines.push_back(internal::LinesOf(result));
    expected.rules.push_back(RulesOf(result));
    expected.is_flat.push_back(result.layout == "flat");
  }
  return expected;
}

// A file of the events, one a line.
class EventFile {
 public:
  EventFile(std::string_view content, std::string_view ending)
      : path_(::testing::TempDir() + "corpus_configurations_" +
              std::to_string(getpid()) + std::string(ending)) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;
  ~EventFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string Zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(),
                                         bytes.size(), /*compressionLevel=*/1);
  EXPECT_EQ(ZSTD_isError(size), 0u);
  out.resize(size);
  return out;
}

class Configurations : public ::testing::TestWithParam<Routing> {
 protected:
  static void SetUpTestSuite() {
    if (!HasCorpus()) return;
    const std::vector<std::string> paths = {CorpusPath("sigma/rules")};
    corpus_ = std::make_unique<Corpus>(
        Corpus{Engine::Build(RuleSet::FromPaths(paths).value()).value(),
               SampledEvents(kEventCount),
               {}});
    for (const Routing routing : {Routing::kAuto, Routing::kOff}) {
      corpus_->expected[routing] =
          ScanPlainly(engine(), routing, corpus_->events);
    }
  }
  static void TearDownTestSuite() { corpus_.reset(); }

  void SetUp() override {
    if (!HasCorpus()) GTEST_SKIP() << "no ../shared/corpus";
    const Lines& rules = expected().rules;
    ASSERT_EQ(rules.size(), kEventCount);
    ASSERT_GT(std::count_if(rules.begin(), rules.end(),
                            [](const auto& each) { return !each.empty(); }),
              100);
  }

  static const Engine& engine() { return corpus_->engine; }
  static const std::vector<std::string>& events() { return corpus_->events; }
  static const Expected& expected() { return corpus_->expected[GetParam()]; }

  static Scanner MakeScanner(ScannerOptions options = {}) {
    options.routing = GetParam();
    return Scanner::Create(engine(), options).value();
  }

  static void ExpectSame(Scanner& scanner) {
    for (std::size_t i = 0; i < events().size(); ++i) {
      ASSERT_EQ(internal::LinesOf(scanner.ScanJson(events()[i]).value()),
                expected().lines[i])
          << events()[i];
    }
  }

  // The events, one a line.
  static std::string Text() {
    std::string text;
    for (const std::string& event : events()) text += event + "\n";
    return text;
  }

  static Lines ScanFile(const std::string& path, int threads) {
    Lines lines(events().size());
    const std::vector<std::string> paths = {path};
    const ScanSummary summary =
        ScanFiles(engine(), paths,
                  {.threads = threads,
                   .scanner = {.routing = GetParam()},
                   .max_undecided = 1'000'000},
                  [&lines](const MatchPlace& place, const Match& match) {
                    internal::AppendLine(match, lines.at(place.index));
                    return absl::OkStatus();
                  });
    EXPECT_TRUE(summary.status.ok()) << summary.status;
    EXPECT_TRUE(summary.file_problems.empty());
    EXPECT_EQ(summary.events, events().size());
    EXPECT_EQ(summary.malformed, 0u);
    for (const UndecidedRecord& each : summary.undecided_records) {
      internal::AppendLine({each.rule, each.field, each.reason},
                           lines.at(each.index));
    }
    return lines;
  }

 private:
  static inline std::unique_ptr<Corpus> corpus_;
};

TEST_P(Configurations, BytesBehindTheEvent) {
  Scanner scanner = MakeScanner();
  const std::string text =
      Text() + std::string(kJsonPadding, '"');  // of no event
  std::size_t begin = 0;
  for (std::size_t i = 0; i < events().size(); ++i) {
    const std::size_t size = events()[i].size();
    const ScanResult result =
        scanner
            .ScanJson(std::string_view(text).substr(begin, size),
                      text.size() - begin - size)
            .value();
    ASSERT_EQ(internal::LinesOf(result), expected().lines[i]) << events()[i];
    begin += size + 1;
  }
}

TEST_P(Configurations, FreshScanners) {
  std::size_t matching = 0;
  for (std::size_t i = 0; i < events().size(); ++i) {
    if (!expected().lines[i].empty()) ++matching;
    const bool is_taken =
        !expected().lines[i].empty() && matching <= kFreshMatching;
    if (!is_taken && i % kFreshStep != 0) continue;
    Scanner scanner = MakeScanner();
    ASSERT_EQ(internal::LinesOf(scanner.ScanJson(events()[i]).value()),
              expected().lines[i])
        << events()[i];
  }
}

TEST_P(Configurations, OrderOfEvents) {
  std::vector<std::size_t> order(events().size());
  std::iota(order.begin(), order.end(), 0u);
  generator::Random random(1);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random.Below(i)]);
  }
  Scanner scanner = MakeScanner();
  for (const std::size_t i : order) {
    ASSERT_EQ(internal::LinesOf(scanner.ScanJson(events()[i]).value()),
              expected().lines[i])
        << events()[i];
  }
}

// The pairs come from the reference's parser, so that two readers of JSON are
// compared, too.
TEST_P(Configurations, ParsedEvents) {
  Scanner scanner = MakeScanner();
  std::size_t count = 0;
  for (std::size_t i = 0; i < events().size(); ++i) {
    // Names of a layout are for JSON alone.
    if (!expected().is_flat[i]) continue;
    ++count;
    const reference::JsonValue event =
        reference::ParseJson(events()[i]).value();
    const std::vector<FieldValue> pairs = property::PairsOf(engine(), event);
    ASSERT_EQ(internal::LinesOf(scanner.Scan(pairs).value()),
              expected().lines[i])
        << events()[i];
  }
  EXPECT_GT(count, 1'000u);
}

TEST_P(Configurations, Files) {
  const EventFile plain(Text(), ".ndjson");
  const EventFile compressed(Zstd(Text()), ".ndjson.zst");
  for (const EventFile* const file : {&plain, &compressed}) {
    for (const int threads : {1, 2, 4}) {
      const Lines lines = ScanFile(file->path(), threads);
      for (std::size_t i = 0; i < events().size(); ++i) {
        ASSERT_EQ(lines[i], expected().lines[i])
            << threads << " threads: " << events()[i];
      }
    }
  }
}

TEST_P(Configurations, SavedEngine) {
  const EventFile file("", ".engine");
  ASSERT_TRUE(engine().Save(file.path()).ok());
  const Engine loaded = Engine::Load(file.path()).value();
  Scanner scanner = Scanner::Create(loaded, {.routing = GetParam()}).value();
  ExpectSame(scanner);
}

TEST_P(Configurations, SizesOfTheValueCache) {
  const internal::EngineState& state = engine().state();
  const auto& layouts = state.taxonomy().data().layouts;
  internal::JsonReaderOptions options{.unnamed_values = true};
  // Without routing events are read by the names of fields.
  const bool is_off = GetParam() == Routing::kOff;
  internal::JsonReader reader(
      state.plan().fields,
      is_off ? std::span<const internal::EventLayout>() : layouts, options);
  // Nothing is kept, little, and nearly everything.
  for (const std::size_t bytes : {0u, 8u << 10, 256u << 10, 64u << 20}) {
    internal::Evaluator evaluator =
        internal::Evaluator::Create(
            state, {.routing = GetParam(), .value_cache_bytes = bytes})
            .value();
    for (std::size_t i = 0; i < events().size(); ++i) {
      ASSERT_TRUE(
          evaluator.Evaluate(reader.Read(events()[i]).value().values).ok());
      ASSERT_EQ(RulesOf(evaluator), expected().rules[i])
          << bytes << " bytes: " << events()[i];
    }
  }
}

TEST_P(Configurations, MaskOfAllRules) {
  const auto all = std::make_shared<const RuleMask>(engine().rules().size(),
                                                    /*all=*/true);
  Scanner scanner = MakeScanner({.rules = all});
  ExpectSame(scanner);
  // And back from none.
  ASSERT_TRUE(
      scanner.Select(std::make_shared<const RuleMask>(all->size())).ok());
  ASSERT_EQ(RulesOf(scanner.ScanJson(events().front()).value()), "");
  ASSERT_TRUE(scanner.Select(nullptr).ok());
  ExpectSame(scanner);
}

TEST_P(Configurations, Details) {
  Scanner with_fields = MakeScanner({.fields = true});
  ExpectSame(with_fields);
  Scanner bare = MakeScanner({.details = false});
  for (std::size_t i = 0; i < events().size(); ++i) {
    const ScanResult result = bare.ScanJson(events()[i]).value();
    ASSERT_EQ(RulesOf(result), expected().rules[i]) << events()[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Corpus, Configurations,
                         ::testing::Values(Routing::kAuto, Routing::kOff),
                         [](const auto& routing) {
                           return routing.param == Routing::kAuto ? "Auto"
                                                                  : "Off";
                         });

}  // namespace
}  // namespace hypersigma
