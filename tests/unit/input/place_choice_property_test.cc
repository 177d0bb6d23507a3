// JsonReader with random layouts against a slow and obvious reading: every
// value of an event with its path, part by part, compared with every place.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "lib/input/json_paths.h"
#include "lib/input/json_reader.h"
#include "lib/input/layout.h"
#include "tests/unit/input/json_oracle.h"
#include "tests/unit/input/named_values.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kSeed = 20261124;
constexpr int kTables = 12'000;

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t limit) { return engine_() % limit; }
  std::string Pick(std::initializer_list<const char*> of) {
    return of.begin()[Below(of.size())];
  }

 private:
  std::mt19937 engine_;
};

// ---------------------------------------------------------------- generators

std::string Key(Random& random) {
  return random.Pick({"a", "a", "b", "b", "c", "#", "#", "a.b", "b.a", "a.#",
                      "a.b.c", "c.a.b.#", "x", ""});
}

std::string Json(Random& random, int depth) {
  const std::size_t kind = random.Below(depth == 0 ? 8 : 10);
  if (depth > 4 || kind > 6) {
    return random.Pick({R"("x")", R"("a\tb")", "1", "true", "null", "[]"});
  }
  const bool object = depth == 0 || kind < 5;
  std::string json(1, object ? '{' : '[');
  for (std::size_t left = random.Below(4) + (depth == 0 ? 1 : 0); left > 0;
       --left) {
    if (object) json += '"' + Key(random) + "\":";
    json += Json(random, depth + 1);
    if (left > 1) json += ',';
  }
  return json + (object ? '}' : ']');
}

std::string Event(Random& random) {
  std::string json = Json(random, 0);
  while (json.front() != '{') json = Json(random, 0);
  return json;
}

std::string Place(Random& random, std::size_t max_parts) {
  std::string place = random.Pick({"a", "b", "c", "*"});
  for (std::size_t parts = random.Below(max_parts); parts > 0; --parts) {
    place += '.' + random.Pick({"a", "b", "c", "*", "#"});
  }
  return place;
}

FieldTable Fields(Random& random) {
  FieldTable table;
  for (std::size_t left = random.Below(7); left > 0; --left) {
    table.Intern(random.Pick({"a", "b", "c", "x", "#", "a.b", "b.a", "a.b.c",
                              "b.#", "x.y", "c.a.b", ""}));
  }
  return table;
}

std::vector<std::string> Places(Random& random, std::size_t max_count) {
  std::vector<std::string> places;
  for (std::size_t left = random.Below(max_count + 1); left > 0; --left) {
    places.push_back(Place(random, 3));
  }
  return places;
}

EventLayout Layout(Random& random, const FieldTable& fields) {
  EventLayout layout;
  layout.markers = Places(random, 2);
  for (std::size_t left = random.Below(4); left > 0; --left) {
    layout.places.push_back(random.Below(4) == 0 ? "*"
                                                 : Place(random, 3) + ".*");
  }
  // A place that is there twice is as good as its better rank.
  std::sort(layout.places.begin(), layout.places.end());
  layout.places.erase(std::unique(layout.places.begin(), layout.places.end()),
                      layout.places.end());
  if (random.Below(2) == 0) layout.text_member = "#";
  for (const std::string& field : fields.names()) {
    if (random.Below(4) != 0) continue;
    layout.names.push_back({field, Places(random, 3)});
    if (random.Below(3) == 0) layout.names.back().places.push_back(field);
  }
  layout.time = Places(random, 3);
  return layout;
}

// -------------------------------------------------------------------- oracle

std::vector<std::string> Parts(std::string_view name) {
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

using Name = std::vector<std::string>;

Name Join(Name front, const Name& back) {
  front.insert(front.end(), back.begin(), back.end());
  return front;
}

struct Found {
  Name name;
  const OracleValue* value;
};

// Adds everything that is in `value`, elements of arrays under its own name.
void AddAll(const OracleValue& value, const Name& name,
            std::vector<Found>& found) {
  if (!value.is_array || value.elements.empty()) {
    found.push_back({name, &value});
  }
  for (const OracleValue& element : value.elements) {
    AddAll(element, name, found);
  }
  for (const auto& [key, member] : value.members) {
    AddAll(member, Join(name, Parts(key)), found);
  }
}

// Whether `name` begins with what `place` names.
bool BeginsWith(const Name& name, const Name& place) {
  if (place.size() > name.size()) return false;
  for (std::size_t i = 0; i < place.size(); ++i) {
    if (place[i] != "*" && place[i] != name[i]) return false;
  }
  return true;
}

bool IsAt(const Name& name, const Name& place) {
  return name.size() == place.size() && BeginsWith(name, place);
}

struct Expected {
  std::vector<OraclePair> pairs;
  std::optional<std::size_t> layout;
  std::string time;
  std::size_t placed = 0;
};

class Oracle {
 public:
  Oracle(const OracleEvent& event, const FieldTable& fields,
         const std::vector<EventLayout>& layouts)
      : event_(event), fields_(fields), layouts_(layouts) {
    for (const auto& [key, member] : event.root.members) {
      AddAll(member, Parts(key), found_);
    }
  }

  Expected Read(std::optional<std::size_t> forced, bool unnamed_values) {
    Expected expected;
    expected.layout = forced ? forced : Recognise();
    std::set<const OracleValue*> named;
    for (const std::string& field : fields_.names()) {
      for (const OracleValue* value : ValuesOf(field, expected)) {
        named.insert(value);
        expected.pairs.push_back({true, field, value->kind, value->text});
      }
    }
    oracle::Values scalars;
    if (unnamed_values) oracle::Scalars(event_.root, scalars);
    for (const OracleValue* scalar : scalars) {
      if (named.contains(scalar)) continue;
      expected.pairs.push_back({false, "", scalar->kind, scalar->text});
    }
    std::sort(expected.pairs.begin(), expected.pairs.end());
    if (expected.layout) expected.time = Time(layouts_[*expected.layout]);
    return expected;
  }

 private:
  std::optional<std::size_t> Recognise() const {
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
      const std::vector<std::string>& markers = layouts_[i].markers;
      if (std::all_of(markers.begin(), markers.end(), [&](const auto& marker) {
            return std::any_of(found_.begin(), found_.end(),
                               [&](const Found& found) {
                                 return BeginsWith(found.name, Parts(marker));
                               });
          })) {
        return i;
      }
    }
    return std::nullopt;
  }

  oracle::Values At(const Name& place, const std::string& text) const {
    oracle::Values values;
    for (const Found& found : found_) {
      if (IsAt(found.name, place) ||
          (!text.empty() && IsAt(found.name, Join(place, {text})))) {
        values.push_back(found.value);
      }
    }
    return values;
  }

  oracle::Values Own(const std::string& field) const {
    oracle::Values own;
    for (const OracleValue* value : oracle::Lookup(event_.root, field)) {
      oracle::Flatten(*value, own);
    }
    return own;
  }

  oracle::Values ValuesOf(const std::string& field, Expected& expected) const {
    const oracle::Values own = Own(field);
    if (!expected.layout) return own;
    const EventLayout& layout = layouts_[*expected.layout];
    const auto name =
        std::find_if(layout.names.begin(), layout.names.end(),
                     [&](const auto& each) { return each.field == field; });
    const bool is_listed = name != layout.names.end();
    for (const std::string& place : is_listed ? name->places : layout.places) {
      if (is_listed ? place == field : place == "*") {
        if (!own.empty()) return own;
        continue;
      }
      oracle::Values values;
      if (is_listed) {
        values = At(Parts(place), layout.text_member);
      } else {
        Name path = Parts(place);
        path.pop_back();
        values = At(Join(path, Parts(field)), layout.text_member);
      }
      const bool has_scalar = std::any_of(
          values.begin(), values.end(),
          [](const auto* value) { return value->kind != ValueKind::kObject; });
      if (has_scalar) {
        std::erase_if(values, [](const OracleValue* value) {
          return value->kind == ValueKind::kObject;
        });
      }
      expected.placed += values.size();
      if (!values.empty()) return values;
    }
    return own;
  }

  std::string Time(const EventLayout& layout) const {
    for (const std::string& place : layout.time) {
      for (const auto* value : At(Parts(place), layout.text_member)) {
        if (value->kind == ValueKind::kString ||
            value->kind == ValueKind::kNumber) {
          return value->text;
        }
      }
    }
    return "";
  }

  const OracleEvent& event_;
  const FieldTable& fields_;
  const std::vector<EventLayout>& layouts_;
  std::vector<Found> found_;
};

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

std::vector<std::string> Show(const std::vector<OraclePair>& pairs) {
  std::vector<std::string> lines;
  for (const OraclePair& pair : pairs) {
    lines.push_back((pair.named ? "'" + pair.field + "'=" : "-=") +
                    std::to_string(static_cast<int>(pair.kind)) + " " +
                    pair.text);
  }
  return lines;
}

std::string Show(const std::vector<EventLayout>& layouts) {
  std::string text;
  for (const EventLayout& layout : layouts) {
    text += "\nmarkers " + ::testing::PrintToString(layout.markers) +
            " places " + ::testing::PrintToString(layout.places) + " text " +
            layout.text_member + " time " +
            ::testing::PrintToString(layout.time);
    for (const EventLayout::Name& name : layout.names) {
      text +=
          "\n  " + name.field + ": " + ::testing::PrintToString(name.places);
    }
  }
  return text;
}

TEST(PlaceChoiceProperty, FindsWhatTheOracleFinds) {
  Random random(kSeed);
  std::map<std::string, int> seen;
  for (int i = 0; i < kTables; ++i) {
    const FieldTable table = Fields(random);
    std::vector<EventLayout> layouts;
    for (std::size_t left = random.Below(4); left > 0; --left) {
      layouts.push_back(Layout(random, table));
    }
    const JsonReaderOptions options{.unnamed_values = random.Below(2) == 0};
    std::optional<std::size_t> forced;
    if (!layouts.empty() && random.Below(4) == 0) {
      forced = random.Below(layouts.size());
    }
    const auto paths =
        std::make_shared<const JsonPaths>(table, layouts, forced);
    JsonReader reader(paths, options);
    JsonReader fields(paths, options);
    for (int events = 0; events < 4; ++events) {
      const std::string json = Event(random);
      const auto event = reader.Read(json);
      ASSERT_TRUE(event.ok()) << json << event.status();
      const OracleEvent tree = *OracleParse(json);
      const Expected expected =
          Oracle(tree, table, layouts).Read(forced, options.unnamed_values);
      ASSERT_EQ(Show(Pairs(*event, table)), Show(expected.pairs))
          << json
          << ::testing::PrintToString(
                 std::vector(table.names().begin(), table.names().end()))
          << Show(layouts);
      ASSERT_EQ(event->layout, expected.layout) << json << Show(layouts);
      ASSERT_EQ(event->time, expected.time) << json << Show(layouts);
      // Once more: what becomes of a member is remembered.
      for (int again = 0; again < 3; ++again) {
        const auto named = fields.ReadFields(json);
        ASSERT_TRUE(named.ok()) << json << named.status();
        ASSERT_EQ(Show(NamedPairs(*named, table)),
                  Show(NamedPairs(expected.pairs)))
            << json << Show(layouts);
        ASSERT_EQ(named->layout, expected.layout) << json << Show(layouts);
        ASSERT_EQ(named->time, expected.time) << json << Show(layouts);
        seen["raw"] += named->is_raw;
      }
      seen["layout"] += expected.layout.has_value();
      seen["second layout"] += expected.layout == 1;
      seen["time"] += !expected.time.empty();
      seen["placed"] += expected.placed > 0;
    }
  }
  EXPECT_GT(seen["layout"], kTables);
  EXPECT_GT(seen["second layout"], kTables / 50);
  EXPECT_GT(seen["time"], kTables / 10);
  EXPECT_GT(seen["placed"], kTables / 4);
  EXPECT_GT(seen["raw"], kTables);
}

}  // namespace
}  // namespace hypersigma::internal
