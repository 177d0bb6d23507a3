// Literal databases: the one door to libhs (Hyperscan or Vectorscan).
//
// libhs gets literals only and is not trusted: every return code is checked
// and every database is proved with planted literals before use.
// Source: design document "architecture", decisions 1 and 2.

#ifndef HYPERSIGMA_LIB_ENGINE_HYPERSCAN_H_
#define HYPERSIGMA_LIB_ENGINE_HYPERSCAN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace hypersigma::internal {

// What libhs searches for. REQUIRES: 1 to 16,000 bytes, the first not NUL.
struct Literal {
  std::string bytes;
  // ASCII letters match in the case given only.
  bool cased = false;
  // Report at most once a scan; the end of the match is then unspecified.
  bool once = false;
};

struct LiteralDatabaseOptions {
  // Adds one literal of bytes >= 0x80, which keeps Vectorscan 5.4.9 from losing
  // matches in small sets.
  bool guard = true;
};

struct LiteralDatabaseFree {
  void operator()(void* database) const;
};
struct LiteralScratchFree {
  void operator()(void* scratch) const;
};

class LiteralScratch;

// A compiled set of literals; immutable, shared by threads.
class LiteralDatabase {
 public:
  // Errors: kInternal with libhs' own words.
  static absl::StatusOr<LiteralDatabase> Compile(
      std::span<const Literal> literals,
      const LiteralDatabaseOptions& options = {});

  // Called for each match with the literal's position in the span given to
  // Compile() and the offset past the match's last byte.
  using Callback = void (*)(void* context, std::uint32_t literal,
                            std::size_t end);

  // Reports every match in `text`, in order of ends. Errors: kInternal.
  // REQUIRES: `scratch` was reserved for this database; not inside a callback.
  absl::Status Scan(std::string_view text, LiteralScratch& scratch,
                    Callback callback, void* context) const;

  std::size_t size_bytes() const;

 private:
  friend class LiteralScratch;
  explicit LiteralDatabase(void* database) : database_(database) {}

  std::unique_ptr<void, LiteralDatabaseFree> database_;
};

// Working memory of one thread, for any number of databases.
class LiteralScratch {
 public:
  // Grows to fit `database` too. Errors: kResourceExhausted.
  absl::Status Reserve(const LiteralDatabase& database);

 private:
  friend class LiteralDatabase;
  std::unique_ptr<void, LiteralScratchFree> scratch_;
};

// Plants every literal in filler text at many positions and checks that each is
// reported: under 64 literals at every lead from 0 to 130, larger sets at 8
// leads. Errors: kInternal, naming the first literal lost.
absl::Status ProveDatabase(const LiteralDatabase& database,
                           std::span<const Literal> literals);

// "5.4.0 2021-01-26": hs_version() of the library in use.
std::string LiteralLibraryVersion();

// Whether this CPU can run the library.
absl::Status CheckLiteralPlatform();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_HYPERSCAN_H_
