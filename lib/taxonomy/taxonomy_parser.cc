#include "lib/taxonomy/taxonomy_parser.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;
using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> kSections{"fields", "layouts",
                                                    "log_sources", "without"};
constexpr std::array<std::string_view, 7> kLayoutKeys{
    "computer", "fields", "name", "names", "text", "time", "when"};
constexpr std::array<std::string_view, 4> kEntryKeys{"fields", "is", "name",
                                                     "when"};
constexpr std::array<std::string_view, 3> kAttributes{"category", "product",
                                                      "service"};
constexpr std::array<std::string_view, 4> kUnmappedKeys{"category", "product",
                                                        "reason", "service"};

struct TestOperator {
  std::string_view name;
  EventTest::Kind kind;
};
constexpr std::array<TestOperator, 4> kTestOperators{{
    {"contains", EventTest::Kind::kContains},
    {"endswith", EventTest::Kind::kEndsWith},
    {"exists", EventTest::Kind::kExists},
    {"startswith", EventTest::Kind::kStartsWith},
}};

// Reads the parts of a taxonomy, each of which says what it expected.
class TaxonomyParser {
 public:
  explicit TaxonomyParser(Reporter& reporter) : reporter_(reporter) {}

  TaxonomyData Parse(const YamlNode& root);

 private:
  bool IsMap(const YamlNode& node, std::string_view what);
  bool IsList(const YamlNode& node, std::string_view what);
  void CheckKeys(const YamlNode& map, Names known, std::string_view what);
  std::string Text(const YamlNode& node, std::string_view what);
  std::string Member(const YamlNode& map, std::string_view key,
                     std::string_view what);
  std::vector<std::string> Texts(const YamlNode& node, std::string_view what);
  std::vector<FieldSources> Fields(const YamlNode& node);

  EventLayout Layout(const YamlNode& node);
  void CheckPlaces(const YamlNode& node, std::span<const std::string> places);

  LogSourceEntry Entry(const YamlNode& node);
  std::vector<EventTest> Tests(const YamlNode& map);
  EventTest Test(const YamlNode::Entry& entry);
  LogSource Source(const YamlNode& node, Names keys, std::string_view what);

  Reporter& reporter_;
};

bool TaxonomyParser::IsMap(const YamlNode& node, std::string_view what) {
  if (node.kind == Kind::kMap) return true;
  reporter_.Mismatch(node.range, what, Describe(node), "a map");
  return false;
}

bool TaxonomyParser::IsList(const YamlNode& node, std::string_view what) {
  if (node.kind == Kind::kList && !node.items.empty()) return true;
  reporter_.Mismatch(node.range, what,
                     node.kind == Kind::kList ? "empty" : Describe(node),
                     "a list");
  return false;
}

void TaxonomyParser::CheckKeys(const YamlNode& map, Names known,
                               std::string_view what) {
  for (const YamlNode::Entry& entry : map.entries) {
    const std::string& key = entry.key.text;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    reporter_.Error(entry.key.range,
                    Concat({"unknown key ", Quoted(key), " in ", what,
                            DidYouMean(Nearest(key, known))}));
  }
}

std::string TaxonomyParser::Text(const YamlNode& node, std::string_view what) {
  if (node.is_scalar() && node.kind != Kind::kNull && !node.text.empty()) {
    return node.text;
  }
  reporter_.Mismatch(node.range, what,
                     node.kind == Kind::kString ? "empty" : Describe(node),
                     "a text");
  return {};
}

std::string TaxonomyParser::Member(const YamlNode& map, std::string_view key,
                                   std::string_view what) {
  const YamlNode* node = map.Find(key);
  if (node != nullptr) return Text(*node, key);
  reporter_.Error(map.range, Concat({what, " has no ", key}));
  return {};
}

// A text, or a list of them.
std::vector<std::string> TaxonomyParser::Texts(const YamlNode& node,
                                               std::string_view what) {
  std::vector<std::string> texts;
  if (node.kind != Kind::kList) {
    texts.push_back(Text(node, what));
  } else if (IsList(node, what)) {
    for (const YamlNode& item : node.items) texts.push_back(Text(item, what));
  }
  return texts;
}

std::vector<FieldSources> TaxonomyParser::Fields(const YamlNode& node) {
  std::vector<FieldSources> fields;
  if (!IsMap(node, "fields")) return fields;
  for (const YamlNode::Entry& entry : node.entries) {
    fields.push_back({entry.key.text, Texts(entry.value, entry.key.text)});
  }
  return fields;
}

void TaxonomyParser::CheckPlaces(const YamlNode& node,
                                 std::span<const std::string> places) {
  for (const std::string& place : places) {
    if (place == "*" || place.ends_with(".*")) continue;
    reporter_.Mismatch(node.range, "a place of fields", Quoted(place),
                       "a path that ends in '*', the field's name");
  }
  if (places.size() <= kMaxLayoutPlaces) return;
  reporter_.Error(node.range, Concat({"too many places, expected at most ",
                                      std::to_string(kMaxLayoutPlaces)}));
}

EventLayout TaxonomyParser::Layout(const YamlNode& node) {
  EventLayout layout;
  if (!IsMap(node, "a layout")) return layout;
  CheckKeys(node, kLayoutKeys, "a layout");
  layout.name = Member(node, "name", "a layout");
  if (const YamlNode* when = node.Find("when")) {
    layout.markers = Texts(*when, "when");
  }
  if (const YamlNode* fields = node.Find("fields")) {
    layout.places = Texts(*fields, "fields");
    CheckPlaces(*fields, layout.places);
  }
  if (const YamlNode* text = node.Find("text")) {
    layout.text_member = Text(*text, "text");
  }
  if (const YamlNode* names = node.Find("names")) {
    for (FieldSources& name : Fields(*names)) {
      layout.names.push_back({std::move(name.field), std::move(name.members)});
    }
  }
  if (const YamlNode* time = node.Find("time")) {
    layout.time = Texts(*time, "time");
  }
  if (const YamlNode* computer = node.Find("computer")) {
    layout.computer = Texts(*computer, "computer");
  }
  return layout;
}

EventTest TaxonomyParser::Test(const YamlNode::Entry& entry) {
  EventTest test;
  const std::string_view key = entry.key.text;
  const std::size_t bar = std::min(key.find('|'), key.size());
  test.field = key.substr(0, bar);
  if (bar < key.size()) {
    const std::string_view name = key.substr(bar + 1);
    const auto found = std::find_if(
        kTestOperators.begin(), kTestOperators.end(),
        [name](const TestOperator& each) { return each.name == name; });
    if (found == kTestOperators.end()) {
      reporter_.Mismatch(entry.key.range, "the operator", Quoted(name),
                         "'contains', 'endswith', 'exists' or 'startswith'");
      return test;
    }
    test.kind = found->kind;
  }
  if (test.kind == EventTest::Kind::kExists) {
    if (entry.value.kind != Kind::kBool) {
      reporter_.Mismatch(entry.value.range, key, Describe(entry.value),
                         "true or false");
    }
    if (entry.value.text == "false") test.kind = EventTest::Kind::kMissing;
    return test;
  }
  for (const std::string& value : Texts(entry.value, key)) {
    test.values.push_back(FoldedAscii(value));
    test.written.push_back(value);
  }
  return test;
}

std::vector<EventTest> TaxonomyParser::Tests(const YamlNode& map) {
  std::vector<EventTest> tests;
  if (!IsMap(map, "when")) return tests;
  if (map.entries.empty()) {
    reporter_.Error(map.range, "when is empty: it would hold for every event");
  }
  for (const YamlNode::Entry& entry : map.entries) {
    tests.push_back(Test(entry));
  }
  return tests;
}

LogSource TaxonomyParser::Source(const YamlNode& node, Names keys,
                                 std::string_view what) {
  LogSource source;
  if (!IsMap(node, what)) return source;
  CheckKeys(node, keys, what);
  const auto read = [&](std::string_view key, std::string& text) {
    const YamlNode* value = node.Find(key);
    if (value != nullptr) text = Text(*value, key);
  };
  read("product", source.product);
  read("category", source.category);
  read("service", source.service);
  if (source == LogSource()) {
    reporter_.Error(node.range, Concat({what,
                                        " has no product, category or "
                                        "service"}));
  }
  return source;
}

LogSourceEntry TaxonomyParser::Entry(const YamlNode& node) {
  LogSourceEntry entry;
  if (!IsMap(node, "an entry of log_sources")) return entry;
  CheckKeys(node, kEntryKeys, "an entry of log_sources");
  entry.name = Member(node, "name", "an entry of log_sources");
  const YamlNode* when = node.Find("when");
  if (when == nullptr) {
    reporter_.Error(node.range, "an entry of log_sources has no when");
  } else if (when->kind == Kind::kList && IsList(*when, "when")) {
    for (const YamlNode& tests : when->items) {
      entry.when.push_back(Tests(tests));
    }
  } else {
    entry.when.push_back(Tests(*when));
  }
  const YamlNode* sources = node.Find("is");
  if (sources == nullptr) {
    reporter_.Error(node.range, "an entry of log_sources has no is");
  } else if (IsList(*sources, "is")) {
    for (const YamlNode& source : sources->items) {
      entry.log_sources.push_back(Source(source, kAttributes, "is"));
    }
  }
  if (const YamlNode* fields = node.Find("fields")) {
    entry.fields = Fields(*fields);
  }
  return entry;
}

// Reports what has the name of one before it.
template <typename Named>
void CheckNames(const std::vector<Named>& all, SourceRange range,
                Reporter& reporter) {
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (const Named& each : all) names.push_back(each.name);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end() || twice->empty()) return;
  reporter.Error(range,
                 Concat({"the name ", Quoted(*twice), " is there twice"}));
}

TaxonomyData TaxonomyParser::Parse(const YamlNode& root) {
  TaxonomyData data;
  if (!IsMap(root, "a taxonomy")) return data;
  CheckKeys(root, kSections, "a taxonomy");
  if (const YamlNode* fields = root.Find("fields")) {
    data.fields = Fields(*fields);
  }
  if (const YamlNode* layouts = root.Find("layouts");
      layouts != nullptr && IsList(*layouts, "layouts")) {
    for (const YamlNode& layout : layouts->items) {
      data.layouts.push_back(Layout(layout));
    }
    CheckNames(data.layouts, layouts->range, reporter_);
  }
  if (const YamlNode* entries = root.Find("log_sources");
      entries != nullptr && IsList(*entries, "log_sources")) {
    for (const YamlNode& entry : entries->items) {
      data.entries.push_back(Entry(entry));
    }
    CheckNames(data.entries, entries->range, reporter_);
  }
  if (const YamlNode* without = root.Find("without");
      without != nullptr && IsList(*without, "without")) {
    for (const YamlNode& node : without->items) {
      LogSource source = Source(node, kUnmappedKeys, "an entry of without");
      data.unmapped.push_back(
          {std::move(source), Member(node, "reason", "an entry of without")});
    }
  }
  return data;
}

// Replaces what has the same name; what is new comes in front if `first`.
template <typename Item, typename Key>
void Merge(std::vector<Item> added, std::vector<Item>& base, Key Item::*key,
           bool first) {
  std::vector<Item> fresh;
  for (Item& item : added) {
    const auto found = std::find_if(
        base.begin(), base.end(),
        [&](const Item& other) { return other.*key == item.*key; });
    if (found == base.end()) {
      fresh.push_back(std::move(item));
    } else {
      *found = std::move(item);
    }
  }
  base.insert(first ? base.begin() : base.end(),
              std::make_move_iterator(fresh.begin()),
              std::make_move_iterator(fresh.end()));
}

}  // namespace

TaxonomyData ParseTaxonomy(const YamlNode& root, Reporter& reporter) {
  return TaxonomyParser(reporter).Parse(root);
}

void MergeTaxonomy(TaxonomyData added, TaxonomyData& base) {
  Merge(std::move(added.layouts), base.layouts, &EventLayout::name, true);
  Merge(std::move(added.fields), base.fields, &FieldSources::field, true);
  Merge(std::move(added.entries), base.entries, &LogSourceEntry::name, false);
  Merge(std::move(added.unmapped), base.unmapped,
        &UnmappedLogSource::log_source, false);
}

}  // namespace hypersigma::internal
