// Engine against slow path, as fuzz targets need it: any difference is fatal.

#ifndef HYPERSIGMA_TESTS_FUZZ_COMPARE_H_
#define HYPERSIGMA_TESTS_FUZZ_COMPARE_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hypersigma/engine.h"
#include "hypersigma/explanation.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/verifier.h"

namespace hypersigma::fuzz {

// Placeholders as in tests/support, so that `expand` has values.
RuleSetOptions LenientOptions();

// The rules of one YAML stream on both sides.
class Comparison {
 public:
  // Nullopt when the rules are past a limit of the engine. Fails when one side
  // refuses what the other loads.
  static std::optional<Comparison> Load(std::string_view yaml);

  // Number of rules that are compared.
  std::uint32_t rule_count() const { return verifier_.rule_count(); }

  // Fails when the two say different things of the event, which need not be
  // well formed, or the explanation of a rule says a third.
  void CheckEvent(std::string_view json);

 private:
  Comparison(Engine engine, Scanner scanner)
      : engine_(std::move(engine)),
        scanner_(std::move(scanner)),
        verifier_(*Verifier::Create(engine_)),
        explainer_(*Explainer::Create(engine_, {.routing = Routing::kOff})) {}

  void CheckExplanations(std::string_view json, const ScanResult& result);

  Engine engine_;
  Scanner scanner_;
  Verifier verifier_;
  Explainer explainer_;
};

}  // namespace hypersigma::fuzz

#endif  // HYPERSIGMA_TESTS_FUZZ_COMPARE_H_
