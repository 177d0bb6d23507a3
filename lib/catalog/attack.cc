#include "lib/catalog/attack.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// Version 19 split defense-evasion in two; rules have both words.
constexpr std::array<Tactic, 16> kTactics{{
    {"reconnaissance", "TA0043", "Reconnaissance"},
    {"resource-development", "TA0042", "Resource Development"},
    {"initial-access", "TA0001", "Initial Access"},
    {"execution", "TA0002", "Execution"},
    {"persistence", "TA0003", "Persistence"},
    {"privilege-escalation", "TA0004", "Privilege Escalation"},
    {"stealth", "TA0005", "Stealth"},
    {"defense-evasion", "TA0005", "Defense Evasion"},
    {"defense-impairment", "TA0112", "Defense Impairment"},
    {"credential-access", "TA0006", "Credential Access"},
    {"discovery", "TA0007", "Discovery"},
    {"lateral-movement", "TA0008", "Lateral Movement"},
    {"collection", "TA0009", "Collection"},
    {"command-and-control", "TA0011", "Command and Control"},
    {"exfiltration", "TA0010", "Exfiltration"},
    {"impact", "TA0040", "Impact"},
}};

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether `name` is t1059 or t1059.001, in lower case.
bool IsTechnique(std::string_view name) {
  if (!name.starts_with('t')) return false;
  name.remove_prefix(1);
  const std::size_t dot = std::min(name.find('.'), name.size());
  return IsDigits(name.substr(0, dot)) &&
         (dot == name.size() || IsDigits(name.substr(dot + 1)));
}

// Whether `name` is one to three letters and digits: a group, software, a
// campaign, a data source, a detection strategy.
bool IsNumbered(std::string_view name) {
  const std::size_t letters =
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
  return letters != std::string_view::npos && letters >= 1 && letters <= 3 &&
         IsDigits(name.substr(letters));
}

// Returns the first tactic with an id such as ta0002, in lower case, or null.
const Tactic* FindTacticById(std::string_view name) {
  for (const Tactic& tactic : kTactics) {
    if (FoldedAscii(tactic.id) == name) return &tactic;
  }
  return nullptr;
}

void AddOnce(std::string text, std::vector<std::string>& texts) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
    texts.push_back(std::move(text));
  }
}

}  // namespace

std::span<const Tactic> Tactics() { return kTactics; }

const Tactic* FindTactic(std::string_view slug) {
  for (const Tactic& tactic : kTactics) {
    if (tactic.slug == slug) return &tactic;
  }
  return nullptr;
}

AttackTags ReadAttackTags(std::span<const std::string> tags) {
  constexpr std::string_view kNamespace = "attack.";
  AttackTags read;
  for (const std::string& tag : tags) {
    std::string folded = FoldedAscii(tag);
    if (!folded.starts_with(kNamespace)) continue;
    std::string name = folded.substr(kNamespace.size());
    if (IsTechnique(name)) {
      name.front() = 'T';
      AddOnce(std::move(name), read.techniques);
    } else if (const Tactic* tactic = FindTacticById(name)) {
      AddOnce(std::string(tactic->slug), read.tactics);
    } else if (name.empty() || IsNumbered(name)) {
      AddOnce(tag, read.other);
    } else {
      // Rules before 2024 have underscores.
      std::replace(name.begin(), name.end(), '_', '-');
      AddOnce(std::move(name), read.tactics);
    }
  }
  return read;
}

}  // namespace hypersigma::internal
