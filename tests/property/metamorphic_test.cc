// Changes of rules and events that must not change a verdict. None needs to
// know what is right, so that a fault that engine and slow path share shows.
// Changes that make values long are in metamorphic_long_test.cc.
//
// Flags: --seed=N (a difference prints the seed of its batch), --cases=N
// ((rule, event) pairs for each property).

#include "tests/property/metamorphic.h"

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/file_scanner.h"
#include "lib/reference/json_value.h"
#include "tests/property/changes.h"
#include "tests/property/run.h"
#include "tests/property/verdicts.h"
#include "tests/support/json_writer.h"
#include "tests/support/rule_generator.h"

namespace hypersigma::property {
namespace {

using reference::JsonValue;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Metamorphic, OrderOfRulesDoesNotCount) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    std::vector<std::string> shuffled = batch.documents;
    Shuffle(shuffled, batch.random);
    Judge other(shuffled);
    for (const JsonValue& event : batch.events) {
      ASSERT_EQ(other.Scan(event), judge.Scan(event)) << WriteJson(event);
    }
  });
}

TEST(Metamorphic, OrderOfMembersDoesNotCount) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    for (JsonValue event : batch.events) {
      DropDuplicates(event);
      JsonValue shuffled = event;
      ShuffleMembers(shuffled, batch.random);
      ASSERT_EQ(judge.Scan(shuffled), judge.Scan(event)) << WriteJson(event);
    }
  });
}

TEST(Metamorphic, OrderOfPairsDoesNotCount) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    for (const JsonValue& event : batch.events) {
      std::vector<FieldValue> pairs = PairsOf(judge.engine(), event);
      const Outcome expected = judge.Scan(event);
      ASSERT_EQ(judge.Scan(pairs), expected) << WriteJson(event);
      Shuffle(pairs, batch.random);
      ASSERT_EQ(judge.Scan(pairs), expected) << WriteJson(event);
    }
  });
}

TEST(Metamorphic, TwoEnginesSayWhatOneSays) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    const auto middle =
        batch.documents.begin() +
        static_cast<std::ptrdiff_t>(batch.random.Below(kRulesPerBatch));
    Judge first({batch.documents.begin(), middle});
    Judge second({middle, batch.documents.end()});
    for (const JsonValue& event : batch.events) {
      Outcome joined = first.Scan(event);
      joined.merge(second.Scan(event));
      ASSERT_EQ(joined, judge.Scan(event)) << WriteJson(event);
    }
  });
}

TEST(Metamorphic, TwoNegationsCancelOut) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    std::vector<std::string> negated;
    for (const std::string& document : batch.documents) {
      negated.push_back(NegateTwice(document));
    }
    Judge other(negated);
    ASSERT_EQ(other.engine().rules().size(), judge.engine().rules().size());
    for (const JsonValue& event : batch.events) {
      ASSERT_EQ(other.Scan(event), judge.Scan(event)) << WriteJson(event);
    }
  });
}

TEST(Metamorphic, CaseOfLettersDoesNotCount) {
  ForEachBatch(1, [](Batch& batch) {
    std::vector<std::string> documents;
    std::vector<std::string> swapped;
    for (const std::string& document : batch.documents) {
      if (DependsOnCase(document)) continue;
      documents.push_back(document);
      swapped.push_back(SwapCasesOfValues(document, batch.random));
    }
    Judge judge(documents, Detail::kSelections);
    Judge other(swapped, Detail::kSelections);
    ASSERT_EQ(other.engine().rules().size(), judge.engine().rules().size());
    for (const JsonValue& event : batch.events) {
      JsonValue in_other_case = event;
      SwapCases(in_other_case, batch.random);
      const Outcome expected = judge.Scan(event);
      ASSERT_EQ(judge.Scan(in_other_case), expected) << WriteJson(event);
      ASSERT_EQ(other.Scan(event), expected) << WriteJson(event);
      ASSERT_EQ(other.Scan(in_other_case), expected) << WriteJson(event);
    }
  });
}

// One rule more, then hundreds over the same fields.
TEST(Metamorphic, OtherRulesDoNotCount) {
  ForEachBatch(5, [](Batch& batch) {
    Judge judge(batch.documents);
    std::vector<std::string> more = batch.documents;
    for (const std::size_t count : {1u, 300u}) {
      while (more.size() < kRulesPerBatch + count) {
        more.push_back(generator::RandomRule("other", batch.random).yaml);
      }
      Judge other(more);
      for (const JsonValue& event : batch.events) {
        Outcome outcome = other.Scan(event);
        outcome.erase("other");
        ASSERT_EQ(outcome, judge.Scan(event)) << WriteJson(event);
      }
    }
  });
}

// What a scanner keeps from one event to the next, buffers and what values have
// fired, says nothing of the next.
TEST(Metamorphic, OtherEventsDoNotCount) {
  ForEachBatch(1, [](Batch& batch) {
    Judge judge(batch.documents);
    std::vector<Outcome> expected;
    for (const JsonValue& event : batch.events) {
      expected.push_back(Judge(judge.engine()).Scan(event));
    }
    for (std::size_t i = 0; i < 10 * batch.events.size(); ++i) {
      const std::size_t next = batch.random.Below(batch.events.size());
      if (batch.random.Chance(5)) {
        judge.Scan(R"({"a":{"b":")" + std::string(5'000, 'a') + R"("}})");
      }
      ASSERT_EQ(judge.Scan(batch.events[next]), expected[next])
          << WriteJson(batch.events[next]);
    }
  });
}

std::string ScanFile(const Engine& engine, const std::string& path,
                     int threads) {
  std::string out;
  FileScanOptions options;
  options.threads = threads;
  const ScanSummary summary =
      ScanToNdjson(engine, std::vector<std::string>{path}, options,
                   [&out](std::string_view lines) {
                     out.append(lines);
                     return absl::OkStatus();
                   });
  EXPECT_TRUE(summary.status.ok()) << summary.status;
  EXPECT_EQ(summary.malformed, 0u);
  EXPECT_THAT(summary.file_problems, IsEmpty());
  return out;
}

TEST(Metamorphic, ThreadsDoNotCount) {
  constexpr std::size_t kFileBytes = std::size_t{3} << 20;  // several blocks
  const std::string path = testing::TempDir() + "metamorphic_events.ndjson";
  ForEachBatch(10, [&](Batch& batch) {
    std::string events;
    while (events.size() < kFileBytes) {
      events += WriteJson(batch.random.Pick(batch.events)) + "\n";
    }
    std::ofstream(path, std::ios::binary) << events;
    const Judge judge(batch.documents);
    const std::string expected = ScanFile(judge.engine(), path, 1);
    EXPECT_THAT(expected, Not(IsEmpty()));
    for (const int threads : {2, 4}) {
      ASSERT_TRUE(ScanFile(judge.engine(), path, threads) == expected)
          << threads << " threads";
    }
  });
  std::remove(path.c_str());
}

}  // namespace

}  // namespace hypersigma::property

int main(int argc, char** argv) {
  namespace property = hypersigma::property;
  return property::RunTests(argc, argv, {"seed", property::Flags().seed},
                            {"cases", property::Flags().cases});
}
