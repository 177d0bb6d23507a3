#include "lib/input/line_facts.h"

#include <bit>
#include <cstring>

#include "lib/input/json_text.h"
#include "lib/input/line_steps.h"

namespace hypersigma::internal {
namespace {

void AddBytes(const char* text, LineSteps& steps) {
  for (std::size_t i = 0; i < kLineStep; i += sizeof(std::uint64_t)) {
    std::uint64_t part = 0;
    std::memcpy(&part, text + i, sizeof(part));
    steps.SeeNonAscii(part & 0x8080'8080'8080'8080u);
  }
  const std::uint64_t escaped =
      steps.Escaped(MaskOfByte(text, kLineStep, '\\'));
  std::uint64_t allowed = 0;
  std::uint64_t slash = 0;
  for (std::uint64_t left = escaped; left != 0; left &= left - 1) {
    const char byte = text[std::countr_zero(left)];
    const std::uint64_t bit = left & (0 - left);
    if (kShortEscapes[static_cast<unsigned char>(byte)] != 0) allowed |= bit;
    if (byte == '/') slash |= bit;
  }
  steps.SeeOthers(steps.SeeEscaped(escaped, allowed, slash),
                  MaskOfByte(text, kLineStep, 'u'));
}

LineFacts LookByBytes(const char* text, std::size_t size,
                      std::uint32_t* /*tokens*/) {
  LineSteps steps;
  for (; size >= kLineStep; text += kLineStep, size -= kLineStep) {
    AddBytes(text, steps);
  }
  AddBytes(LastLineStep(text, size).data(), steps);
  return steps.Told(0);
}

}  // namespace

std::vector<LineLook> LineLooks() {
  std::vector<LineLook> looks;
#if defined(__x86_64__)
  looks = X86LineLooks();
#endif
  looks.push_back({.finds_tokens = false, .look = &LookByBytes});
  return looks;
}

LineLook BestLineLook() {
  static const LineLook best = LineLooks().front();
  return best;
}

}  // namespace hypersigma::internal
