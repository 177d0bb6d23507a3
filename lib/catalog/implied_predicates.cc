#include "lib/catalog/implied_predicates.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "lib/base/text.h"
#include "lib/catalog/implication.h"

namespace hypersigma::internal {
namespace {

// Bytes by which literals are looked up; shorter ones by all that they have.
constexpr std::size_t kGramBytes = 4;

bool IsLiteral(Operator op) {
  return op == Operator::kEquals || op == Operator::kStartsWith ||
         op == Operator::kEndsWith || op == Operator::kContains;
}

// Up to four bytes, with their number.
std::uint64_t GramOf(std::string_view text) {
  std::uint64_t gram = text.size();
  for (const char c : text) gram = gram << 8 | static_cast<unsigned char>(c);
  return gram;
}

// The predicates of one field that may be implied.
struct FieldIndex {
  // By case and the first bytes of their operand.
  absl::flat_hash_map<std::uint64_t, std::vector<PredicateId>> cased;
  absl::flat_hash_map<std::uint64_t, std::vector<PredicateId>> caseless;
  // Those that are compared with each predicate of the field.
  std::vector<PredicateId> others;
};

class Finder {
 public:
  Finder(std::span<const Predicate> predicates, StepBudget& budget)
      : predicates_(predicates), budget_(budget) {
    for (std::uint32_t i = 0; i < predicates.size(); ++i) {
      const Predicate& predicate = predicates[i];
      FieldIndex& index = fields_[predicate.field];
      if (IsLiteral(predicate.op) && !predicate.operand.empty()) {
        const std::string_view operand = predicate.operand;
        (predicate.cased
             ? index.cased
             : index.caseless)[GramOf(operand.substr(0, kGramBytes))]
            .push_back(PredicateId{i});
      } else if (predicate.op != Operator::kRegex &&
                 predicate.op != Operator::kFieldRef &&
                 predicate.op != Operator::kTimePart &&
                 predicate.op != Operator::kMissing) {
        index.others.push_back(PredicateId{i});
      }
    }
  }

  // Returns what the predicate implies, sorted.
  std::vector<PredicateId> Find(PredicateId id) {
    const Predicate& predicate = predicates_[Index(id)];
    const FieldIndex& index = fields_.find(predicate.field)->second;
    std::vector<PredicateId> found;
    for (const PredicateId other : index.others) Check(id, other, found);
    if (predicate.op == Operator::kGlob) {
      for (const PatternPart& part : predicate.glob) {
        FindIn(id, part.literal, index, found);
      }
    } else if (IsLiteral(predicate.op) ||
               predicate.op == Operator::kNumberEquals) {
      FindIn(id, predicate.operand, index, found);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

 private:
  // Looks for literals that stand in `text`, a part of the operand of `id`.
  void FindIn(PredicateId id, const std::string& text, const FieldIndex& index,
              std::vector<PredicateId>& found) {
    if (predicates_[Index(id)].cased) {
      Look(id, text, index.cased, found);
      Look(id, Fold(text), index.caseless, found);
    } else {
      Look(id, text, index.caseless, found);
    }
  }

  void Look(
      PredicateId id, std::string_view text,
      const absl::flat_hash_map<std::uint64_t, std::vector<PredicateId>>& index,
      std::vector<PredicateId>& found) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const std::string_view rest = text.substr(at);
      for (std::size_t size = 1; size <= std::min(kGramBytes, rest.size());
           ++size) {
        const auto entry = index.find(GramOf(rest.substr(0, size)));
        if (entry == index.end()) continue;
        for (const PredicateId other : entry->second) {
          if (!budget_.Take(1)) return;
          if (rest.starts_with(predicates_[Index(other)].operand)) {
            Check(id, other, found);
          }
        }
      }
    }
  }

  void Check(PredicateId id, PredicateId other,
             std::vector<PredicateId>& found) {
    if (id == other || !budget_.Take(2)) return;
    if (Implies(predicates_[Index(id)], predicates_[Index(other)])) {
      found.push_back(other);
    }
  }

  std::span<const Predicate> predicates_;
  StepBudget& budget_;
  absl::flat_hash_map<FieldId, FieldIndex> fields_;
};

}  // namespace

ImpliedPredicates::ImpliedPredicates(std::span<const Predicate> predicates,
                                     StepBudget& budget) {
  Finder finder(predicates, budget);
  ends_.push_back(0);
  for (std::uint32_t i = 0; i < predicates.size(); ++i) {
    const std::vector<PredicateId> found = finder.Find(PredicateId{i});
    implied_.insert(implied_.end(), found.begin(), found.end());
    ends_.push_back(implied_.size());
  }
}

}  // namespace hypersigma::internal
