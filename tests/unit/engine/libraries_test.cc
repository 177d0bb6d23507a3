#include "lib/engine/libraries.h"

#include <gtest/gtest.h>

#include "hypersigma/libraries.h"

namespace hypersigma {
namespace {

TEST(PatternLibraryName, IsToldFromTheVersion) {
  using internal::PatternLibraryName;
  EXPECT_EQ(PatternLibraryName("5.4.0", true), "Hyperscan");
  EXPECT_EQ(PatternLibraryName("5.4.2", true), "Hyperscan");
  EXPECT_EQ(PatternLibraryName("5.6.1", true), "Hyperscan");
  EXPECT_EQ(PatternLibraryName("5.4.9", true), "Vectorscan");
  EXPECT_EQ(PatternLibraryName("5.4.12", true), "Vectorscan");
  EXPECT_EQ(PatternLibraryName("5.4.0", false), "Vectorscan");
}

TEST(IsKnownToLoseMatches, HoldsForVectorscanUntilItWasMended) {
  using internal::IsKnownToLoseMatches;
  EXPECT_TRUE(IsKnownToLoseMatches("Vectorscan", "5.4.9"));
  EXPECT_TRUE(IsKnownToLoseMatches("Vectorscan", "5.4.12"));
  EXPECT_TRUE(IsKnownToLoseMatches("Vectorscan", "?"));
  EXPECT_FALSE(IsKnownToLoseMatches("Vectorscan", "5.4.13"));
  EXPECT_FALSE(IsKnownToLoseMatches("Vectorscan", "5.5"));
  EXPECT_FALSE(IsKnownToLoseMatches("Hyperscan", "5.4.0"));
}

TEST(NeedsGuard, HoldsForVectorscanAlone) {
  EXPECT_TRUE(internal::NeedsGuard("5.4.9 2023-03-23"));
  EXPECT_TRUE(internal::NeedsGuard("5.4.13"));
#if defined(__x86_64__)
  EXPECT_FALSE(internal::NeedsGuard("5.4.0 2021-01-26"));
#endif
}

TEST(PatternLibraryInUse, IsTested) {
  const PatternLibrary library = PatternLibraryInUse();
  EXPECT_TRUE(library.platform.ok()) << library.platform;
  EXPECT_TRUE(library.self_test.ok()) << library.self_test;
  EXPECT_FALSE(library.version.empty());
  EXPECT_EQ(library.version.find(' '), std::string::npos);
  EXPECT_FALSE(library.cpu_features.empty());
  EXPECT_EQ(library.is_known_to_lose_matches, !library.mitigation.empty());
}

TEST(LibraryVersions, NamesEach) {
  const std::vector<LibraryVersion> versions = LibraryVersions();
  EXPECT_EQ(versions.size(), 5u);
  for (const LibraryVersion& library : versions) {
    ASSERT_FALSE(library.version.empty()) << library.name;
    EXPECT_TRUE(library.version[0] >= '0' && library.version[0] <= '9')
        << library.version;
  }
}

}  // namespace
}  // namespace hypersigma
