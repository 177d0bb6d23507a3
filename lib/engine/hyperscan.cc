// Calls libhs; no other file does.
//
// Every literal becomes an expression of hs_compile_lit_multi() whose id is its
// position. The guard has an id of its own that no callback ever sees.

#include "lib/engine/hyperscan.h"

#include <hs.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/libraries.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxBytes = 16'000;       // of a literal
constexpr std::size_t kMaxGrowthBytes = 4'096;  // of a database when loaded
constexpr std::uint32_t kGuardId = std::numeric_limits<std::uint32_t>::max();

// One byte, which does not occur in UTF-8 and joins no values either. No set
// with a literal so short was seen to lose a match; a guard of 2, 3 or 8 bytes
// stops the losses in long texts, not those at the end of 18 to 32 bytes.
constexpr std::string_view kGuard = "\xfe";

// The arrays that hs_compile_lit_multi() takes, one entry an expression.
struct Expressions {
  explicit Expressions(std::size_t count) {
    texts.reserve(count);
    flags.reserve(count);
    ids.reserve(count);
    lengths.reserve(count);
  }

  // `bytes` must outlive the compilation.
  void Add(std::string_view bytes, unsigned flag, unsigned id) {
    texts.push_back(bytes.data());
    flags.push_back(flag);
    ids.push_back(id);
    lengths.push_back(bytes.size());
  }

  std::vector<const char*> texts;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  std::vector<std::size_t> lengths;
};

unsigned FlagsOf(const Literal& literal) {
  unsigned flags = literal.cased ? 0 : HS_FLAG_CASELESS;
  // Vectorscan 5.4.9 misses one-byte literals that are to match once.
  if (literal.once && literal.bytes.size() > 1) flags |= HS_FLAG_SINGLEMATCH;
  return flags;
}

std::string_view NameOf(hs_error_t error) {
  switch (error) {
    case HS_INVALID:
      return "invalid argument";
    case HS_NOMEM:
      return "out of memory";
    case HS_SCAN_TERMINATED:
      return "scan terminated";
    case HS_COMPILER_ERROR:
      return "compiler error";
    case HS_DB_VERSION_ERROR:
      return "database of another version";
    case HS_DB_PLATFORM_ERROR:
      return "database for another platform";
    case HS_DB_MODE_ERROR:
      return "database of another mode";
    case HS_BAD_ALIGN:
    case HS_BAD_ALLOC:
      return "misaligned memory";
    case HS_SCRATCH_IN_USE:
      return "scratch in use";
    case HS_ARCH_ERROR:
      return "CPU not supported";
    case HS_INSUFFICIENT_SPACE:
      return "insufficient space";
    default:
      return "unknown error";
  }
}

std::string Describe(const char* call, hs_error_t error) {
  const std::string_view name = NameOf(error);
  return absl::StrCat(call, ": ", absl::string_view(name.data(), name.size()),
                      " (", error, ")");
}

// Takes ownership of `error`, which may be null.
absl::Status CompileError(hs_error_t code, hs_compile_error_t* error) {
  std::string message = Describe("hs_compile_lit_multi", code);
  if (error != nullptr) {
    absl::StrAppend(&message, ": ", error->message);
    if (error->expression >= 0) {
      absl::StrAppend(&message, " in literal ", error->expression);
    }
    hs_free_compile_error(error);
  }
  return absl::InternalError(message);
}

// libhs refuses some of these and crashes on others, each version its own way:
// 5.4.0 takes a leading NUL and dereferences null for an empty literal.
absl::Status CheckLiterals(std::span<const Literal> literals) {
  if (literals.empty()) {
    return absl::InternalError("literal database without literals");
  }
  if (literals.size() >= kGuardId) {
    return absl::InternalError("too many literals for one database");
  }
  for (std::size_t i = 0; i < literals.size(); ++i) {
    const std::string& bytes = literals[i].bytes;
    if (bytes.empty() || bytes[0] == 0 || bytes.size() > kMaxBytes) {
      return absl::InternalError(absl::StrCat(
          "literal ", i, " of ", bytes.size(), " bytes: expected 1 to ",
          kMaxBytes, ", the first not NUL"));
    }
  }
  return absl::OkStatus();
}

// What databases are compiled for, and cannot be loaded without.
absl::StatusOr<hs_platform_info_t> BaselinePlatform() {
  hs_platform_info_t platform{};
  const hs_error_t code = hs_populate_platform(&platform);
  if (code != HS_SUCCESS) {
    return absl::InternalError(Describe("hs_populate_platform", code));
  }
  platform.tune = HS_TUNE_FAMILY_GENERIC;
  platform.cpu_features &= HS_CPU_FEATURES_AVX2;
  return platform;
}

// What a code of the functions for serialized databases means.
absl::Status SerializationError(const char* call, hs_error_t code) {
  const std::string message = Describe(call, code);
  switch (code) {
    case HS_NOMEM:
      return absl::ResourceExhaustedError(message);
    case HS_DB_VERSION_ERROR:
    case HS_DB_PLATFORM_ERROR:
    case HS_ARCH_ERROR:
      return absl::FailedPreconditionError(message);
    default:
      return absl::DataLossError(message);
  }
}

absl::StatusOr<hs_database_t*> LoadAt(char* memory, std::string_view bytes) {
  auto* loaded = reinterpret_cast<hs_database_t*>(memory);
  const hs_error_t code =
      hs_deserialize_database_at(bytes.data(), bytes.size(), loaded);
  if (code == HS_SUCCESS) return loaded;
  return SerializationError("hs_deserialize_database_at", code);
}

std::size_t ShortestOf(std::span<const Literal> literals) {
  std::size_t shortest_bytes = literals[0].bytes.size();
  for (const Literal& literal : literals) {
    shortest_bytes = std::min(shortest_bytes, literal.bytes.size());
  }
  return shortest_bytes;
}

absl::Status ScratchError(const char* call, hs_error_t code) {
  const std::string message = Describe(call, code);
  return code == HS_NOMEM ? absl::ResourceExhaustedError(message)
                          : absl::InternalError(message);
}

struct MatchSink {
  LiteralDatabase::Callback callback;
  void* context;
};

int OnMatch(unsigned id, unsigned long long /*from*/, unsigned long long to,
            unsigned /*flags*/, void* context) {
  const auto* sink = static_cast<const MatchSink*>(context);
  if (id != kGuardId) {
    sink->callback(sink->context, id, static_cast<std::size_t>(to));
  }
  return 0;
}

}  // namespace

void LiteralDatabaseFree::operator()(void* database) const {
  if (is_owned) hs_free_database(static_cast<hs_database_t*>(database));
}

void LiteralScratchFree::operator()(void* scratch) const {
  hs_free_scratch(static_cast<hs_scratch_t*>(scratch));
}

absl::StatusOr<LiteralDatabase> LiteralDatabase::Compile(
    std::span<const Literal> literals, const LiteralDatabaseOptions& options) {
  HS_RETURN_IF_ERROR(CheckLiterals(literals));
  Expressions expressions(literals.size() + 1);
  for (std::size_t i = 0; i < literals.size(); ++i) {
    expressions.Add(literals[i].bytes, FlagsOf(literals[i]),
                    static_cast<unsigned>(i));
  }
  if (options.guard && NeedsGuard(hs_version())) {
    expressions.Add(kGuard, 0, kGuardId);
  }

  HS_ASSIGN_OR_RETURN(const hs_platform_info_t platform, BaselinePlatform());
  hs_database_t* compiled = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t code =
      hs_compile_lit_multi(expressions.texts.data(), expressions.flags.data(),
                           expressions.ids.data(), expressions.lengths.data(),
                           static_cast<unsigned>(expressions.texts.size()),
                           HS_MODE_BLOCK, &platform, &compiled, &error);
  if (code != HS_SUCCESS) return CompileError(code, error);

  LiteralDatabase database(compiled, ShortestOf(literals));
  const hs_error_t size_code =
      hs_database_size(compiled, &database.size_bytes_);
  if (size_code != HS_SUCCESS) {
    return absl::InternalError(Describe("hs_database_size", size_code));
  }
  return database;
}

absl::StatusOr<std::string> LiteralDatabase::Serialize() const {
  char* bytes = nullptr;
  std::size_t size = 0;
  const hs_error_t code = hs_serialize_database(
      static_cast<const hs_database_t*>(database_.get()), &bytes, &size);
  if (code == HS_NOMEM) {
    return absl::ResourceExhaustedError(
        Describe("hs_serialize_database", code));
  }
  if (code != HS_SUCCESS) {
    return absl::InternalError(Describe("hs_serialize_database", code));
  }
  // From the allocator that libhs was given, which is malloc.
  const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
  return std::string(bytes, size);
}

absl::Status LiteralDatabase::MoveTo(char* memory) {
  HS_ASSIGN_OR_RETURN(const std::string bytes, Serialize());
  HS_ASSIGN_OR_RETURN(hs_database_t* const moved, LoadAt(memory, bytes));
  database_ = {moved, LiteralDatabaseFree{/*is_owned=*/false}};
  return absl::OkStatus();
}

absl::StatusOr<std::size_t> LiteralDatabase::LoadedBytes(
    std::string_view bytes) {
  std::size_t size = 0;
  const hs_error_t code =
      hs_serialized_database_size(bytes.data(), bytes.size(), &size);
  if (code != HS_SUCCESS) {
    return SerializationError("hs_serialized_database_size", code);
  }
  // libhs takes the header at its word. A database hardly grows.
  if (size > bytes.size() + kMaxGrowthBytes) {
    return absl::DataLossError(
        "hs_serialized_database_size: more than there are bytes for");
  }
  return size;
}

absl::StatusOr<LiteralDatabase> LiteralDatabase::Deserialize(
    std::string_view bytes, std::span<const Literal> literals, char* memory) {
  HS_RETURN_IF_ERROR(CheckLiterals(literals));
  HS_ASSIGN_OR_RETURN(hs_database_t* const loaded, LoadAt(memory, bytes));
  LiteralDatabase database(loaded, ShortestOf(literals));
  database.database_.get_deleter().is_owned = false;
  HS_ASSIGN_OR_RETURN(database.size_bytes_, LoadedBytes(bytes));
  return database;
}

absl::Status LiteralDatabase::Scan(std::string_view text,
                                   LiteralScratch& scratch, Callback callback,
                                   void* context) const {
  // libhs does the same only without a guard, the shortest of all. It refuses
  // the null pointer that an empty text may be.
  if (text.size() < shortest_bytes_) return absl::OkStatus();
  if (text.size() > std::numeric_limits<unsigned>::max()) {
    return absl::InternalError("text of 4 GiB or more given to libhs");
  }
  MatchSink sink{callback, context};
  const hs_error_t code = hs_scan(
      static_cast<const hs_database_t*>(database_.get()), text.data(),
      static_cast<unsigned>(text.size()), 0,
      static_cast<hs_scratch_t*>(scratch.scratch_.get()), OnMatch, &sink);
  if (code != HS_SUCCESS) {
    return absl::InternalError(Describe("hs_scan", code));
  }
  return absl::OkStatus();
}

absl::Status LiteralScratch::Reserve(const LiteralDatabase& database) {
  // On failure libhs frees the scratch that it was to grow and clears the
  // pointer, so the pointer must be its own for the time of the call.
  auto* scratch = static_cast<hs_scratch_t*>(scratch_.release());
  const hs_error_t code = hs_alloc_scratch(
      static_cast<const hs_database_t*>(database.database_.get()), &scratch);
  scratch_.reset(scratch);
  if (code == HS_SUCCESS) return absl::OkStatus();
  return ScratchError("hs_alloc_scratch", code);
}

absl::StatusOr<LiteralScratch> LiteralScratch::Clone() const {
  LiteralScratch clone;
  if (scratch_ == nullptr) return clone;
  hs_scratch_t* scratch = nullptr;
  const hs_error_t code = hs_clone_scratch(
      static_cast<const hs_scratch_t*>(scratch_.get()), &scratch);
  clone.scratch_.reset(scratch);
  if (code == HS_SUCCESS) return clone;
  return ScratchError("hs_clone_scratch", code);
}

std::string LiteralLibraryVersion() { return hs_version(); }

std::string LiteralCpuFeatures() {
  hs_platform_info_t platform{};
  const hs_error_t code = hs_populate_platform(&platform);
  if (code != HS_SUCCESS) return Describe("hs_populate_platform", code);
  std::string features;
  const auto add = [&](unsigned long long flag, const char* name) {
    if ((platform.cpu_features & flag) == 0) return;
    absl::StrAppend(&features, features.empty() ? "" : " ", name);
  };
  add(HS_CPU_FEATURES_AVX2, "avx2");
  add(HS_CPU_FEATURES_AVX512, "avx512");
  add(HS_CPU_FEATURES_AVX512VBMI, "avx512vbmi");
  return features.empty() ? "baseline" : features;
}

absl::Status CheckLiteralPlatform() {
  const hs_error_t code = hs_valid_platform();
  if (code == HS_SUCCESS) return absl::OkStatus();
  return absl::FailedPreconditionError(Describe("hs_valid_platform", code));
}

}  // namespace hypersigma::internal
