#include "lib/pipeline/rule_removal.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

// Old positions to new ones; removed ones have none.
using Positions = std::vector<std::optional<std::uint32_t>>;

Positions Renumber(std::size_t count, const Refusals& refused) {
  Positions positions(count);
  std::uint32_t next = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (!refused.contains(i)) positions[i] = next++;
  }
  return positions;
}

template <typename T>
void Keep(const Positions& positions, std::vector<T>& all) {
  std::vector<T> kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (positions[i].has_value()) kept.push_back(std::move(all[i]));
  }
  all = std::move(kept);
}

void Refuse(const std::string& reason, Document& document) {
  document.status = DocumentStatus::kRefused;
  document.rule.reset();
  AddDiagnostic(Severity::kError, reason, document);
}

bool IsRemoved(RuleTarget target, const Refusals& rules,
               const Refusals& correlations) {
  return target.kind == RuleTarget::Kind::kRule
             ? rules.contains(target.index)
             : correlations.contains(target.index);
}

// Adds the correlations that refer to nothing but what is removed.
void SpreadRefusals(const Refusals& rules,
                    const std::vector<CorrelationRule>& all,
                    Refusals& correlations) {
  bool goes_on = true;
  while (goes_on) {
    goes_on = false;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (correlations.contains(i)) continue;
      for (const RuleReference& reference : all[i].rules) {
        bool is_left = false;
        for (const RuleTarget target : reference.targets) {
          is_left = is_left || !IsRemoved(target, rules, correlations);
        }
        if (is_left) continue;
        correlations[i] = Concat({"the rule ", Quoted(reference.text),
                                  " that it refers to is refused by a "
                                  "pipeline"});
        goes_on = true;
        break;
      }
    }
  }
}

void RenumberReference(const Positions& rules, const Positions& correlations,
                       RuleReference& reference) {
  std::vector<RuleTarget> left;
  for (RuleTarget target : reference.targets) {
    const Positions& positions =
        target.kind == RuleTarget::Kind::kRule ? rules : correlations;
    if (!positions[target.index].has_value()) continue;
    target.index = *positions[target.index];
    left.push_back(target);
  }
  reference.targets = std::move(left);
}

void RenumberCorrelation(const Positions& rules, const Positions& correlations,
                         CorrelationRule& correlation) {
  for (RuleReference& reference : correlation.rules) {
    RenumberReference(rules, correlations, reference);
  }
  for (CorrelationAlias& alias : correlation.aliases) {
    for (CorrelationAlias::Field& field : alias.fields) {
      RenumberReference(rules, correlations, field.rule);
    }
  }
}

}  // namespace

void AddDiagnostic(Severity severity, const std::string& message,
                   Document& document) {
  Diagnostic& diagnostic = document.diagnostics.emplace_back();
  diagnostic.severity = severity;
  diagnostic.file = document.file;
  diagnostic.line = document.line;
  diagnostic.column = 1;
  diagnostic.message = message;
}

void RemoveRules(const Refusals& rules, Refusals correlations,
                 LoadedRules& loaded) {
  SpreadRefusals(rules, loaded.correlations, correlations);
  if (rules.empty() && correlations.empty()) return;
  const Positions new_rules = Renumber(loaded.rules.size(), rules);
  const Positions new_correlations =
      Renumber(loaded.correlations.size(), correlations);
  // Correlations that loaded are in the order of their documents.
  std::uint32_t correlation = 0;
  for (Document& document : loaded.report.documents) {
    if (document.rule.has_value()) {
      const auto position = static_cast<std::uint32_t>(*document.rule);
      if (const auto refused = rules.find(position); refused != rules.end()) {
        Refuse(refused->second, document);
      } else {
        document.rule = RuleId{*new_rules[position]};
      }
    } else if (document.kind == DocumentKind::kCorrelation &&
               document.status != DocumentStatus::kRefused) {
      const auto refused = correlations.find(correlation++);
      if (refused != correlations.end()) Refuse(refused->second, document);
    }
  }
  Keep(new_rules, loaded.rules);
  Keep(new_rules, loaded.detections);
  Keep(new_correlations, loaded.correlations);
  for (CorrelationRule& kept : loaded.correlations) {
    RenumberCorrelation(new_rules, new_correlations, kept);
  }
}

}  // namespace hypersigma::internal
