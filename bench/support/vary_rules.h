// More rules than there are: copies that look for other values.
//
// A copy keeps fields, modifiers and conditions, and each of its literals keeps
// its length: one letter or digit of it is another one of the same class, that
// is a small letter, a capital or a digit. So copies cost what rules cost and
// hardly ever match.

#ifndef HYPERSIGMA_BENCH_SUPPORT_VARY_RULES_H_
#define HYPERSIGMA_BENCH_SUPPORT_VARY_RULES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/rule/yaml.h"

namespace hypersigma::bench {

// The text of one rule and where it can be changed. Immutable.
//
// Changed are texts and whole numbers. Of a regular expression one letter is
// changed in a run of four or more that stands for itself. Left as they are:
// literals without letter and digit, and the operands of modifiers under which
// another text is no rule (cidr, expand, exists, fieldref) or about the same as
// before (lt, lte, gt, gte, and parts of times).
class VariedRule {
 public:
  // `yaml` is one document that is a detection rule.
  explicit VariedRule(std::string yaml);

  // Returns the copy of this number: the same for the same number, another for
  // another. A rule's id becomes another one.
  std::string Copy(std::uint64_t number) const;

  std::size_t literal_count() const { return literals_.size(); }
  // Whether one of them is a text. Copies of other rules match what happens to
  // have another number.
  bool has_text() const { return has_text_; }

 private:
  // Byte offsets of the characters of which one is changed.
  using Places = std::vector<std::uint32_t>;

  void AddDetection(const internal::YamlNode& node, std::string_view key);
  void AddLiteral(const internal::YamlNode& node, bool is_regex);
  void AddId(const internal::YamlNode& id);
  bool IsNew(const Places& places) const;

  std::string yaml_;
  std::vector<Places> literals_;
  bool has_text_ = false;
  Places id_digits_;
};

// Names of files.
using FileNames = std::set<std::string, std::less<>>;

// Returns `copies` copies of each rule that can be copied, as RulesOfCount()
// makes them. Rule::file is that of the rule itself.
RuleSet CopiesOf(const RuleSet& rules, std::size_t copies, std::uint64_t seed);

// Returns `count` rules: a sample that `seed` chooses if `rules` has more, else
// all of them and varied copies. Files that hold anything but one rule are not
// in the sample. They are not copied either, nor are rules without a text, and
// those of `not_copied`. Ends the program if there is none to copy.
RuleSet RulesOfCount(const RuleSet& rules, std::size_t count,
                     std::uint64_t seed, const FileNames& not_copied = {});

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_VARY_RULES_H_
