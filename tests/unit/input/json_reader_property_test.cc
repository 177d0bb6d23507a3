// JsonReader against the oracle and simdjson's DOM parser, on random events,
// random tables of dotted names and random damage.

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "lib/base/limits.h"
#include "lib/input/json_reader.h"
#include "lib/input/json_reader_tokens.h"
#include "lib/input/line_facts.h"
#include "tests/unit/input/json_oracle.h"
#include "tests/unit/input/named_values.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kSeed = 20260715;
constexpr int kEvents = 20'000;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t limit) { return engine_() % limit; }
  std::string_view Pick(std::initializer_list<std::string_view> of) {
    return of.begin()[Below(of.size())];
  }

 private:
  std::mt19937 engine_;
};

// Few names, so that the ways to a field collide.
std::string_view Key(Random& random) {
  return random.Pick({"a", "a", "b", "b", "a.b", "b.a", "a.b.a", "", ".",
                      R"(\u0061)", R"(b\u002ea)", "ccccccccccccccccccccc"});
}

std::string Scalar(Random& random) {
  return std::string(random.Pick(
      {R"("x")", R"("")", R"("C:\\Windows\\x.exe")", R"("\ud83d\ude00\"\/")",
       R"("\ud800")", R"("long text without any escape in it at all")",
       R"("a\tb")", "\"\xC3\xA9\"", "0", "-1.5e3", "18446744073709551616",
       "true", "false", "null"}));
}

std::string Json(Random& random, int depth) {
  const std::size_t kind = random.Below(depth == 0 ? 8 : 10);
  if (depth > 4 || kind > 6) return Scalar(random);
  const bool object = depth == 0 || kind < 4;
  std::string json(1, object ? '{' : '[');
  for (std::size_t left = random.Below(4); left > 0; --left) {
    json += random.Pick({"", "", " ", "\t\n"});
    if (object) {
      json += '"' + std::string(Key(random)) + '"';
      json += random.Pick({":", ":", " : "});
    }
    json += Json(random, depth + 1);
    if (left > 1) json += random.Pick({",", " ,"});
  }
  return json + (object ? '}' : ']');
}

std::string Event(Random& random) {
  std::string json = Json(random, 0);
  while (json.front() != '{') json = Json(random, 0);
  return json;
}

FieldTable Fields(Random& random) {
  FieldTable table;
  for (std::size_t left = random.Below(8); left > 0; --left) {
    std::string name(
        random.Pick({"a", "b", "", "a.b", "ccccccccccccccccccccc"}));
    for (std::size_t parts = random.Below(4); parts > 0; --parts) {
      name += random.Pick({".a", ".b", "."});
    }
    table.Intern(name);
  }
  return table;
}

void Damage(Random& random, std::string& json) {
  const std::size_t at = random.Below(json.size());
  const auto byte =
      random.Below(2) == 0
          ? random.Pick({"{", "}", "[", "]", ",", ":", "\"", "\\", " ", "0",
                         "-", ".", "e", "t", "\n", "\x01", "\f", "\x1A"})[0]
          : static_cast<char>(random.Below(256));
  switch (random.Below(4)) {
    case 0:
      json[at] = byte;
      break;
    case 1:
      json.insert(at, 1, byte);
      break;
    case 2:
      json.erase(at, 1 + random.Below(3));
      break;
    default:
      json.insert(at, json.substr(random.Below(json.size()), 8));
  }
  if (json.empty()) json = " ";
}

std::vector<OraclePair> Pairs(const JsonEvent& event, const FieldTable& table) {
  std::vector<OraclePair> pairs;
  for (const FieldValue& value : event.values) {
    const bool named = value.field != kUnnamedField;
    pairs.push_back(
        {named,
         named ? table.names()[static_cast<std::size_t>(value.field)] : "",
         value.value.kind, std::string(value.value.text)});
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

// Reads one event in both ways; counts what was seen, so that the tests can
// tell that they have tested something.
struct Seen {
  int well_formed = 0;
  int malformed = 0;
  int repaired = 0;
};

void Compare(JsonReader& reader, const FieldTable& table, bool unnamed_values,
             const std::string& json, Seen& seen) {
  const std::optional<OracleEvent> expected = OracleParse(json);
  const absl::StatusOr<JsonEvent> event = reader.Read(json);
  ASSERT_EQ(event.ok(), expected.has_value()) << json << event.status();
  if (!expected) {
    const std::string message(event.status().message());
    ASSERT_EQ(reader.ReadFields(json).status().message(), message) << json;
    ++seen.malformed;
    return;
  }
  ++seen.well_formed;
  seen.repaired += expected->repaired;
  EXPECT_EQ(event->repaired, expected->repaired) << json;
  ASSERT_EQ(Pairs(*event, table),
            OraclePairs(*expected, table.names(), unnamed_values))
      << json << ::testing::PrintToString(table.names());
  const absl::StatusOr<JsonEvent> named = reader.ReadFields(json);
  ASSERT_TRUE(named.ok()) << json << named.status();
  EXPECT_EQ(named->repaired, expected->repaired) << json;
  ASSERT_EQ(NamedPairs(*named, table),
            NamedPairs(OraclePairs(*expected, table.names(), unnamed_values)))
      << json << ::testing::PrintToString(table.names());
}

// Runs `check` with each look that this CPU has, and where tokens are found by
// simdjson with each of its implementations.
template <typename Check>
void WithEachLook(Check check) {
  for (const LineLook& look : LineLooks()) {
    if (look.finds_tokens) check(look);
  }
  const simdjson::implementation* const active =
      simdjson::get_active_implementation();
  for (const auto* candidate : simdjson::get_available_implementations()) {
    if (!candidate->supported_by_runtime_system()) continue;
    SCOPED_TRACE(candidate->name());
    simdjson::get_active_implementation() = candidate;
    check(LineLooks().back());
  }
  simdjson::get_active_implementation() = active;
}

TEST(JsonOracle, LooksUpAsTheSemanticsSay) {
  const auto event = OracleParse(
      R"({"a":{"b":1},"a.b":[2,[3,[]]],"x":[{"y":"z"},{"y":null}],"n":{}})");
  ASSERT_TRUE(event.has_value());
  const std::vector<std::string> fields = {"a.b", "x.y", "n", "n.m"};
  const std::vector<OraclePair> expected = {
      {false, "", ValueKind::kNumber, "1"},
      {true, "a.b", ValueKind::kNumber, "2"},
      {true, "a.b", ValueKind::kNumber, "3"},
      {true, "a.b", ValueKind::kEmptyArray, ""},
      {true, "n", ValueKind::kObject, ""},
      {true, "x.y", ValueKind::kString, "z"},
      {true, "x.y", ValueKind::kNull, ""},
  };
  EXPECT_EQ(OraclePairs(*event, fields, true), expected);
}

TEST(JsonReaderProperty, FindsWhatTheOracleFinds) {
  Random random(kSeed);
  Seen seen;
  const std::vector<LineLook> looks = LineLooks();
  for (std::size_t i = 0; i < kEvents; ++i) {
    const FieldTable table = Fields(random);
    const bool unnamed_values = random.Below(2) == 0;
    JsonReader reader(
        table, {},
        {.unnamed_values = unnamed_values, .look = looks[i % looks.size()]});
    for (int events = 0; events < 4; ++events) {
      Compare(reader, table, unnamed_values, Event(random), seen);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_EQ(seen.malformed, 0);
  EXPECT_EQ(seen.well_formed, 4 * kEvents);
}

TEST(JsonReaderProperty, RefusesWhatTheOracleRefuses) {
  WithEachLook([](const LineLook& look) {
    Random random(kSeed + 1);
    Seen seen;
    FieldTable table;
    for (const char* name : {"a", "b", "a.b", "a.b.a"}) table.Intern(name);
    JsonReader reader(table, {}, {.unnamed_values = true, .look = look});
    for (int i = 0; i < 4 * kEvents; ++i) {
      std::string json = Event(random);
      for (std::size_t left = random.Below(3); left > 0 || i % 2 == 0; --left) {
        Damage(random, json);
        if (left == 0) break;
      }
      Compare(reader, table, true, json, seen);
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(seen.malformed, kEvents);
    EXPECT_GT(seen.well_formed, kEvents);
    EXPECT_GT(seen.repaired, kEvents / 100);
  });
}

// About simdjson's best implementation; they differ in where malformed tokens
// begin.
TEST(JsonReaderProperty, FindsTheTokensThatSimdjsonFinds) {
  for (const LineLook& look : LineLooks()) {
    if (!look.finds_tokens) continue;
    Random random(kSeed + 3);
    JsonTokens tokens(look);
    JsonTokens others(LineLooks().back());
    int found = 0;
    for (int i = 0; i < 4 * kEvents; ++i) {
      std::string json = Event(random);
      for (std::size_t left = random.Below(8); left > 0; --left) {
        Damage(random, json);
      }
      const absl::Status status = tokens.Find(json, 0);
      // Some of what is malformed is refused before it is walked, and where a
      // string was to be repaired is open.
      if (!others.Find(json, 0).ok() || others.repaired()) continue;
      ++found;
      ASSERT_TRUE(status.ok()) << status << json;
      ASSERT_FALSE(tokens.repaired()) << json;
      while (!tokens.at_end() && !others.at_end()) {
        ASSERT_EQ(tokens.OffsetOf(tokens.Next()),
                  others.OffsetOf(others.Next()))
            << json;
        ASSERT_EQ(tokens.last_bytes(), others.last_bytes()) << json;
      }
      ASSERT_EQ(tokens.at_end(), others.at_end()) << json;
    }
    EXPECT_GT(found, kEvents);
  }
}

// The oracle is ours; simdjson's DOM parser is not.
TEST(JsonReaderProperty, AgreesWithTheDomParserOnWhatIsMalformed) {
  Random random(kSeed + 2);
  simdjson::dom::parser parser;
  const FieldTable table;
  JsonReader reader(table, {}, {});
  int refused = 0;
  int accepted = 0;
  for (int i = 0; i < 4 * kEvents; ++i) {
    std::string json = Event(random);
    if (random.Below(2) == 0) Damage(random, json);
    const absl::StatusOr<JsonEvent> event = reader.Read(json);
    // What the DOM parser refuses and we repair, and numbers past its range.
    if (event.ok() && event->repaired) continue;
    const simdjson::error_code error = parser.parse(json).error();
    if (error == simdjson::NUMBER_ERROR) continue;
    if (error == simdjson::SUCCESS && !parser.parse(json).is_object()) continue;
    ASSERT_EQ(event.ok(), error == simdjson::SUCCESS)
        << json << event.status() << error;
    (event.ok() ? accepted : refused) += 1;
  }
  EXPECT_GT(refused, kEvents / 2);
  EXPECT_GT(accepted, kEvents / 2);
}

}  // namespace
}  // namespace hypersigma::internal
