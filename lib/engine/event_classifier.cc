#include "lib/engine/event_classifier.h"

#include <algorithm>

#include "lib/base/text.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {
namespace {

// Longer than any text that an event may have.
constexpr std::size_t kAnyLength = std::size_t{1} << 40;

bool Holds(EventTest::Kind kind, std::string_view text,
           std::string_view value) {
  switch (kind) {
    case EventTest::Kind::kStartsWith:
      return text.starts_with(value);
    case EventTest::Kind::kEndsWith:
      return text.ends_with(value);
    case EventTest::Kind::kContains:
      return FindText(text, value) != std::string_view::npos;
    default:
      return false;
  }
}

void InsertAll(std::span<const std::uint32_t> ids, SparseBitset& tests) {
  for (const std::uint32_t id : ids) tests.Insert(id);
}

}  // namespace

EventClassifier::EventClassifier(const TaxonomyData& taxonomy,
                                 FieldTable& fields) {
  for (std::uint32_t i = 0; i < taxonomy.entries.size(); ++i) {
    for (const std::vector<EventTest>& all : taxonomy.entries[i].when) {
      TestList& list = lists_.emplace_back(TestList{i, {}});
      for (const EventTest& test : all) {
        list.tests.push_back(
            AddTest(test, FieldOf(test.field, taxonomy, fields)));
      }
    }
  }
  IndexUses();
  IndexLists();
}

EventClassifier::TestedField& EventClassifier::FieldOf(
    const std::string& name, const TaxonomyData& taxonomy, FieldTable& fields) {
  const auto [position, is_new] = positions_.try_emplace(name, fields_.size());
  if (!is_new) return fields_[position->second];
  TestedField& field = fields_.emplace_back();
  for (const FieldSources& sources : taxonomy.fields) {
    if (sources.field != name) continue;
    for (const std::string& member : sources.members) {
      field.members.push_back(fields.Intern(member));
    }
  }
  const FieldId own = fields.Intern(name);
  if (std::find(field.members.begin(), field.members.end(), own) ==
      field.members.end()) {
    field.members.push_back(own);
  }
  return field;
}

EventClassifier::TestId EventClassifier::AddTest(const EventTest& test,
                                                 TestedField& field) {
  if (test.kind == EventTest::Kind::kExists ||
      test.kind == EventTest::Kind::kMissing) {
    std::vector<TestId>& ids =
        test.kind == EventTest::Kind::kExists ? field.exists : field.missing;
    if (ids.empty()) ids.push_back(static_cast<TestId>(test_count_++));
    return ids.front();
  }
  const auto id = static_cast<TestId>(test_count_++);
  for (const std::string& value : test.values) {
    if (test.kind == EventTest::Kind::kEquals) {
      std::vector<TestId>& ids = field.equals[value];
      if (ids.empty() || ids.back() != id) ids.push_back(id);
      field.longest = std::max(field.longest, value.size());
    } else {
      field.affixes.push_back({test.kind, value, id});
    }
  }
  return id;
}

void EventClassifier::IndexUses() {
  for (std::uint32_t i = 0; i < fields_.size(); ++i) {
    const std::vector<FieldId>& members = fields_[i].members;
    for (std::uint32_t rank = 0; rank < members.size(); ++rank) {
      const std::uint32_t member = Index(members[rank]);
      if (uses_.size() <= member) uses_.resize(member + 1);
      uses_[member].push_back({i, rank + 1});
    }
    if (!fields_[i].missing.empty()) with_missing_.push_back(i);
  }
}

void EventClassifier::IndexLists() {
  std::vector<std::size_t> uses(test_count_);
  for (const TestList& list : lists_) {
    for (const TestId test : list.tests) ++uses[test];
  }
  lists_by_rarest_.resize(test_count_);
  for (std::uint32_t i = 0; i < lists_.size(); ++i) {
    const std::vector<TestId>& tests = lists_[i].tests;
    const auto rarest = std::min_element(
        tests.begin(), tests.end(),
        [&uses](TestId a, TestId b) { return uses[a] < uses[b]; });
    if (rarest == tests.end()) {
      always_.push_back(lists_[i].entry);
    } else {
      lists_by_rarest_[*rarest].push_back(i);
    }
  }
}

std::vector<RoutingMember> EventClassifier::Members() const {
  std::vector<RoutingMember> members;
  for (std::uint32_t id = 0; id < uses_.size(); ++id) {
    if (uses_[id].empty()) continue;
    RoutingMember& member = members.emplace_back();
    member.field = FieldId{id};
    for (const Use& use : uses_[id]) {
      const TestedField& field = fields_[use.field];
      member.longest = std::max(
          member.longest, field.affixes.empty() ? field.longest : kAnyLength);
    }
  }
  return members;
}

void EventClassifier::FindPresent(const EventValues& values,
                                  Scratch& scratch) const {
  for (const std::uint32_t field : scratch.present_) scratch.ranks_[field] = 0;
  scratch.present_.clear();
  for (const EventValue& value : values.all()) {
    if (Index(value.field) >= uses_.size()) continue;
    for (const Use& use : uses_[Index(value.field)]) {
      std::uint32_t& rank = scratch.ranks_[use.field];
      if (rank == 0) scratch.present_.push_back(use.field);
      if (rank == 0 || use.rank < rank) rank = use.rank;
    }
  }
}

void EventClassifier::Test(const EventValues& values, Scratch& scratch) const {
  FindPresent(values, scratch);
  scratch.tests.Clear();
  for (const std::uint32_t position : scratch.present_) {
    const TestedField& field = fields_[position];
    InsertAll(field.exists, scratch.tests);
    const FieldId member = field.members[scratch.ranks_[position] - 1];
    TestValues(field, values.First(member), values, scratch);
  }
  for (const std::uint32_t position : with_missing_) {
    if (scratch.ranks_[position] == 0) {
      InsertAll(fields_[position].missing, scratch.tests);
    }
  }
}

void EventClassifier::TestValues(const TestedField& field, std::uint32_t first,
                                 const EventValues& values, Scratch& scratch) {
  if (field.equals.empty() && field.affixes.empty()) return;
  for (std::uint32_t at = first; at != kNoValue; at = values.all()[at].next) {
    const EventValue& value = values.At(at);
    if (!value.has_text()) continue;
    if (field.affixes.empty() && value.text.size() > field.longest) continue;
    std::string& folded = scratch.folded_;
    folded.assign(value.text);
    std::transform(folded.begin(), folded.end(), folded.begin(), FoldAscii);
    const auto found =
        field.equals.find(absl::string_view(folded.data(), folded.size()));
    if (found != field.equals.end()) InsertAll(found->second, scratch.tests);
    for (const Affix& affix : field.affixes) {
      if (Holds(affix.kind, folded, affix.value)) {
        scratch.tests.Insert(affix.test);
      }
    }
  }
}

std::vector<std::uint32_t> EventClassifier::EntriesOf(
    const SparseBitset& tests) const {
  const auto holds = [&tests](std::uint32_t test) {
    return tests.Contains(test);
  };
  std::vector<std::uint32_t> entries = always_;
  for (const TestId test : tests.members()) {
    for (const std::uint32_t position : lists_by_rarest_[test]) {
      const TestList& list = lists_[position];
      if (std::all_of(list.tests.begin(), list.tests.end(), holds)) {
        entries.push_back(list.entry);
      }
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

}  // namespace hypersigma::internal
