// The parts of an engine file: each is refused, or is something that can be
// written and read again. The sums, which would find every change, are left
// out, but for those of whole files.
//
// The first byte says which part the others are: `p` the plan, `r` the rules,
// anything else a file, of which it is the first byte itself.

#include <algorithm>
#include <string>

#include "lib/base/whole_file.h"
#include "lib/engine/engine_file_header.h"
#include "lib/engine/engine_file_plan.h"
#include "lib/engine/engine_file_rules.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

internal::WholeFile Aligned(std::string_view bytes) {
  internal::WholeFile aligned(bytes.size());
  std::copy(bytes.begin(), bytes.end(), aligned.begin());
  return aligned;
}

std::string Write(const internal::Plan& plan) {
  const auto bytes = internal::WritePlan(plan, plan.fields.size());
  Require(bytes.ok(), "a plan that was read is written");
  return *bytes;
}

std::string Write(const internal::FileRules& rules) {
  const auto bytes = internal::WriteRules(rules);
  Require(bytes.ok(), "rules that were read are written");
  return *bytes;
}

// Two rounds: the first may leave out what fills up rows.
template <typename Read>
void CheckSection(Read read, std::string_view bytes) {
  const auto first = read(Aligned(bytes).bytes());
  if (!first.ok()) {
    Require(absl::IsDataLoss(first.status()), "damage is called so");
    return;
  }
  const std::string written = Write(*first);
  const auto second = read(Aligned(written).bytes());
  Require(second.ok(), "what is written is read");
  Require(Write(*second) == written, "writing is the same each time");
}

void CheckFile(std::string_view bytes) {
  const internal::WholeFile aligned = Aligned(bytes);
  const auto parts = internal::SplitEngineFile(aligned.bytes());
  if (!parts.ok()) {
    Require(absl::IsDataLoss(parts.status()) ||
                absl::IsFailedPrecondition(parts.status()),
            "a file is refused for damage or its format");
    return;
  }
  CheckSection(internal::ReadRules,
               parts->sections.empty() ? "" : parts->sections[0]);
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace hypersigma::fuzz;  // NOLINT: an entry of C
  std::string_view bytes = AsText(data, size);
  if (bytes.starts_with('p')) {
    CheckSection(hypersigma::internal::ReadPlan, bytes.substr(1));
  } else if (bytes.starts_with('r')) {
    CheckSection(hypersigma::internal::ReadRules, bytes.substr(1));
  } else {
    CheckFile(bytes);
  }
  return 0;
}
