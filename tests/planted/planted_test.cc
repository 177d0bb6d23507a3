// Plants literals in text and expects each to be found, over whichever libhs
// the loader finds. HYPERSIGMA_SOURCE_DIR is the project's root. Flags, besides
// those of GoogleTest:
//   --seed=N --sets=N       of the random sets
//   --library=NAME          hyperscan or vectorscan: what is expected ...
//   --library-folder=PATH   ... to be loaded from here

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "lib/engine/hyperscan.h"
#include "tests/planted/literal_sets.h"
#include "tests/planted/loaded_library.h"
#include "tests/planted/planter.h"
#include "tests/support/random.h"

namespace hypersigma::planted {
namespace {

using generator::Random;
using ::testing::StartsWith;

// What ctest takes for "skipped".
constexpr int kSkipped = 77;

struct Flags {
  std::uint64_t seed = 20'240'711;
  std::uint64_t sets = 400;
  std::string library;
  std::string library_folder;
};

Flags& TestFlags() {
  static Flags flags;
  return flags;
}

Tally PlantAll(const std::vector<LiteralSet>& sets,
               const PlantOptions& options) {
  Random random(TestFlags().seed);
  Tally tally;
  for (const LiteralSet& set : sets) {
    const absl::Status status = PlantSet(set, options, random, tally);
    EXPECT_TRUE(status.ok()) << set.name << ": " << status;
  }
  std::printf("lost %llu of %llu plants in %llu of %llu sets; seed %llu\n",
              static_cast<unsigned long long>(tally.lost),
              static_cast<unsigned long long>(tally.planted),
              static_cast<unsigned long long>(tally.sets_with_losses),
              static_cast<unsigned long long>(tally.sets),
              static_cast<unsigned long long>(TestFlags().seed));
  return tally;
}

std::string Shown(const Tally& tally) {
  return absl::StrJoin(tally.first_losses, "\n");
}

std::vector<LiteralSet> SetsFromSeed(std::size_t count) {
  Random random(TestFlags().seed);
  return RandomSets(count, random);
}

TEST(Library, IsTheOneAskedFor) {
  const std::string path = LoadedLibraryPath();
  std::printf("%s %s, CPU: %s\n", path.c_str(),
              internal::LiteralLibraryVersion().c_str(), CpuFeatures().c_str());
  ASSERT_FALSE(path.empty());
  if (TestFlags().library.empty()) GTEST_SKIP() << "none asked for";
  EXPECT_THAT(path, StartsWith(TestFlags().library_folder));
}

TEST(Planted, NoneIsLostInFieldSets) {
  const std::string folder =
      HYPERSIGMA_SOURCE_DIR "/../shared/corpus/sigma/rules";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "the corpus of rules is not there: " << folder;
  }
  const auto sets = FieldSets(folder);
  ASSERT_TRUE(sets.ok()) << sets.status();
  EXPECT_GT(sets->size(), 150u);
  const Tally tally = PlantAll(*sets, {});
  EXPECT_EQ(tally.lost, 0u) << Shown(tally);
  EXPECT_GT(tally.planted, 1'000'000u);
}

TEST(Planted, NoneIsLostInRandomSets) {
  const Tally tally = PlantAll(SetsFromSeed(TestFlags().sets), {});
  EXPECT_EQ(tally.lost, 0u) << Shown(tally);
  if (TestFlags().sets >= 400) {
    EXPECT_GT(tally.planted, 2'000'000u);
  }
}

TEST(Planted, NoneIsLostInLargeSets) {
  Random random(TestFlags().seed);
  const Tally tally = PlantAll(LargeSets(TestFlags().sets / 8, random), {});
  EXPECT_EQ(tally.lost, 0u) << Shown(tally);
  if (TestFlags().sets >= 400) {
    EXPECT_GT(tally.planted, 100'000u);
  }
}

TEST(Planted, NoneIsLostInSpecialSets) {
  const Tally tally = PlantAll(SpecialSets(), {});
  EXPECT_EQ(tally.lost, 0u) << Shown(tally);
}

TEST(Planted, NoneIsLostInWeakSets) {
  const Tally tally = PlantAll(WeakSets(), {});
  EXPECT_EQ(tally.lost, 0u) << Shown(tally);
}

// What the guard is for. Where nothing is lost without it, be it for another
// CPU or a later version, that takes a long search to say.
TEST(WithoutGuard, VectorscanLosesSome) {
  if (TestFlags().library != "vectorscan") GTEST_SKIP() << "of Vectorscan only";
  const Tally weak = PlantAll(WeakSets(), {.guard = false});
  if (weak.lost > 0) return;
  EXPECT_FALSE(CpuHasAvx2() &&
               internal::LiteralLibraryVersion().starts_with("5.4.9"))
      << "the sets known to lose matches on such a machine lost none";
  constexpr std::size_t kSearchedSets = 4'000;
  const Tally found = PlantAll(SetsFromSeed(kSearchedSets), {.guard = false});
  if (found.lost > 0) return;
  GTEST_SKIP() << "version " << internal::LiteralLibraryVersion()
               << " loses nothing on this CPU (" << CpuFeatures() << ")";
}

// The self-test of an engine must see what the guard hides.
TEST(WithoutGuard, ProveDatabaseFindsTheLosses) {
  if (TestFlags().library != "vectorscan") GTEST_SKIP() << "of Vectorscan only";
  int found = 0;
  for (const LiteralSet& set : WeakSets()) {
    const auto database =
        internal::LiteralDatabase::Compile(set.literals, {.guard = false});
    ASSERT_TRUE(database.ok()) << database.status();
    if (!ProveDatabase(*database, set.literals).ok()) ++found;
  }
  const Tally weak = PlantAll(WeakSets(), {.guard = false});
  if (weak.lost == 0) GTEST_SKIP() << "nothing to find on this machine";
  EXPECT_GT(found, 0);
}

// Returns the rest of `argument` after "--name=".
std::optional<std::string_view> ValueOf(std::string_view argument,
                                        std::string_view name) {
  if (!argument.starts_with("--")) return std::nullopt;
  argument.remove_prefix(2);
  if (!argument.starts_with(name)) return std::nullopt;
  argument.remove_prefix(name.size());
  if (!argument.starts_with('=')) return std::nullopt;
  return argument.substr(1);
}

bool ReadNumber(std::string_view text, std::uint64_t* number) {
  return absl::SimpleAtoi(absl::string_view(text.data(), text.size()), number);
}

bool ReadFlag(std::string_view argument, Flags& flags) {
  if (const auto seed = ValueOf(argument, "seed")) {
    return ReadNumber(*seed, &flags.seed);
  }
  if (const auto sets = ValueOf(argument, "sets")) {
    return ReadNumber(*sets, &flags.sets);
  }
  if (const auto library = ValueOf(argument, "library")) {
    flags.library = *library;
    return true;
  }
  if (const auto folder = ValueOf(argument, "library-folder")) {
    flags.library_folder = *folder;
    return true;
  }
  return false;
}

// Whether the library asked for is where it was said to be.
bool LibraryIsThere(const Flags& flags) {
  return flags.library.empty() ||
         std::filesystem::exists(flags.library_folder + "/libhs.so.5");
}

int Main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    if (!ReadFlag(argv[i], TestFlags())) {
      std::fprintf(stderr, "unknown or broken flag: %s\n", argv[i]);
      return 2;
    }
  }
  if (!LibraryIsThere(TestFlags())) {
    std::fprintf(stderr,
                 "no libhs.so.5 in %s; run tests/planted/fetch_other_library.sh"
                 "\n",
                 TestFlags().library_folder.c_str());
    return std::getenv("CI") == nullptr ? kSkipped : 1;
  }
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace hypersigma::planted

int main(int argc, char** argv) {
  return hypersigma::planted::Main(argc, argv);
}
