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
  // One report a scan is enough, with the end of any occurrence. A hint:
  // literals of one byte are reported at every match all the same.
  bool once = false;
};

struct LiteralDatabaseOptions {
  // Adds a literal of one byte >= 0x80 if libhs is Vectorscan, which it keeps
  // from losing matches in small sets.
  bool guard = true;
};

struct LiteralDatabaseFree {
  void operator()(void* database) const;
  bool is_owned = true;  // else it is in memory of another
};
struct LiteralScratchFree {
  void operator()(void* scratch) const;
};

class LiteralScratch;

// A compiled set of literals; immutable, shared by threads.
class LiteralDatabase {
 public:
  // Equal literals are each reported. Compiled for what most CPUs have, AVX2
  // where this one has it and nothing of AVX-512, so that others can load it:
  // design document "engine file". REQUIRES: `literals` is not empty.
  // Errors: kInternal, with libhs' own words where it is the one that refuses.
  static absl::StatusOr<LiteralDatabase> Compile(
      std::span<const Literal> literals,
      const LiteralDatabaseOptions& options = {});

  // Takes what Serialize() returned for the same literals; whether it is that
  // is for the caller to know: libhs looks at version, platform and a checksum,
  // nothing else. `memory` has to outlive the database: LoadedBytes() that are
  // aligned to kAlignment. Errors: kFailedPrecondition for another version of
  // libhs or a CPU that lacks what it was compiled for; kDataLoss otherwise;
  // kResourceExhausted.
  static absl::StatusOr<LiteralDatabase> Deserialize(
      std::string_view bytes, std::span<const Literal> literals, char* memory);

  // Returns the memory that a database takes which is given as bytes. Errors:
  // those of Deserialize().
  static absl::StatusOr<std::size_t> LoadedBytes(std::string_view bytes);

  // Returns the database as bytes. Errors: kInternal, kResourceExhausted.
  absl::StatusOr<std::string> Serialize() const;

  // Called for each match with the literal's position in the span given to
  // Compile() and the offset past the match's last byte.
  using Callback = void (*)(void* context, std::uint32_t literal,
                            std::size_t end);

  // Reports every match in `text`, in order of ends; none in an empty one.
  // REQUIRES: `scratch` was reserved for this database; not inside a callback.
  // Errors: kInternal, of any broken requirement and for 4 GiB of text or more.
  absl::Status Scan(std::string_view text, LiteralScratch& scratch,
                    Callback callback, void* context) const;

  // Moves the database to `memory`, which has to outlive it: size_bytes() that
  // are aligned to kAlignment. Cost: a few copies. Errors: kInternal,
  // kResourceExhausted.
  absl::Status MoveTo(char* memory);

  // Memory taken by the compiled database.
  std::size_t size_bytes() const { return size_bytes_; }

  static constexpr std::size_t kAlignment = 64;

 private:
  friend class LiteralScratch;
  LiteralDatabase(void* database, std::size_t shortest_bytes)
      : database_(database), shortest_bytes_(shortest_bytes) {}

  std::unique_ptr<void, LiteralDatabaseFree> database_;
  std::size_t shortest_bytes_;  // of the literals, the guard left out
  std::size_t size_bytes_ = 0;
};

// Working memory of one thread, for any number of databases.
class LiteralScratch {
 public:
  // Grows to fit `database` too. After an error it must be reserved anew for
  // every database. Errors: kResourceExhausted.
  absl::Status Reserve(const LiteralDatabase& database);

  // Returns one more that serves the same databases. May be called by several
  // threads at once unless the scratch is in use. Cost: that of its memory;
  // Reserve() reads each database once over. Errors: kResourceExhausted.
  absl::StatusOr<LiteralScratch> Clone() const;

 private:
  friend class LiteralDatabase;
  std::unique_ptr<void, LiteralScratchFree> scratch_;
};

// Plants every literal in filler text and checks that it is reported where it
// stands: in sets under 64 literals at every lead from 0 to 130 bytes, in
// larger ones at 8 leads; at the end of the text and with 70 bytes after it; as
// given and, unless cased, in the other case. Errors: kInternal, naming the
// first literal lost. Cost: some 0.1 us a plant, four plants a literal and
// lead.
absl::Status ProveDatabase(const LiteralDatabase& database,
                           std::span<const Literal> literals);

// "5.4.0 2021-01-26": hs_version() of the library in use.
std::string LiteralLibraryVersion();

// "avx2": what the library chooses its code by on this CPU; "baseline" for none
// of that.
std::string LiteralCpuFeatures();

// Whether this CPU can run the library. Errors: kFailedPrecondition.
absl::Status CheckLiteralPlatform();

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_HYPERSCAN_H_
