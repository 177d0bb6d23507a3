// Which entries of the log source map hold for an event.

#ifndef HYPERSIGMA_LIB_ENGINE_EVENT_CLASSIFIER_H_
#define HYPERSIGMA_LIB_ENGINE_EVENT_CLASSIFIER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/event.h"
#include "lib/base/bitset.h"
#include "lib/base/field_table.h"
#include "lib/engine/event_values.h"
#include "lib/engine/route_memo.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::internal {

// The tests of all entries, each asked once whatever the number of entries. An
// event becomes the set of tests that hold: values that no test names leave no
// trace in it, so that there are only so many sets whatever events say.
// Immutable.
class EventClassifier {
 public:
  // Interns the members that are tested. Cost: linear.
  EventClassifier(const TaxonomyData& taxonomy, FieldTable& fields);

  // Working memory of one thread.
  class Scratch {
   public:
    explicit Scratch(const EventClassifier& classifier)
        : tests(classifier.test_count_), ranks_(classifier.fields_.size()) {}

    SparseBitset tests;  // the ids of those that hold

   private:
    friend class EventClassifier;

    // For each tested field of the event: the rank of its best member, from 1;
    // 0 if it has none.
    std::vector<std::uint32_t> ranks_;
    std::vector<std::uint32_t> present_;  // the fields of other ranks
    std::string folded_;
  };

  // Fills scratch.tests. Cost: a look-up for each tested field that the event
  // has.
  void Test(const EventValues& values, Scratch& scratch) const;

  // Returns the members that Test() reads, each once. Cost: linear.
  std::vector<RoutingMember> Members() const;

  // Returns the positions of the entries that hold under `tests`, sorted.
  // Cost: a look at each list of tests whose rarest one holds.
  std::vector<std::uint32_t> EntriesOf(const SparseBitset& tests) const;

 private:
  using TestId = std::uint32_t;

  struct Affix {
    EventTest::Kind kind = EventTest::Kind::kStartsWith;
    std::string value;
    TestId test = 0;
  };
  // Everything that is asked of one field.
  struct TestedField {
    std::vector<FieldId> members;  // the first that is there is meant
    absl::flat_hash_map<std::string, std::vector<TestId>> equals;
    std::size_t longest = 0;  // of these texts
    std::vector<Affix> affixes;
    std::vector<TestId> exists;
    std::vector<TestId> missing;
  };
  // A member of an event that may be that of a tested field.
  struct Use {
    std::uint32_t field = 0;  // position in fields_
    std::uint32_t rank = 0;   // from 1, the best
  };

  // Tests that must all hold for an entry, which may have several lists.
  struct TestList {
    std::uint32_t entry = 0;  // position of the entry
    std::vector<TestId> tests;
  };

  TestedField& FieldOf(const std::string& name, const TaxonomyData& taxonomy,
                       FieldTable& fields);
  TestId AddTest(const EventTest& test, TestedField& field);
  void IndexUses();
  void IndexLists();
  void FindPresent(const EventValues& values, Scratch& scratch) const;
  static void TestValues(const TestedField& field, std::uint32_t first,
                         const EventValues& values, Scratch& scratch);

  std::vector<TestedField> fields_;
  absl::flat_hash_map<std::string, std::size_t> positions_;  // in fields_
  std::vector<std::vector<Use>> uses_;                       // by FieldId
  std::vector<std::uint32_t> with_missing_;                  // positions
  std::vector<TestList> lists_;
  // By TestId: positions in lists_ of those of which it is the rarest test.
  std::vector<std::vector<std::uint32_t>> lists_by_rarest_;
  std::vector<std::uint32_t> always_;  // entries with a list without tests
  std::size_t test_count_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_EVENT_CLASSIFIER_H_
