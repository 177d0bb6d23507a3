#include "lib/engine/engine_file_header.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/whole_file.h"

namespace hypersigma::internal {
namespace {

const EngineFileOrigin kOrigin = {"1.0", "5.4.0", "15", "avx2", "rules"};
const std::vector<std::string> kSections = {"one", "", std::string(40, '3')};

// The result's sections borrow from memory that is gone.
absl::StatusOr<EngineFileParts> Split(std::string_view bytes) {
  WholeFile aligned(bytes.size());
  std::copy(bytes.begin(), bytes.end(), aligned.begin());
  return SplitEngineFile(aligned.bytes());
}

TEST(EngineFileHeader, GivesBackWhatWasJoined) {
  const std::string bytes = JoinEngineFile(kOrigin, kSections);
  WholeFile aligned(bytes.size());
  std::copy(bytes.begin(), bytes.end(), aligned.begin());
  const auto parts = SplitEngineFile(aligned.bytes());
  ASSERT_TRUE(parts.ok()) << parts.status();
  EXPECT_EQ(parts->origin, kOrigin);
  ASSERT_EQ(parts->sections.size(), 3u);
  for (std::size_t i = 0; i < kSections.size(); ++i) {
    EXPECT_EQ(parts->sections[i], kSections[i]);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(parts->sections[i].data()) % 16,
              0u);
  }
}

TEST(EngineFileHeader, RefusesOtherFormats) {
  std::string bytes = JoinEngineFile(kOrigin, kSections);
  bytes[8] = 99;
  EXPECT_EQ(Split(bytes).status(),
            absl::FailedPreconditionError("its format is 99, expected 4"));
}

TEST(EngineFileHeader, SaysWhatIsDamaged) {
  const std::string bytes = JoinEngineFile(kOrigin, kSections);
  EXPECT_EQ(Split("title: a rule").status(),
            absl::DataLossError("not an engine file"));
  EXPECT_EQ(Split("").status(), absl::DataLossError("not an engine file"));
  EXPECT_EQ(Split(bytes.substr(0, 20)).status(),
            absl::DataLossError("it ends in its header"));
  EXPECT_EQ(Split(bytes.substr(0, bytes.size() - 1)).status(),
            absl::DataLossError("it is longer or shorter than it was"));
  std::string changed = bytes;
  changed.back() ^= 1;
  EXPECT_EQ(Split(changed).status(),
            absl::DataLossError("its checksum is wrong"));
}

}  // namespace
}  // namespace hypersigma::internal
