// Where the literal databases of an engine come from: compiled now, or out of
// an engine file.

#ifndef HYPERSIGMA_LIB_ENGINE_DATABASE_SOURCE_H_
#define HYPERSIGMA_LIB_ENGINE_DATABASE_SOURCE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {

// Plain data.
struct DatabaseSource {
  enum class Kind : std::uint8_t {
    kCompile,  // and prove
    kLoad,
    kLoadAndProve,
  };
  Kind kind = Kind::kCompile;
  // Borrowed; empty if there are no literals, or to compile.
  std::string_view serialized{};
  // Needed to load: where to, as LiteralDatabase::Deserialize() wants it.
  char* memory = nullptr;

  // Returns the database of `literals`; nullopt of none. Errors: kInternal from
  // libhs or when it loses a planted literal; kDataLoss when there is a
  // database but should be none, or the other way round; those of
  // LiteralDatabase::Deserialize().
  absl::StatusOr<std::optional<LiteralDatabase>> Make(
      std::span<const Literal> literals) const;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_DATABASE_SOURCE_H_
