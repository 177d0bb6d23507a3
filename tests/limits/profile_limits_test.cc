// Limits of profiles.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "hypersigma/profile.h"
#include "lib/base/limits.h"

namespace hypersigma {
namespace {

using internal::kMaxJsonDepth;
using internal::kMaxProfileBytes;
using internal::kMaxProfileNameBytes;
using internal::kMaxProfilePredicates;
using internal::kMaxRoutes;
using ::testing::HasSubstr;

std::string Header(std::size_t log_sources, std::size_t predicates) {
  return R"({"hypersigma_profile":1,"events":0,"log_sources":)" +
         std::to_string(log_sources) +
         ",\"predicates\":" + std::to_string(predicates) + "}\n";
}

std::string Predicate(const std::string& operand) {
  return R"({"field":"f","op":"equals","operand":")" + operand +
         "\",\"fired\":[]}\n";
}

absl::Status StatusOf(const std::string& text) {
  return Profile::FromNdjson(text).status();
}

TEST(ProfileBytes, OfATextAreLimited) {
  std::string text = Header(0, 0);
  text.resize(kMaxProfileBytes, '\n');
  EXPECT_TRUE(StatusOf(text).ok());
  text += '\n';
  EXPECT_EQ(StatusOf(text).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(std::string(StatusOf(text).message()),
              HasSubstr("a profile has at most 134217728 bytes"));
}

TEST(ProfileBytes, OfAFileAreLimitedBeforeItIsRead) {
  const std::string path =
      ::testing::TempDir() + "profile_limits_" + std::to_string(getpid());
  std::ofstream(path) << "x";
  std::filesystem::resize_file(path, std::uintmax_t{1} << 40);
  const absl::Status status = Profile::FromFile(path).status();
  std::remove(path.c_str());
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
}

TEST(ProfilePredicates, OfAProfileAreLimited) {
  EXPECT_THAT(std::string(StatusOf(Header(0, kMaxProfilePredicates)).message()),
              HasSubstr("the first line says something else"));
  EXPECT_THAT(
      std::string(StatusOf(Header(0, kMaxProfilePredicates + 1)).message()),
      HasSubstr("'predicates': expected a number below 1000001"));
  // The lines count too.
  EXPECT_FALSE(StatusOf(Header(0, 1) + Predicate("a") + Predicate("b")).ok());
}

TEST(ProfilePredicates, LogSourcesAndNestingAreLimitedAsForEvents) {
  EXPECT_THAT(std::string(StatusOf(Header(kMaxRoutes + 1, 0)).message()),
              HasSubstr("'log_sources': expected a number below"));
  const std::string deep(static_cast<std::size_t>(kMaxJsonDepth) + 1, '[');
  EXPECT_THAT(
      std::string(StatusOf(Header(0, 1) + "{\"fired\":" + deep).message()),
      HasSubstr("<profile>:2: byte "));
}

TEST(ProfileNameBytes, OfAnOperandAreLimited) {
  const auto status = [](std::size_t bytes) {
    return StatusOf(Header(0, 1) + Predicate(std::string(bytes, 'x')));
  };
  // Twice as much, since bytes may stand there as digits.
  EXPECT_TRUE(status(2 * kMaxProfileNameBytes).ok());
  EXPECT_THAT(std::string(status(2 * kMaxProfileNameBytes + 1).message()),
              HasSubstr("'operand': expected a text of at most 2048 bytes"));
}

}  // namespace
}  // namespace hypersigma
