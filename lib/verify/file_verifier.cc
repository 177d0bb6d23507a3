// Verifies a scan of files while it runs: counts everything, keeps the first
// differences.

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "hypersigma/verifier.h"
#include "lib/verify/verifier_state.h"

namespace hypersigma {

struct FileVerifier::State {
  // Position of the file among the paths, of the event, of the rule.
  using Key = std::tuple<std::size_t, std::uint64_t, std::int64_t>;

  State(Verifier judge, const FileVerifierOptions& given)
      : verifier(std::move(judge)), options(given) {
    options.every = std::max<std::uint64_t>(options.every, 1);
  }

  // Whether a difference of this event would be listed.
  bool HasRoom(const ScannedEvent& event) {
    const std::lock_guard lock(mutex);
    if (options.max_differences == 0) return false;
    return listed.size() < options.max_differences ||
           Key{event.path, event.place.index, -1} < listed.rbegin()->first;
  }

  void Add(const ScannedEvent& event, Verification verification) {
    const std::lock_guard lock(mutex);
    ++(verification.compared ? summary.events : summary.not_compared);
    summary.undecided += verification.undecided;
    summary.differences += verification.differences.size();
    for (Difference& difference : verification.differences) {
      const std::int64_t rule =
          difference.rule ? static_cast<std::int64_t>(*difference.rule) : -1;
      listed.insert_or_assign(
          Key{event.path, event.place.index, rule},
          FileDifference{std::string(event.place.file), event.place.index,
                         std::move(difference)});
      if (listed.size() > options.max_differences) {
        listed.erase(std::prev(listed.end()));
      }
    }
  }

  const Verifier verifier;
  FileVerifierOptions options;
  std::mutex mutex;  // guards what follows
  VerifySummary summary;
  std::map<Key, FileDifference> listed;
};

FileVerifier::FileVerifier(Verifier verifier,
                           const FileVerifierOptions& options)
    : state_(std::make_unique<State>(std::move(verifier), options)) {
  state_->summary.rules = state_->verifier.rule_count();
}
FileVerifier::FileVerifier(FileVerifier&&) noexcept = default;
FileVerifier& FileVerifier::operator=(FileVerifier&&) noexcept = default;
FileVerifier::~FileVerifier() = default;

void FileVerifier::Observe(const ScannedEvent& event) {
  if (event.place.index % state_->options.every != 0) return;
  const Verifier::State& rules = *state_->verifier.state_;
  Verification verification =
      internal::Compare(rules, event.json, *event.result);
  if (!verification.differences.empty() && state_->HasRoom(event)) {
    internal::Explain(rules, event.json, verification.differences);
  }
  state_->Add(event, std::move(verification));
}

VerifySummary FileVerifier::Summary() const {
  const std::lock_guard lock(state_->mutex);
  VerifySummary summary = state_->summary;
  for (const auto& [key, difference] : state_->listed) {
    summary.listed.push_back(difference);
  }
  return summary;
}

}  // namespace hypersigma
