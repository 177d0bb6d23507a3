// The tags `attack.*` of rules: tactics, techniques, and the rest.
// Source: Sigma tags appendix; MITRE ATT&CK Enterprise, version 19.

#ifndef HYPERSIGMA_LIB_CATALOG_ATTACK_H_
#define HYPERSIGMA_LIB_CATALOG_ATTACK_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

struct Tactic {
  std::string_view slug;  // "command-and-control"
  std::string_view id;    // "TA0011"
  std::string_view name;  // "Command and Control"
};

// The tactics in the order of the matrix, and where they used to be those of
// earlier versions.
std::span<const Tactic> Tactics();

// Returns nullptr for one that is not known.
const Tactic* FindTactic(std::string_view slug);

// Each in the order of the tags, once.
struct AttackTags {
  std::vector<std::string> tactics;     // slugs, in lower case
  std::vector<std::string> techniques;  // "T1059.001"
  std::vector<std::string> other;       // groups, software: tags as written
};

AttackTags ReadAttackTags(std::span<const std::string> tags);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_ATTACK_H_
