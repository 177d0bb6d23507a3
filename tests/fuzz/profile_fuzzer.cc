// A profile -> engines: what is no profile is refused with its place; what is
// one is written and read without change, and changes no match.

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "hypersigma/engine.h"
#include "hypersigma/profile.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

// What seeds count is among what these rules ask.
constexpr std::string_view kRules = R"(
title: t
logsource: {product: a}
detection:
  s: {F|contains: [one, two], F|endswith: end, G|re: 'x.?y'}
  condition: s
---
title: u
logsource: {product: b}
detection:
  s: [one]
  t: {F|contains: two}
  condition: s and t
)";
constexpr std::string_view kEvents[] = {R"({"F":"one end","G":"xy"})",
                                        R"({"F":"two end","G":"x-y one"})",
                                        R"({"F":"two","H":"one"})"};

void CheckError(const absl::Status& status) {
  Require(absl::IsInvalidArgument(status) || absl::IsResourceExhausted(status),
          "a profile is wrong by its text");
  Require(std::string_view(status.message().data(), status.message().size())
              .starts_with("p:"),
          "what is wrong has a place");
}

std::string MatchesOf(const RuleSet& rules, const Profile& profile) {
  const Engine engine =
      Engine::Build(rules, {.compile_threads = 1, .profile = profile}).value();
  Scanner scanner = Scanner::Create(engine).value();
  std::string matches;
  for (const std::string_view event : kEvents) {
    for (const Match& match : scanner.ScanJson(event).value().matches) {
      matches += std::to_string(static_cast<int>(match.rule)) + ' ';
    }
    matches += '\n';
  }
  return matches;
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace hypersigma;        // NOLINT: an entry of C
  using namespace hypersigma::fuzz;  // NOLINT
  const auto profile = Profile::FromNdjson(AsText(data, size), "p");
  if (!profile.ok()) {
    CheckError(profile.status());
    return 0;
  }
  const std::string written = profile->ToNdjson();
  const auto again = Profile::FromNdjson(written, "p");
  Require(again.ok() && again->ToNdjson() == written,
          "what is written is read again");
  static const RuleSet rules = RuleSet::FromYaml(kRules);
  static const std::string expected = MatchesOf(rules, {});
  Require(MatchesOf(rules, *profile) == expected, "no match changes");
  return 0;
}
