#include "lib/engine/profile_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "hypersigma/profile.h"
#include "tests/support/random.h"

namespace hypersigma::internal {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kText =
    R"({"hypersigma_profile":1,"events":30,"log_sources":2,"predicates":3})"
    "\n"
    R"({"log_sources":[],"events":10})"
    "\n"
    R"({"log_sources":[["a","b",""],["a","","c"]],"events":20})"
    "\n"
    R"({"op":"keyword contains","operand":"x","fired":[]})"
    "\n"
    R"({"field":"F","op":"contains","operand_hex":"ff00","fired":[[1,20]]})"
    "\n"
    R"({"field":"F","op":"equals","operand":"q\"\\\n","cased":true,)"
    R"("fired":[[0,10],[1,1]]})"
    "\n";

FiringSample Sample() {
  FiringSample sample;
  sample.slices = {{{}, 10}, {{{"a", "b", ""}, {"a", "", "c"}}, 20}};
  sample.fired[{"", "keyword contains", "x", false}] = {};
  sample.fired[{"F", "contains", std::string("\xff\0", 2), false}] = {{1, 20}};
  sample.fired[{"F", "equals", "q\"\\\n", true}] = {{0, 10}, {1, 1}};
  return sample;
}

std::string MessageOf(std::string_view text) {
  const auto sample = ReadProfile(text, "file");
  if (sample.ok()) return "fine";
  EXPECT_EQ(sample.status().code(), absl::StatusCode::kInvalidArgument);
  return std::string(sample.status().message());
}

// kText with its first `from` replaced.
std::string With(std::string_view from, std::string_view to) {
  std::string text(kText);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(ProfileText, IsWrittenAndReadWithoutLoss) {
  EXPECT_EQ(WriteProfile(Sample()), kText);
  const auto sample = ReadProfile(kText, "file");
  ASSERT_TRUE(sample.ok()) << sample.status();
  EXPECT_EQ(*sample, Sample());
}

TEST(ProfileText, NewMembersAndBlankLinesArePassedOver) {
  EXPECT_EQ(MessageOf(With("\"cased\"", "\"new\":{\"op\":1},\"cased\"")),
            "fine");
  EXPECT_EQ(MessageOf("\n" + std::string(kText) + "\n"), "fine");
}

TEST(ProfileText, WhatIsNoProfileIsRefused) {
  EXPECT_EQ(MessageOf(""), "file:1: not a profile: the text is empty");
  EXPECT_THAT(MessageOf("{}"), StartsWith("file:1: not a profile: expected"));
  EXPECT_THAT(MessageOf("title: a rule"), StartsWith("file:1: byte 1: "));
  EXPECT_THAT(MessageOf("[1]"), StartsWith("file:1: "));
}

TEST(ProfileText, AnotherVersionIsRefused) {
  EXPECT_EQ(MessageOf(With("profile\":1", "profile\":2")),
            "file:1: a profile of version 2, which this version does not "
            "read; expected 1");
}

TEST(ProfileText, DamageIsToldWithItsLine) {
  EXPECT_THAT(MessageOf(With("\"events\":30", "\"events\":-1")),
              StartsWith("file:1: 'events': expected a number below"));
  EXPECT_THAT(MessageOf(With("\"events\":10", "\"events\":\"10\"")),
              StartsWith("file:2: 'events': expected a number"));
  EXPECT_THAT(MessageOf(With("\"events\":20", "\"events\":1e1")),
              StartsWith("file:3: 'events': expected a number"));
  EXPECT_EQ(MessageOf(With(",\"\"],", "],")),
            "file:3: 'log_sources': expected product, category and service of "
            "each");
  EXPECT_THAT(MessageOf(With("keyword contains", "contains")),
              StartsWith("file:4: 'field': expected it unless"));
  EXPECT_THAT(MessageOf(With("ff00", "ff0")),
              StartsWith("file:5: 'operand_hex': expected two digits"));
  EXPECT_THAT(MessageOf(With("true", "1")),
              StartsWith("file:6: 'cased': expected true or false"));
  EXPECT_THAT(MessageOf(With("q\\\"", "\xff")),
              StartsWith("file:6: expected UTF-8"));
  EXPECT_THAT(MessageOf(std::string(kText) + "{\"op\":[[[["),
              StartsWith("file:7: byte "));
}

TEST(ProfileText, CountsMustBePossible) {
  const std::string_view places =
      "': expected positions of log sources, counting up";
  EXPECT_THAT(MessageOf(With("[0,10],[1,1]", "[1,1],[0,10]")),
              HasSubstr(places));
  EXPECT_THAT(MessageOf(With("[0,10],[1,1]", "[0,1],[0,1]")),
              HasSubstr(places));
  EXPECT_THAT(MessageOf(With("[1,20]", "[2,1]")), HasSubstr(places));
  const std::string_view events = "expected no more events than its log";
  EXPECT_THAT(MessageOf(With("[1,20]", "[1,21]")), HasSubstr(events));
  EXPECT_THAT(MessageOf(With("[1,20]", "[1,0]")), HasSubstr(events));
  EXPECT_THAT(MessageOf(With("[[1,20]]", "[[1]]")), HasSubstr("pairs"));
  EXPECT_THAT(MessageOf(With(",\"fired\":[]", "")), HasSubstr("pairs"));
}

TEST(ProfileText, WhatIsCutOffOrDoubledIsTold) {
  const std::string text(kText);
  const std::size_t last = text.rfind("\n{");
  EXPECT_THAT(MessageOf(text.substr(0, last + 1)),
              StartsWith("file:6: the first line says something else"));
  EXPECT_EQ(MessageOf(text + text.substr(last + 1)),
            "file:7: this predicate stands there twice");
}

TEST(ProfileText, RandomDamageIsRefusedOrReadAndWrittenAgain) {
  generator::Random random(1);
  std::size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text(kText);
    for (std::size_t count = random.Between(1, 4); count > 0; --count) {
      const std::size_t at = random.Below(text.size());
      switch (random.Below(4)) {
        case 0:
          text[at] = static_cast<char>(random.Below(256));
          break;
        case 1:
          text.erase(at, random.Between(1, 20));
          break;
        case 2:
          text.insert(at, text.substr(random.Below(text.size()), 20));
          break;
        default:
          text.insert(at, 1, random.Pick(std::string_view("[]{}\",:0\\\n")));
      }
    }
    const auto sample = ReadProfile(text, "file");
    if (!sample.ok()) {
      ++refused;
      EXPECT_THAT(std::string(sample.status().message()), StartsWith("file:"));
      continue;
    }
    const auto again = ReadProfile(WriteProfile(*sample), "file");
    ASSERT_TRUE(again.ok()) << text << again.status();
    EXPECT_EQ(*again, *sample) << text;
  }
  EXPECT_GT(refused, 10'000u);
  EXPECT_LT(refused, 20'000u);
}

TEST(Profile, OfNothingHasNoText) {
  EXPECT_EQ(Profile().ToNdjson(), "");
  EXPECT_EQ(Profile().events(), 0u);
  EXPECT_EQ(Profile().predicates(), 0u);
}

TEST(Profile, IsWrittenToAFileAndRead) {
  const std::string path = ::testing::TempDir() + "profile_text_test.ndjson";
  const Profile profile = Profile::FromNdjson(kText).value();
  ASSERT_TRUE(profile.WriteTo(path).ok());
  const auto read = Profile::FromFile(path);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->ToNdjson(), kText);
  EXPECT_EQ(read->events(), 30u);
  EXPECT_EQ(read->predicates(), 3u);
  EXPECT_TRUE(absl::IsNotFound(Profile::FromFile(path + ".no").status()));
}

}  // namespace
}  // namespace hypersigma::internal
