// Hundreds of rules about the hashes of files, more than random rules ever have
// together, x values made of those hashes: the engine seeks them by a way of
// its own (lib/engine/anchored_literals.h), and finds what the reference does.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "hypersigma/engine.h"
#include "hypersigma/rule_set.h"
#include "hypersigma/scanner.h"
#include "hypersigma/verifier.h"
#include "lib/base/text.h"
#include "tests/support/random.h"

namespace hypersigma {
namespace {

constexpr std::size_t kRules = 500;
constexpr std::size_t kEvents = 2'000;

class ManyHashes {
 public:
  explicit ManyHashes(std::uint64_t seed) : random_(seed) {}

  // A name, a separator and digits; sometimes what is nearly that.
  std::string NewHash() {
    std::string hash(random_.Pick(kNames));
    hash += '=';
    if (random_.Chance(10)) hash += "0000000";
    const std::size_t size = random_.Chance(10) ? random_.Below(12) : 32;
    for (std::size_t i = 0; i < size; ++i) {
      hash += random_.Pick(std::string_view("0123456789abcdefABCDEF"));
    }
    if (random_.Chance(5)) hash += "=\xC3\xA4";
    return hash;
  }

  std::string Rules() {
    std::string yaml;
    for (std::size_t i = 0; i < kRules; ++i) {
      hashes_.push_back(NewHash());
      yaml += "---\ntitle: Hash " + std::to_string(i) +
              "\nlogsource: {product: windows}\ndetection:\n  s:\n    Hashes|" +
              std::string(random_.Pick(kModifiers)) + ": '" +
              (random_.Chance(10) ? "?" : "") + hashes_.back() +
              "'\n  condition: s\n";
    }
    return yaml;
  }

  // Hashes of rules one behind the other, some of them changed.
  std::string Event() {
    std::string value;
    for (std::size_t i = random_.Below(5); i > 0; --i) {
      std::string hash = random_.Chance(85) ? random_.Pick(hashes_) : NewHash();
      if (random_.Chance(30)) hash = internal::FoldedAscii(hash);
      if (random_.Chance(20)) hash.erase(random_.Below(hash.size()), 1);
      value += hash;
      if (random_.Chance(70)) value += ',';
    }
    if (random_.Chance(10)) value += "\xC3\x84\xE2\x84\xAA";
    return R"({"Hashes": ")" + value + R"("})";
  }

 private:
  static constexpr std::string_view kNames[] = {"MD5", "SHA1", "imphash", ""};
  static constexpr std::string_view kModifiers[] = {
      "contains", "contains", "startswith", "endswith", "contains|cased"};

  generator::Random random_;
  std::vector<std::string> hashes_;
};

TEST(ManyHashes, AreFoundAsTheReferenceFindsThem) {
  ManyHashes hashes(1);
  const Engine engine =
      Engine::Build(RuleSet::FromYaml(hashes.Rules())).value();
  ASSERT_EQ(engine.rules().size(), kRules);
  Scanner scanner = Scanner::Create(engine, {.routing = Routing::kOff}).value();
  Verifier verifier = Verifier::Create(engine).value();
  std::size_t matches = 0;
  for (std::size_t i = 0; i < kEvents; ++i) {
    const std::string event = hashes.Event();
    const absl::StatusOr<ScanResult> result = scanner.ScanJson(event);
    ASSERT_TRUE(result.ok()) << result.status();
    matches += result->matches.size();
    const Verification verification = verifier.Verify(event, result);
    ASSERT_TRUE(verification.compared);
    ASSERT_TRUE(verification.differences.empty())
        << event << "\n"
        << engine
               .rules()[static_cast<std::size_t>(
                   *verification.differences[0].rule)]
               .title;
  }
  EXPECT_GT(matches, kEvents / 2);
}

}  // namespace
}  // namespace hypersigma
