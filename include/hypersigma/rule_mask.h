// A set of rules of one engine, to be applied while scanning.
//
// Rules are chosen without compiling anything again: by level or tag, or a
// tenant's own list. ScannerOptions::rules and Scanner::Select() take one;
// Engine::Select() makes one.

#ifndef HYPERSIGMA_RULE_MASK_H_
#define HYPERSIGMA_RULE_MASK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hypersigma/export.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/taxonomy.h"

namespace hypersigma {

// A bit for each rule. A value; not thread safe while it is changed.
class HYPERSIGMA_EXPORT RuleMask {
 public:
  RuleMask() = default;
  // For `rule_count` rules, all of them in or none.
  explicit RuleMask(std::size_t rule_count, bool all = false);

  // Number of rules it is about, in or not.
  std::size_t size() const { return size_; }

  // Number of rules in it. Cost: linear.
  std::size_t count() const;

  // REQUIRES: the rule is below size().
  bool Contains(RuleId rule) const {
    const auto bit = static_cast<std::uint32_t>(rule);
    return (words_[bit / 64] >> (bit % 64) & 1) != 0;
  }

  // Rules past size() are left out.
  void Add(RuleId rule);
  void Remove(RuleId rule);

  // Union and intersection. REQUIRES: the same size. Cost: linear.
  RuleMask& operator|=(const RuleMask& other);
  RuleMask& operator&=(const RuleMask& other);

  friend bool operator==(const RuleMask&, const RuleMask&) = default;

 private:
  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
};

// Which rules to choose: those that meet every member that is set, and of its
// values any. Texts are compared ASCII caseless.
struct RuleCriteria {
  std::vector<std::string> levels{};
  std::vector<std::string> statuses{};
  // A tag, or the beginning of one up to a dot: "attack.execution",
  // "attack.t1059" also means "attack.t1059.001".
  std::vector<std::string> tags{};
  std::vector<std::string> ids{};
  // Rules that events of this log source may be tested against: each attribute
  // that is set here and in the rule is the same.
  std::optional<LogSource> log_source{};
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_RULE_MASK_H_
