// What all fuzz targets share: how a broken promise ends the run, and how bytes
// are read.

#ifndef HYPERSIGMA_TESTS_FUZZ_FUZZ_H_
#define HYPERSIGMA_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

// libFuzzer's entry, which each target defines.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);

namespace hypersigma::fuzz {

inline std::string_view AsText(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Ends the process with `message`, which libFuzzer takes for a finding.
[[noreturn]] inline void Fail(const std::string& message) {
  std::fprintf(stderr, "broken promise: %s\n", message.c_str());
  std::abort();
}

inline void Require(bool condition, const char* message) {
  if (!condition) Fail(message);
}

// Returns what stands before the first `separator` and takes both away from
// `text`; all of it if there is none.
inline std::string_view TakeUntil(std::string_view separator,
                                  std::string_view& text) {
  const std::size_t at = text.find(separator);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view()
                                      : text.substr(at + separator.size());
  return part;
}

}  // namespace hypersigma::fuzz

#endif  // HYPERSIGMA_TESTS_FUZZ_FUZZ_H_
