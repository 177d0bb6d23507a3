#include "lib/catalog/concrete_event.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/predicates.h"

namespace hypersigma::internal {
namespace {

Predicate Regex(std::string pattern, std::uint32_t field = 0) {
  Predicate predicate = Text(Operator::kRegex, std::move(pattern));
  predicate.field = FieldId{field};
  return predicate;
}

TEST(ConcreteEvent, HasValuesThatMakeTheSampleTrue) {
  const std::vector<Predicate> predicates{Text(Operator::kStartsWith, "c:\\"),
                                          Text(Operator::kEndsWith, ".exe"),
                                          Text(Operator::kContains, "temp"),
                                          Text(Operator::kContains, "em"),
                                          Regex("^c:.temp\\.exe$"),
                                          Regex("other"),
                                          Regex("x", 1)};
  ConcreteEvent event(predicates, 2);
  const std::vector<PredicateId> sample{PredicateId{0}, PredicateId{1},
                                        PredicateId{2}, PredicateId{3}};
  event.Assign(sample);
  EXPECT_TRUE(event.Has(FieldId{0}));
  EXPECT_FALSE(event.Has(FieldId{1}));
  EXPECT_TRUE(event.Holds(PredicateId{4}));
  EXPECT_FALSE(event.Holds(PredicateId{5}));
  EXPECT_FALSE(event.Holds(PredicateId{6}));
}

TEST(ConcreteEvent, AnEqualityIsTheValue) {
  const std::vector<Predicate> predicates{Text(Operator::kEquals, "ab"),
                                          Text(Operator::kContains, "b"),
                                          Regex("^ab$")};
  ConcreteEvent event(predicates, 1);
  const std::vector<PredicateId> sample{PredicateId{0}, PredicateId{1}};
  event.Assign(sample);
  EXPECT_TRUE(event.Holds(PredicateId{2}));
}

TEST(ConcreteEvent, AMissingFieldHasNoValue) {
  const std::vector<Predicate> predicates{Text(Operator::kMissing, ""),
                                          Regex("")};
  ConcreteEvent event(predicates, 1);
  const std::vector<PredicateId> sample{PredicateId{0}};
  event.Assign(sample);
  EXPECT_FALSE(event.Has(FieldId{0}));
  EXPECT_FALSE(event.Holds(PredicateId{1}));
}

}  // namespace
}  // namespace hypersigma::internal
