#include "lib/engine/database_source.h"

#include <cstddef>

#include "absl/status/status.h"
#include "lib/base/free_memory.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

// To compile so many literals takes libhs megabytes, which malloc then keeps
// for one thread when others need them.
constexpr std::size_t kHeavyLiterals = 500;

}  // namespace

absl::StatusOr<std::optional<LiteralDatabase>> DatabaseSource::Make(
    std::span<const Literal> literals) const {
  std::optional<LiteralDatabase> database;
  if (kind != Kind::kCompile && literals.empty() != serialized.empty()) {
    return absl::DataLossError("databases and plan do not belong together");
  }
  if (literals.empty()) return database;
  if (kind == Kind::kCompile) {
    HS_ASSIGN_OR_RETURN(database, LiteralDatabase::Compile(literals));
    if (literals.size() >= kHeavyLiterals) ReturnFreeMemory();
  } else {
    HS_ASSIGN_OR_RETURN(
        database, LiteralDatabase::Deserialize(serialized, literals, memory));
  }
  if (kind != Kind::kLoad) {
    HS_RETURN_IF_ERROR(ProveDatabase(*database, literals));
  }
  return database;
}

}  // namespace hypersigma::internal
