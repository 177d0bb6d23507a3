// Loads the rules for the slow path and tells where loading differs.

#include "lib/verify/verifier_state.h"

#include <cstddef>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "lib/engine/engine_state.h"

namespace hypersigma::internal {
namespace {

using Kind = reference::ReferenceDocument::Kind;

std::string MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// Returns the first error that the engine's loader gives.
std::string ReasonOf(const Document& document) {
  for (const Diagnostic& diagnostic : document.diagnostics) {
    if (diagnostic.severity == Severity::kError) return diagnostic.message;
  }
  return "no reason given";
}

class StateMaker {
 public:
  StateMaker(const Engine& engine, std::span<const RuleText> texts)
      : options_(engine.state().rules().options()),
        texts_(texts),
        state_(std::make_shared<Verifier::State>(engine)) {}

  std::shared_ptr<const Verifier::State> Make() {
    std::vector<reference::ReferenceStream> streams;
    for (const RuleText& text : texts_) {
      streams.push_back({text.label, text.yaml});
    }
    state_->documents =
        reference::LoadReferenceRules(streams, options_.placeholders);
    state_->rules.resize(state_->engine.rules().size());
    for (const reference::ReferenceDocument& document : state_->documents) {
      AddDocument(document);
    }
    return std::move(state_);
  }

 private:
  void AddDocument(const reference::ReferenceDocument& document) {
    const RuleText& text = texts_[document.stream];
    const std::vector<Document>& report = state_->engine.report().documents;
    const std::size_t position = text.first_document + document.index;
    if (position >= report.size() || report[position].file != text.label) {
      AddDifference({text.label, static_cast<std::uint32_t>(document.index), "",
                     false, "the engine does not account for it"});
      return;
    }
    const Document& other = report[position];
    if (document.kind == Kind::kCorrelation) return;
    const bool is_loaded = other.status != DocumentStatus::kRefused;
    if (is_loaded == document.status.ok()) {
      AddRule(document, other);
    } else if (is_loaded) {
      AddDifference({other.file, other.index, other.title, true,
                     MessageOf(document.status)});
    } else if (!IsRefusedForStrictness(text, document.index)) {
      AddDifference(
          {other.file, other.index, other.title, false, ReasonOf(other)});
    }
  }

  void AddRule(const reference::ReferenceDocument& document,
               const Document& other) {
    if (document.rule.has_value() != other.rule.has_value()) {
      AddDifference({other.file, other.index, other.title,
                     other.rule.has_value(), "it makes no rule"});
      return;
    }
    if (!document.rule.has_value()) return;
    const auto rule = static_cast<std::size_t>(*other.rule);
    state_->rules[rule] = &*document.rule;
    ++state_->rule_count;
  }

  void AddDifference(LoadDifference difference) {
    state_->load_differences.push_back(std::move(difference));
  }

  // The slow path knows no strictness: whether it agrees is what the loader
  // says without.
  bool IsRefusedForStrictness(const RuleText& text, std::size_t index) const {
    if (!options_.strict) return false;
    RuleSetOptions lenient = options_;
    lenient.strict = false;
    const RuleSet rules = RuleSet::FromYaml(text.yaml, lenient, text.label);
    const std::vector<Document>& documents = rules.report().documents;
    return index < documents.size() &&
           documents[index].status != DocumentStatus::kRefused;
  }

  const RuleSetOptions& options_;
  std::span<const RuleText> texts_;
  std::shared_ptr<Verifier::State> state_;
};

}  // namespace

std::shared_ptr<const Verifier::State> MakeVerifierState(
    const Engine& engine, std::span<const RuleText> texts) {
  return StateMaker(engine, texts).Make();
}

}  // namespace hypersigma::internal
