#include "lib/engine/database_source.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "lib/base/huge_block.h"

namespace hypersigma::internal {
namespace {

using Kind = DatabaseSource::Kind;

const std::vector<Literal> kLiterals = {{"one"}, {"two"}};

std::string Serialized(const std::vector<Literal>& literals) {
  return LiteralDatabase::Compile(literals)->Serialize().value();
}

// More than these databases take.
constexpr std::size_t kMemoryBytes = std::size_t{1} << 20;

DatabaseSource Loaded(Kind kind, std::string_view bytes,
                      const HugeBlock& memory) {
  return {kind, bytes, memory.data()};
}

bool Finds(const LiteralDatabase& database, std::string_view text) {
  LiteralScratch scratch;
  EXPECT_TRUE(scratch.Reserve(database).ok());
  bool found = false;
  EXPECT_TRUE(database
                  .Scan(
                      text, scratch,
                      [](void* context, std::uint32_t, std::size_t) {
                        *static_cast<bool*>(context) = true;
                      },
                      &found)
                  .ok());
  return found;
}

TEST(DatabaseSource, CompilesOrLoadsTheSame) {
  const std::string bytes = Serialized(kLiterals);
  const HugeBlock memory(kMemoryBytes);
  for (const DatabaseSource& source :
       {DatabaseSource{}, Loaded(Kind::kLoad, bytes, memory),
        Loaded(Kind::kLoadAndProve, bytes, memory)}) {
    const auto database = source.Make(kLiterals);
    ASSERT_TRUE(database.ok()) << database.status();
    ASSERT_TRUE(database->has_value());
    EXPECT_TRUE(Finds(**database, "it is TWO"));
    EXPECT_FALSE(Finds(**database, "it is three"));
  }
}

TEST(DatabaseSource, HasNoneOfNothing) {
  EXPECT_FALSE(DatabaseSource{}.Make({})->has_value());
  EXPECT_FALSE((DatabaseSource{Kind::kLoad, ""}.Make({})->has_value()));
}

TEST(DatabaseSource, RefusesWhatDoesNotBelong) {
  const std::string bytes = Serialized(kLiterals);
  EXPECT_TRUE(
      absl::IsDataLoss(DatabaseSource{Kind::kLoad, bytes}.Make({}).status()));
  EXPECT_TRUE(absl::IsDataLoss(
      DatabaseSource{Kind::kLoad, ""}.Make(kLiterals).status()));
  const HugeBlock memory(kMemoryBytes);
  EXPECT_TRUE(absl::IsDataLoss(
      Loaded(Kind::kLoad, "no database", memory).Make(kLiterals).status()));
}

TEST(DatabaseSource, ProvesWhatItLoads) {
  // Of the same number of literals, but others.
  const std::string bytes = Serialized({{"three"}, {"four"}});
  const HugeBlock memory(kMemoryBytes);
  EXPECT_TRUE(Loaded(Kind::kLoad, bytes, memory).Make(kLiterals).ok());
  EXPECT_TRUE(absl::IsInternal(
      Loaded(Kind::kLoadAndProve, bytes, memory).Make(kLiterals).status()));
}

}  // namespace
}  // namespace hypersigma::internal
