#include "lib/engine/event_classifier.h"

#include <algorithm>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

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
  for (const LogSourceEntry& entry : taxonomy.entries) {
    std::vector<std::vector<TestId>>& any = entries_.emplace_back();
    for (const std::vector<EventTest>& all : entry.when) {
      std::vector<TestId>& ids = any.emplace_back();
      for (const EventTest& test : all) {
        ids.push_back(AddTest(test, FieldOf(test.field, taxonomy, fields)));
      }
    }
  }
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

void EventClassifier::Test(const EventValues& values, SparseBitset& tests,
                           std::string& folded) const {
  tests.Clear();
  for (const TestedField& field : fields_) {
    std::uint32_t at = kNoValue;
    for (const FieldId member : field.members) {
      at = values.First(member);
      if (at != kNoValue) break;
    }
    InsertAll(at == kNoValue ? field.missing : field.exists, tests);
    for (; at != kNoValue; at = values.all()[at].next) {
      const EventValue& value = values.all()[at];
      if (!value.has_text()) continue;
      if (field.affixes.empty() && value.text.size() > field.longest) continue;
      folded.assign(value.text);
      std::transform(folded.begin(), folded.end(), folded.begin(), FoldAscii);
      TestText(field, folded, tests);
    }
  }
}

void EventClassifier::TestText(const TestedField& field, std::string_view text,
                               SparseBitset& tests) {
  const auto found =
      field.equals.find(absl::string_view(text.data(), text.size()));
  if (found != field.equals.end()) InsertAll(found->second, tests);
  for (const Affix& affix : field.affixes) {
    if (Holds(affix.kind, text, affix.value)) tests.Insert(affix.test);
  }
}

std::vector<std::uint32_t> EventClassifier::EntriesOf(
    const SparseBitset& tests) const {
  const auto holds = [&tests](std::uint32_t test) {
    return tests.Contains(test);
  };
  std::vector<std::uint32_t> entries;
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    if (std::any_of(entries_[i].begin(), entries_[i].end(),
                    [&holds](const std::vector<TestId>& all) {
                      return std::all_of(all.begin(), all.end(), holds);
                    })) {
      entries.push_back(i);
    }
  }
  return entries;
}

}  // namespace hypersigma::internal
