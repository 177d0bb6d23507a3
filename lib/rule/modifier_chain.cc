// Chains of modifiers.

#include "lib/rule/modifier_chain.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

bool IsAffix(Modifier modifier) {
  return modifier == Modifier::kContains || modifier == Modifier::kStartsWith ||
         modifier == Modifier::kEndsWith;
}

bool IsComparison(Modifier modifier) {
  return modifier == Modifier::kLt || modifier == Modifier::kLte ||
         modifier == Modifier::kGt || modifier == Modifier::kGte;
}

// Modifiers that say what the value is; at most one, and few go with it.
bool IsOperator(Modifier modifier) {
  return modifier == Modifier::kRe || modifier == Modifier::kCidr ||
         modifier == Modifier::kExists || IsComparison(modifier);
}

// One modifier of a key, known and supported.
struct Link {
  const ModifierEntry* entry;
  SourceRange range;

  Modifier modifier() const { return entry->modifier; }
};

class ChainParser {
 public:
  ChainParser(const YamlNode& key, Reporter& reporter)
      : key_(key), reporter_(reporter) {}

  ModifierChain Parse();

 private:
  void ReadNames();
  void ReadName(std::string_view name, SourceRange range);
  void CheckOperator(const Link& first);
  void CheckKeyword(const Link& first);
  void CheckPair(const Link& first, const Link& other);
  void Collect();
  void AddAffix(const Link& link);
  void Fail(SourceRange range, std::string message);

  const YamlNode& key_;
  Reporter& reporter_;
  std::vector<Link> links_;
  ModifierChain chain_;
};

ModifierChain ChainParser::Parse() {
  ReadNames();
  if (!chain_.is_valid) return chain_;
  const auto first = std::find_if(
      links_.begin(), links_.end(),
      [](const Link& link) { return IsOperator(link.modifier()); });
  if (first != links_.end()) CheckOperator(*first);
  Collect();
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
  if (!entry->supported) {
    Fail(range, Concat({"modifier ", Quoted(name), " is not supported yet"}));
    return;
  }
  links_.push_back({entry, range});
}

void ChainParser::CheckOperator(const Link& first) {
  CheckKeyword(first);
  for (const Link& other : links_) {
    if (&other != &first) CheckPair(first, other);
  }
}

void ChainParser::CheckKeyword(const Link& first) {
  if (first.modifier() == Modifier::kRe || !FieldOfKey(key_.text).empty()) {
    return;
  }
  Fail(first.range, Concat({"modifier ", Quoted(first.entry->name),
                            " is used on keywords, expected a field before "
                            "it"}));
}

// Checks what may stand in one chain with an operator.
void ChainParser::CheckPair(const Link& first, const Link& other) {
  const std::string name = Quoted(first.entry->name);
  const std::string other_name = Quoted(other.entry->name);
  if (other.modifier() == first.modifier()) {
    Fail(other.range, Concat({"modifier ", name, " is repeated; remove one"}));
  } else if (other.modifier() == Modifier::kAll) {
    if (first.modifier() != Modifier::kExists) return;
    Fail(other.range, "modifier 'exists' stands alone; remove 'all'");
  } else if (other.modifier() == Modifier::kCased &&
             first.modifier() == Modifier::kRe) {
    Fail(other.range,
         "modifier 'cased' cannot be combined with 're', which is "
         "case-sensitive; remove 'cased'");
  } else if (IsAffix(other.modifier()) && first.modifier() == Modifier::kRe) {
    if (&other > &first) return;
    Fail(first.range, Concat({"modifier 're' stands after ", other_name,
                              "; write 're|", other.entry->name, "'"}));
  } else {
    Fail(other.range,
         Concat({"modifier ", other_name, " cannot be combined with ", name,
                 "; remove one of them"}));
  }
}

void ChainParser::Collect() {
  for (const Link& link : links_) {
    const Modifier modifier = link.modifier();
    bool is_repeated = false;
    if (modifier == Modifier::kAll) {
      is_repeated = std::exchange(chain_.all, true);
    } else if (modifier == Modifier::kCased) {
      is_repeated = std::exchange(chain_.cased, true);
    } else if (modifier == Modifier::kNeq) {
      chain_.neq = !chain_.neq;
    } else if (chain_.Has(modifier)) {
      is_repeated = true;
    } else if (IsAffix(modifier)) {
      AddAffix(link);
    } else {
      chain_.modifiers.push_back(modifier);
    }
    if (is_repeated && chain_.is_valid) {
      reporter_.Warning(link.range,
                        Concat({"modifier ", Quoted(link.entry->name),
                                " is repeated; once is enough"}));
    }
  }
}

// Applied one after the other, two affixes leave both ends open.
void ChainParser::AddAffix(const Link& link) {
  const auto earlier =
      std::find_if(chain_.modifiers.begin(), chain_.modifiers.end(), IsAffix);
  if (earlier == chain_.modifiers.end()) {
    chain_.modifiers.push_back(link.modifier());
    return;
  }
  *earlier = Modifier::kContains;
  reporter_.Warning(link.range, Concat({"modifier ", Quoted(link.entry->name),
                                        " follows another of its kind; "
                                        "together they mean 'contains'"}));
}

void ChainParser::Fail(SourceRange range, std::string message) {
  chain_.is_valid = false;
  reporter_.Error(range, std::move(message));
}

}  // namespace

bool ModifierChain::Has(Modifier modifier) const {
  return std::find(modifiers.begin(), modifiers.end(), modifier) !=
         modifiers.end();
}

const Modifier* ModifierChain::FindComparison() const {
  const auto found =
      std::find_if(modifiers.begin(), modifiers.end(), IsComparison);
  return found == modifiers.end() ? nullptr : &*found;
}

std::string_view ModifierChain::FirstTextModifier() const {
  for (const ModifierEntry& entry : ModifierTable()) {
    const Modifier modifier = entry.modifier;
    const bool takes_text =
        IsAffix(modifier) || modifier == Modifier::kExpand ||
        modifier == Modifier::kWindash || modifier == Modifier::kRe;
    if (takes_text && Has(modifier)) return entry.name;
  }
  return cased ? "cased" : std::string_view();
}

std::string_view FieldOfKey(std::string_view key) {
  return key.substr(0, key.find('|'));
}

ModifierChain ParseModifierChain(const YamlNode& key, Reporter& reporter) {
  return ChainParser(key, reporter).Parse();
}

}  // namespace hypersigma::internal
