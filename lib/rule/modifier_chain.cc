// Chains of modifiers: followed from left to right, as they are applied.

#include "lib/rule/modifier_chain.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

bool IsRegexFlag(Modifier modifier) {
  return modifier == Modifier::kIgnoreCase ||
         modifier == Modifier::kMultiline || modifier == Modifier::kDotAll;
}

bool IsBase64(Modifier modifier) {
  return modifier == Modifier::kBase64 || modifier == Modifier::kBase64Offset;
}

bool IsUtf16(Modifier modifier) {
  return modifier == Modifier::kUtf16 || modifier == Modifier::kUtf16Le ||
         modifier == Modifier::kUtf16Be;
}

// Those that act on the item, wherever they stand.
bool IsItemFlag(Modifier modifier) {
  return modifier == Modifier::kAll || modifier == Modifier::kCased ||
         modifier == Modifier::kNeq;
}

// One modifier of a key.
struct Link {
  const ModifierEntry* entry;
  SourceRange range;

  Modifier modifier() const { return entry->modifier; }
  std::string name() const { return Quoted(entry->name); }
};

class ChainParser {
 public:
  ChainParser(const YamlNode& key, Reporter& reporter)
      : key_(key), reporter_(reporter) {}

  ModifierChain Parse();

 private:
  void ReadNames();
  void ReadName(std::string_view name, SourceRange range);
  void Follow(const Link& link);
  void FollowOperator(const Link& link);
  void FollowAffix(const Link& link);
  void FollowText(const Link& link);
  void FollowRegexFlag(const Link& link);
  void FollowItemFlag(const Link& link);
  void CheckItemFlag(const Link& flag);
  void Add(const Link& link) { chain_.modifiers.push_back(link.modifier()); }
  void WarnRepeated(const Link& link);
  void FailPair(const Link& link, const Link& earlier);
  void Fail(SourceRange range, std::string message);

  const YamlNode& key_;
  Reporter& reporter_;
  std::vector<Link> links_;
  // What the chain has made of the value so far.
  const Link* first_text_ = nullptr;  // affix, encoding, windash, expand
  const Link* affix_ = nullptr;
  const Link* operator_ = nullptr;
  const Link* comparison_ = nullptr;
  ModifierChain chain_;
};

ModifierChain ChainParser::Parse() {
  ReadNames();
  if (!chain_.is_valid) return chain_;
  for (const Link& link : links_) Follow(link);
  for (const Link& link : links_) {
    if (IsItemFlag(link.modifier())) CheckItemFlag(link);
  }
  return chain_;
}

void ChainParser::ReadNames() {
  const std::string_view text = key_.text;
  std::size_t bar = text.find('|');
  while (bar != std::string_view::npos) {
    const std::size_t next = text.find('|', bar + 1);
    const std::size_t end = std::min(next, text.size());
    ReadName(text.substr(bar + 1, end - bar - 1),
             PlaceInScalar(reporter_.source(), key_, bar + 1, end));
    bar = next;
  }
}

void ChainParser::ReadName(std::string_view name, SourceRange range) {
  if (name.empty()) {
    Fail(range, Concat({"empty modifier in ", Quoted(key_.text),
                        ", expected a name after '|'"}));
    return;
  }
  const ModifierEntry* entry = FindModifier(name);
  if (entry == nullptr) {
    const std::string_view field = FieldOfKey(key_.text);
    Fail(
        range,
        Concat({"unknown modifier ", Quoted(name),
                field.empty() ? "" : Concat({" on field ", Quoted(field)}),
                reporter_.is_full() ? "" : DidYouMean(NearestModifier(name))}));
    return;
  }
  links_.push_back({entry, range});
}

void ChainParser::Follow(const Link& link) {
  const Modifier modifier = link.modifier();
  if (IsItemFlag(modifier)) return FollowItemFlag(link);
  if (IsOperator(modifier)) return FollowOperator(link);
  if (IsAffix(modifier)) return FollowAffix(link);
  if (IsRegexFlag(modifier)) return FollowRegexFlag(link);
  FollowText(link);
}

// An operator takes the value as written, but for a comparison of a time part.
void ChainParser::FollowOperator(const Link& link) {
  const Modifier modifier = link.modifier();
  if (modifier != Modifier::kRe && FieldOfKey(key_.text).empty()) {
    Fail(link.range, Concat({"modifier ", link.name(),
                             " is used on keywords, expected a field before "
                             "it"}));
  } else if (first_text_ != nullptr) {
    const bool can_swap =
        first_text_ == affix_ &&
        (modifier == Modifier::kRe || modifier == Modifier::kFieldRef);
    if (!can_swap) return FailPair(link, *first_text_);
    Fail(link.range, Concat({"modifier ", link.name(), " stands after ",
                             affix_->name(), "; write '", link.entry->name, "|",
                             affix_->entry->name, "'"}));
  } else if (operator_ == nullptr) {
    operator_ = &link;
    if (IsComparison(modifier)) comparison_ = &link;
    Add(link);
  } else if (IsTimePart(operator_->modifier()) && IsComparison(modifier) &&
             comparison_ == nullptr) {
    comparison_ = &link;
    Add(link);
  } else if (IsTimePart(modifier) && IsComparison(operator_->modifier())) {
    Fail(link.range, Concat({"modifier ", link.name(), " stands after ",
                             operator_->name(), "; write '", link.entry->name,
                             "|", operator_->entry->name, "'"}));
  } else {
    FailPair(link, comparison_ != nullptr ? *comparison_ : *operator_);
  }
}

void ChainParser::FollowAffix(const Link& link) {
  if (operator_ != nullptr && operator_->modifier() != Modifier::kRe &&
      operator_->modifier() != Modifier::kFieldRef) {
    return FailPair(link, *operator_);
  }
  if (affix_ != nullptr && affix_->modifier() == link.modifier()) {
    return WarnRepeated(link);
  }
  if (affix_ != nullptr && operator_ != nullptr) return FailPair(link, *affix_);
  if (affix_ != nullptr) {
    reporter_.Warning(link.range,
                      Concat({"modifier ", link.name(),
                              " follows another of its kind; together they "
                              "mean 'contains'"}));
  }
  affix_ = &link;
  if (operator_ == nullptr && first_text_ == nullptr) first_text_ = &link;
  Add(link);
}

// windash, expand and the encodings.
void ChainParser::FollowText(const Link& link) {
  if (operator_ != nullptr) return FailPair(link, *operator_);
  const Modifier modifier = link.modifier();
  if (IsBase64(modifier) && affix_ != nullptr) {
    Fail(link.range, Concat({"modifier ", link.name(), " stands after ",
                             affix_->name(), ", which adds wildcards; write '",
                             link.entry->name, "|", affix_->entry->name, "'"}));
    return;
  }
  // Encoding twice is something else than encoding once.
  if (!IsBase64(modifier) && !IsUtf16(modifier) && chain_.Has(modifier)) {
    return WarnRepeated(link);
  }
  if (first_text_ == nullptr) first_text_ = &link;
  Add(link);
}

void ChainParser::FollowRegexFlag(const Link& link) {
  if (operator_ == nullptr || operator_->modifier() != Modifier::kRe) {
    Fail(link.range, Concat({"modifier ", link.name(),
                             " is a flag of regular expressions, expected 're' "
                             "before it"}));
  } else if (chain_.Has(link.modifier())) {
    WarnRepeated(link);
  } else {
    Add(link);
  }
}

void ChainParser::FollowItemFlag(const Link& link) {
  bool& flag = link.modifier() == Modifier::kAll     ? chain_.all
               : link.modifier() == Modifier::kCased ? chain_.cased
                                                     : chain_.neq;
  if (std::exchange(flag, true)) WarnRepeated(link);
}

void ChainParser::CheckItemFlag(const Link& flag) {
  if (operator_ == nullptr || !chain_.is_valid) return;
  const Modifier modifier = operator_->modifier();
  if (flag.modifier() == Modifier::kAll && modifier == Modifier::kExists) {
    Fail(flag.range, "modifier 'exists' stands alone; remove 'all'");
  } else if (flag.modifier() == Modifier::kCased && modifier == Modifier::kRe) {
    Fail(flag.range,
         "modifier 'cased' cannot be combined with 're', which is "
         "case-sensitive; remove 'cased'");
  } else if (flag.modifier() == Modifier::kCased &&
             modifier != Modifier::kFieldRef) {
    FailPair(flag, *operator_);
  }
}

void ChainParser::WarnRepeated(const Link& link) {
  reporter_.Warning(link.range, Concat({"modifier ", link.name(),
                                        " is repeated; once is enough"}));
}

void ChainParser::FailPair(const Link& link, const Link& earlier) {
  if (link.modifier() == earlier.modifier()) {
    Fail(link.range,
         Concat({"modifier ", link.name(), " is repeated; remove one"}));
    return;
  }
  Fail(link.range,
       Concat({"modifier ", link.name(), " cannot be combined with ",
               earlier.name(), "; remove one of them"}));
}

void ChainParser::Fail(SourceRange range, std::string message) {
  chain_.is_valid = false;
  reporter_.Error(range, std::move(message));
}

const Modifier* FindIf(const std::vector<Modifier>& modifiers,
                       bool (*is_wanted)(Modifier)) {
  const auto found =
      std::find_if(modifiers.begin(), modifiers.end(), is_wanted);
  return found == modifiers.end() ? nullptr : &*found;
}

}  // namespace

bool ModifierChain::Has(Modifier modifier) const {
  return std::find(modifiers.begin(), modifiers.end(), modifier) !=
         modifiers.end();
}

const Modifier* ModifierChain::FindOperator() const {
  return FindIf(modifiers, IsOperator);
}

const Modifier* ModifierChain::FindComparison() const {
  return FindIf(modifiers, IsComparison);
}

const Modifier* ModifierChain::FindTimePart() const {
  return FindIf(modifiers, IsTimePart);
}

bool IsAffix(Modifier modifier) {
  return modifier == Modifier::kContains || modifier == Modifier::kStartsWith ||
         modifier == Modifier::kEndsWith;
}

bool IsComparison(Modifier modifier) {
  return modifier == Modifier::kLt || modifier == Modifier::kLte ||
         modifier == Modifier::kGt || modifier == Modifier::kGte;
}

bool IsTimePart(Modifier modifier) {
  return modifier == Modifier::kMinute || modifier == Modifier::kHour ||
         modifier == Modifier::kDay || modifier == Modifier::kWeek ||
         modifier == Modifier::kMonth || modifier == Modifier::kYear;
}

bool IsOperator(Modifier modifier) {
  return modifier == Modifier::kRe || modifier == Modifier::kCidr ||
         modifier == Modifier::kExists || modifier == Modifier::kFieldRef ||
         IsComparison(modifier) || IsTimePart(modifier);
}

std::string_view FieldOfKey(std::string_view key) {
  return key.substr(0, key.find('|'));
}

ModifierChain ParseModifierChain(const YamlNode& key, Reporter& reporter) {
  return ChainParser(key, reporter).Parse();
}

}  // namespace hypersigma::internal
