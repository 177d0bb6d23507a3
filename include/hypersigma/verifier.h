// Judges the engine by the slow path: a second evaluator in this library that
// shares no matching code with the engine and uses no pattern library.
//
// Beside the data's way RuleSet -> Engine -> Scanner: it looks at what a scan
// said. Events handed over as pairs to Scanner::Scan() cannot be verified; the
// slow path reads JSON text. It evaluates every rule on events as they are, so
// scan with Routing::kOff and the layout "flat". docs/design/0005-verify.md
// says what the two share.

#ifndef HYPERSIGMA_VERIFIER_H_
#define HYPERSIGMA_VERIFIER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "hypersigma/engine.h"
#include "hypersigma/export.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/truth.h"

namespace hypersigma {

// A detection item, or one of its values, of which the two sides do not say the
// same.
struct ItemDifference {
  std::string selection;
  // "field|modifiers: value", as the rule writes it.
  std::string item;
  Truth engine = Truth::kFalse;
  Truth slow_path = Truth::kFalse;
};

// A rule of which the two sides do not say the same for one event.
struct Difference {
  // Nullopt: about the event itself, which one side reads and the other
  // refuses; `reason` is then the words of the side that refuses.
  std::optional<RuleId> rule;
  std::string reason;
  // Whether the rule matches, or the event can be read.
  Truth engine = Truth::kFalse;
  Truth slow_path = Truth::kFalse;
  // The items at fault. Empty when the engine, asked again, says the same as
  // the slow path of each item: the fault is then in the condition, in the
  // choice of the rules to evaluate, or in a result that is not of this event.
  std::vector<ItemDifference> items;
};

// A document that one side loads and the other refuses.
struct LoadDifference {
  std::string file;
  std::uint32_t index = 0;  // as Document::index
  std::string title;
  bool loaded_by_engine = false;
  // The words of the side that refuses.
  std::string reason;
};

// What is said of one event.
struct Verification {
  // In RuleId order; one without rule stands alone.
  std::vector<Difference> differences;
  // Rules that were not compared because a side is undecided.
  std::uint32_t undecided = 0;
  // False: the event was not compared, because a side is past a limit.
  bool compared = true;
};

// The rules of an engine, loaded once more from the text that the engine's
// RuleSet was loaded from, with the same placeholders.
//
// Thread safety: const methods may be called from any thread. Copies are cheap
// and share the rules. Keeps its Engine alive. Cost: some 50 us and 7 KB a rule
// to make; some 1.4 us a rule and event to verify.
class HYPERSIGMA_EXPORT Verifier {
 public:
  // What only one side loads is no error but in load_differences(). Errors:
  // kFailedPrecondition when pipelines changed the engine's rules, since the
  // slow path reads them as they are written.
  static absl::StatusOr<Verifier> Create(const Engine& engine);

  Verifier(const Verifier&);
  Verifier& operator=(const Verifier&);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  // In load order. A document that strict loading alone refuses, and a
  // correlation, which the slow path does not evaluate, is none.
  std::span<const LoadDifference> load_differences() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // Number of rules that are compared: those that both sides load.
  std::uint32_t rule_count() const;

  // Compares what the engine says of the event `json` with what the slow path
  // says. `result` is what Scanner::ScanJson() returned for it. Cost: linear in
  // rules and event; each difference takes another scan of the event.
  Verification Verify(std::string_view json,
                      const absl::StatusOr<ScanResult>& result) const;

  // For FileVerifier and tests; not part of the contract.
  struct State;
  explicit Verifier(std::shared_ptr<const State> state);

 private:
  friend class FileVerifier;

  std::shared_ptr<const State> state_;
};

struct FileVerifierOptions {
  // Speed: verify the first event of every file, and every n-th one after it.
  // The same events whatever the number of threads. 0 is taken as 1.
  std::uint64_t every = 1;
  // Behaviour: how many differences are listed; all are counted.
  std::uint32_t max_differences = 100;
};

// Where a difference occurred.
struct FileDifference {
  std::string file;
  // Position among the non-blank lines of the file, from 0.
  std::uint64_t index = 0;
  Difference difference;
};

// Counters of a verified scan.
struct VerifySummary {
  std::uint64_t events = 0;  // that were compared
  std::uint32_t rules = 0;   // that each was compared for
  std::uint64_t differences = 0;
  std::uint64_t undecided = 0;     // (rule, event) pairs, not compared
  std::uint64_t not_compared = 0;  // events past a limit of a side
  // The first differences, in the order of files, events and rules.
  std::vector<FileDifference> listed;
};

// Verifies a scan of files while it runs. Set `options.observer` of the scan to
// a call of Observe().
//
// Thread safety: Observe() may be called from any thread.
class HYPERSIGMA_EXPORT FileVerifier {
 public:
  FileVerifier(Verifier verifier, const FileVerifierOptions& options = {});
  FileVerifier(FileVerifier&&) noexcept;
  FileVerifier& operator=(FileVerifier&&) noexcept;
  ~FileVerifier();

  // Verifies the event, unless it is left out by FileVerifierOptions::every.
  void Observe(const ScannedEvent& event);

  // Returns what has been found. Call it once the scan has ended.
  VerifySummary Summary() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_VERIFIER_H_
