#include "bindings/python/engine.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "bindings/python/conversion.h"
#include "bindings/python/event_encoder.h"
#include "bindings/python/status.h"

namespace nb = nanobind;

namespace hypersigma::python {
namespace {

constexpr std::size_t kMaxIdle = 64;

Engine Build(const RuleSet& rules, const EngineOptions& options) {
  std::optional<absl::StatusOr<Engine>> engine;
  {
    nb::gil_scoped_release nogil;
    engine = Engine::Build(rules, options);
  }
  return ValueOrRaise(*std::move(engine), Subject::kRules);
}

nb::tuple Convert(const ScanResult& result) {
  nb::list matches;
  for (const Match& match : result.matches) {
    matches.append(nb::make_tuple(static_cast<std::uint32_t>(match.rule),
                                  ToTuple(match.selections),
                                  ToTuple(match.indicators)));
  }
  nb::list undecided;
  for (const Undecided& open : result.undecided) {
    undecided.append(nb::make_tuple(static_cast<std::uint32_t>(open.rule),
                                    ToStr(open.field),
                                    ToStr(UndecidedReasonText(open.reason))));
  }
  nb::list log_sources;
  for (const LogSource& source : result.log_sources) {
    log_sources.append(nb::make_tuple(
        ToStr(source.product), ToStr(source.category), ToStr(source.service)));
  }
  return nb::make_tuple(matches, undecided, result.repaired, log_sources,
                        ToStr(result.layout), ToStr(result.time),
                        ToStr(result.computer));
}

}  // namespace

absl::StatusOr<Scanner> ScannerPool::Take(const ScanOptions& options) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find_if(
        idle_.rbegin(), idle_.rend(),
        [&options](const Idle& idle) { return idle.key == options.key; });
    if (found != idle_.rend()) {
      Scanner scanner = std::move(found->scanner);
      idle_.erase(std::next(found).base());
      const absl::Status status = scanner.Select(options.scanner.rules);
      if (!status.ok()) return status;
      return scanner;
    }
  }
  return Scanner::Create(engine_, options.scanner);
}

void ScannerPool::Return(const ScanOptions& options, Scanner scanner) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Whoever changes options all the time does not need all of them again.
  if (idle_.size() == kMaxIdle) idle_.erase(idle_.begin());
  idle_.push_back({options.key, std::move(scanner)});
}

PythonEngine::PythonEngine(const RuleSet& rules, const EngineOptions& options)
    : engine_(Build(rules, options)),
      pool_(engine_),
      batch_scanners_(engine_) {}

nb::tuple PythonEngine::Scan(nb::handle event, const ScanOptions& options) {
  const EventText json(event);
  return ScanJson(json.text(), options);
}

nb::tuple PythonEngine::ScanJson(std::string_view json,
                                 const ScanOptions& options) {
  std::optional<absl::StatusOr<Scanner>> taken;
  std::optional<absl::StatusOr<ScanResult>> result;
  {
    nb::gil_scoped_release nogil;
    taken = pool_.Take(options);
    if (taken->ok()) result = (*taken)->ScanJson(json);
  }
  Scanner scanner = ValueOrRaise(*std::move(taken), Subject::kArgument);
  if (!result->ok()) {
    const absl::Status status = result->status();
    pool_.Return(options, std::move(scanner));
    RaiseStatus(status, Subject::kEvent);
  }
  nb::tuple converted = Convert(**result);
  pool_.Return(options, std::move(scanner));
  return converted;
}

}  // namespace hypersigma::python
