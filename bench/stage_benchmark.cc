// The stages of a scan, each timed apart on what it was given for each event.
//
// Usage: stage_benchmark [--rules=DIR] [--events=FILE] [--check=N]
//   [Google Benchmark flags]
// Without paths it takes the project's examples. Inputs are recorded before
// anything is timed, by running the stages one after the other; all must find
// what a scan finds. "share" and rates are of whole events, so the stages of
// one run can be compared and added up:
//   stage/parse         the JSON reader: members found, checked, and those of
//                       rules listed, nothing unescaped that need not be
//   stage/field_lookup  the part of it that tells from names which field a
//                       member is, without layouts
//   stage/route         the log sources of events, from the values that say
//                       them, and the look-up of their rules
//   stage/keywords      one search of the line for the keywords of its route
//   stage/literal_scan  libhs over the values that the route needs; a scan does
//                       this for values alone that its cache does not know
//   stage/confirm       globs, regular expressions and all else that is decided
//                       on demand, of the predicates that programs ask for
//   stage/program       the conditions of woken rules; setting the bits that
//                       they test is timed with them
// Left out are the value cache, waking rules, and describing matches. Each
// stage reads its input from memory anew, while in a scan the stage before it
// has just written it; so stages together take a little more than a scan.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "bench/stages/recording.h"
#include "bench/support/check.h"
#include "bench/support/flags.h"
#include "bench/support/or_die.h"
#include "bench/support/pass_timer.h"
#include "bench/support/registration.h"
#include "bench/support/scan_pass.h"
#include "bench/support/workload.h"
#include "hypersigma/engine.h"
#include "lib/base/bitset.h"
#include "lib/engine/confirm.h"
#include "lib/engine/engine_state.h"
#include "lib/engine/route_finder.h"
#include "lib/input/json_reader.h"
#include "lib/input/key_memo.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::bench {
namespace {

using internal::EngineState;

// All that stages need; borrowed by the benchmarks.
struct Stages {
  const Engine& engine;
  const Events& events;
  const Recording& recording;

  const EngineState& state() const { return engine.state(); }
};

// Each runs its stage over all events and returns a count that depends on all
// of its work.
using Pass = std::function<std::size_t()>;

Pass ParsePass(const Stages& stages) {
  const auto reader = std::make_shared<internal::JsonReader>(
      stages.state().json_paths(),
      internal::JsonReaderOptions{.unnamed_values =
                                      stages.state().plan().has_keywords});
  return [&events = stages.events, reader] {
    std::size_t count = 0;
    for (const std::string_view line : events.lines()) {
      count += OrDie(reader->ReadFields(line, events.ReadableBehind(line)))
                   .values.size();
    }
    return count;
  };
}

Pass FieldLookupPass(const Stages& stages) {
  const auto keys = std::make_shared<internal::KeyMemo>();
  return [&recording = stages.recording, keys] {
    std::size_t count = 0;
    for (std::size_t i = 0; i < recording.members.event_count(); ++i) {
      // As many tokens as a flat event has.
      internal::KeyMemo::Place place =
          internal::KeyMemo::Begin(4 * recording.members[i].size() + 1);
      for (const NamedMember& member : recording.members[i]) {
        const internal::KeyMemoEntry* const known =
            keys->Find(place, member.object, member.name);
        if (known != nullptr) {
          keys->Step(place, *known);
          count += known->member != internal::kNoPath;
          continue;
        }
        const internal::PathId path =
            recording.paths.Member(member.object, member.name);
        keys->Store(member.object, member.name, path, internal::Placement());
        count += path != internal::kNoPath;
      }
    }
    return count;
  };
}

Pass RoutePass(const Stages& stages) {
  const auto routes = std::make_shared<internal::RouteFinder>(
      stages.state().router(), Routing::kAuto, std::nullopt);
  const auto values = std::make_shared<internal::EventValues>(
      stages.state().plan().fields.size());
  return [&recording = stages.recording, routes, values] {
    std::size_t count = 0;
    for (std::size_t i = 0; i < recording.routing_pairs.event_count(); ++i) {
      values->Assign(recording.routing_pairs[i]);
      count += routes->Find(*values).log_sources.size();
    }
    return count;
  };
}

Pass KeywordsPass(const Stages& stages) {
  const auto scratch = std::make_shared<internal::LiteralScratch>(
      OrDie(stages.state().NewLiteralScratch()));
  const auto found = std::make_shared<internal::FoundKeywords>(
      stages.state().plan().predicates.size());
  return [&stages, scratch, found] {
    std::size_t count = 0;
    for (std::size_t i = 0; i < stages.events.lines().size(); ++i) {
      const std::string_view line = stages.events.lines()[i];
      for (const internal::KeywordPrefilter* const prefilter :
           stages.recording.prefilters[i]) {
        OrDie(prefilter->Find(line, *scratch, *found));
      }
      count += found->predicates.members().size();
      found->Clear();
    }
    return count;
  };
}

Pass LiteralScanPass(const Stages& stages) {
  const auto scratch = std::make_shared<internal::LiteralScratch>(
      OrDie(stages.state().NewLiteralScratch()));
  return [&recording = stages.recording, scratch] {
    std::size_t count = 0;
    for (const LiteralScan& scan : recording.scans.all()) {
      OrDie(scan.database->Scan(
          scan.text, *scratch,
          [](void* any, std::uint32_t, std::size_t) {
            ++*static_cast<std::size_t*>(any);
          },
          &count));
    }
    return count;
  };
}

Pass ConfirmPass(const Stages& stages) {
  const auto scratch =
      std::make_shared<internal::ConfirmScratch>(internal::ConfirmScratch{
          OrDie(internal::RegexScratch::Create()), {}, {}});
  return [&stages, scratch] {
    std::size_t count = 0;
    for (const Confirmation& one : stages.recording.confirmations.all()) {
      count += stages.state()
                   .confirmer(one.predicate)
                   .Confirm(stages.recording.values[one.values], *scratch) ==
               internal::Verdict::kTrue;
    }
    return count;
  };
}

bool Accepts(const internal::Program& program,
             const internal::SparseBitset& held) {
  internal::ProgramTarget at = program.start;
  while (at < internal::kReject) {
    const internal::Test& test = program.tests[at];
    at = held.Contains(internal::Index(test.predicate)) ? test.if_true
                                                        : test.if_false;
  }
  return at == internal::kAccept;
}

Pass ProgramPass(const Stages& stages) {
  const auto held = std::make_shared<internal::SparseBitset>(
      stages.state().plan().predicates.size());
  return [&recording = stages.recording,
          rules = std::span(stages.state().plan().rules), held] {
    std::size_t count = 0;
    for (std::size_t i = 0; i < recording.woken.event_count(); ++i) {
      for (const internal::PredicateId id : recording.held[i]) {
        held->Insert(internal::Index(id));
      }
      for (const RuleId rule : recording.woken[i]) {
        count += Accepts(rules[static_cast<std::size_t>(rule)].program, *held);
      }
      held->Clear();
    }
    return count;
  };
}

// `given`: how many inputs, of the kind `unit`, the stage has for all events.
void RegisterStage(const std::string& name, const Stages& stages,
                   const Pass& pass, const std::string& unit,
                   std::size_t given) {
  const double per_event = static_cast<double>(given) /
                           static_cast<double>(stages.events.lines().size());
  Register(name, [=, &stages](auto& state) {
    PassTimer timer(state, stages.events);
    std::size_t found = pass();
    for (auto _ : state) {
      timer.Begin();
      found = pass();
      timer.End();
    }
    state.counters["found"] = static_cast<double>(found);
    state.counters[unit + "_per_event"] = per_event;
    timer.Report();
  });
}

std::size_t ScannedBytes(const Recording& recording) {
  std::size_t bytes = 0;
  for (const LiteralScan& scan : recording.scans.all()) {
    bytes += scan.text.size();
  }
  return bytes;
}

void RegisterAll(const Stages& stages) {
  const Recording& recording = stages.recording;
  const auto add = [&stages](const std::string& name, const Pass& pass,
                             const std::string& unit, std::size_t given) {
    RegisterStage("stage/" + name, stages, pass, unit, given);
  };
  add("parse", ParsePass(stages), "members", recording.members.all().size());
  add("field_lookup", FieldLookupPass(stages), "members",
      recording.members.all().size());
  add("route", RoutePass(stages), "members",
      recording.routing_pairs.all().size());
  add("keywords", KeywordsPass(stages), "searches",
      recording.prefilters.all().size());
  add("literal_scan", LiteralScanPass(stages), "scanned_bytes",
      ScannedBytes(recording));
  add("confirm", ConfirmPass(stages), "confirmed",
      recording.confirmations.all().size());
  add("program", ProgramPass(stages), "programs", recording.woken.all().size());
}

int Main(int argc, char** argv) {
  Flags flags(argc, argv);
  const Workload workload = ReadWorkload(flags);
  const Engine engine = BuildEngine(workload.rules);
  CheckAgainstReference("stage", engine, workload.events, workload.check_count);
  const std::unique_ptr<const Recording> recording =
      Record(engine, workload.events);
  Scanner scanner = MakeScanner(engine);
  CheckEqual("stage", recording->match_count,
             ScanPass(scanner, workload.events));
  const Stages stages{engine, workload.events, *recording};
  CheckEqual("stage/program", ProgramPass(stages)(), recording->match_count);
  RegisterAll(stages);
  return flags.RunBenchmarks();
}

}  // namespace
}  // namespace hypersigma::bench

int main(int argc, char** argv) { return hypersigma::bench::Main(argc, argv); }
