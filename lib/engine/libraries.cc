#include "lib/engine/libraries.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

#include "hypersigma/libraries.h"
#include "lib/base/regex.h"
#include "lib/base/status_macros.h"
#include "lib/base/text.h"
#include "lib/engine/hyperscan.h"
#include "lib/input/json_reader.h"

namespace hypersigma {
namespace internal {
namespace {

using Version = std::array<int, 3>;

constexpr std::string_view kVectorscan = "Vectorscan";
constexpr Version kLastHyperscan = {5, 4, 2};
constexpr Version kMendedVectorscan = {5, 4, 13};

// What a version does not say is 0.
Version Parse(std::string_view text) {
  Version version{};
  for (int& part : version) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), part);
    if (error != std::errc()) break;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with('.')) break;
    text.remove_prefix(1);
  }
  return version;
}

#if defined(__x86_64__) || defined(__i386__)
constexpr bool kIsX86 = true;
#else
constexpr bool kIsX86 = false;
#endif

// Sets in which Vectorscan 5.4.9 without a guard loses literals, one in which
// nothing is folded, and one of a single byte.
absl::Status TestPlantedSets() {
  const std::vector<std::vector<Literal>> sets = {
      {{"image/"}, {"--cpu-priority"}},
      {{"\\powershell.exe"}, {"\\pwsh.exe"}, {"\\cmd.exe"}, {"-enc"}, {" /c "}},
      {{"AdminCount", true}, {"ticket", true}, {"0x17", true}},
      {{"#"}, {"curl"}, {"python"}}};
  for (const std::vector<Literal>& literals : sets) {
    HS_ASSIGN_OR_RETURN(const LiteralDatabase database,
                        LiteralDatabase::Compile(literals));
    HS_RETURN_IF_ERROR(ProveDatabase(database, literals));
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view PatternLibraryName(std::string_view version, bool is_x86) {
  const Version parsed = Parse(version);
  const bool is_vectorscan =
      !is_x86 || (parsed > kLastHyperscan && parsed < Version{5, 5, 0});
  return is_vectorscan ? kVectorscan : "Hyperscan";
}

bool NeedsGuard(std::string_view version) {
  return PatternLibraryName(version, kIsX86) == kVectorscan;
}

bool IsKnownToLoseMatches(std::string_view name, std::string_view version) {
  return name == kVectorscan && Parse(version) < kMendedVectorscan;
}

}  // namespace internal

std::vector<LibraryVersion> LibraryVersions() {
  return {{"PCRE2", internal::RegexLibraryVersion()},
          {"PCRE2 Unicode", internal::RegexUnicodeVersion()},
          {"utf8proc", internal::TextLibraryVersion()},
          {"utf8proc Unicode", internal::TextUnicodeVersion()},
          {"simdjson", internal::JsonLibraryVersion()}};
}

PatternLibrary PatternLibraryInUse() {
  PatternLibrary library;
  // "5.4.0 2021-01-26"; some builds have no date.
  const std::string full = internal::LiteralLibraryVersion();
  library.version = full.substr(0, full.find(' '));
  library.name =
      internal::PatternLibraryName(library.version, internal::kIsX86);
  library.is_known_to_lose_matches =
      internal::IsKnownToLoseMatches(library.name, library.version);
  if (library.is_known_to_lose_matches) {
    library.mitigation =
        "literals only, a guard literal in every database, and a test of every "
        "database with planted literals before it is used";
  }
  library.cpu_features = internal::LiteralCpuFeatures();
  library.platform = internal::CheckLiteralPlatform();
  library.self_test =
      library.platform.ok() ? internal::TestPlantedSets() : library.platform;
  return library;
}

}  // namespace hypersigma
