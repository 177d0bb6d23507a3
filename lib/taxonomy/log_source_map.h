// What a taxonomy says, as plain data.
//
// Written by taxonomy_parser, read by the engine's router and its event reader.

#ifndef HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_DATA_H_
#define HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_DATA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "hypersigma/taxonomy.h"
#include "lib/input/layout.h"

namespace hypersigma::internal {

// A question about one member of an event.
struct EventTest {
  enum class Kind : std::uint8_t {
    kEquals,
    kStartsWith,
    kEndsWith,
    kContains,
    kExists,
    kMissing,
  };
  std::string field;
  Kind kind = Kind::kEquals;
  // Of which any must hold, ASCII folded; empty for kExists and kMissing.
  std::vector<std::string> values;
  std::vector<std::string> written;  // the same, not folded
};

// What a rule calls a field, and the members of an event that hold it: the
// first that is there is meant, the field's own name last unless it is listed.
struct FieldSources {
  std::string field;
  std::vector<std::string> members;
};

// Events that are told by what they say, and the log sources they belong to.
struct LogSourceEntry {
  std::string name;
  // Of each list all tests must hold, of the lists any.
  std::vector<std::vector<EventTest>> when;
  std::vector<LogSource> log_sources;
  std::vector<FieldSources> fields;  // for these events only
};

// A log source for which there is no entry, and why.
struct UnmappedLogSource {
  LogSource log_source;
  std::string reason;
};

struct TaxonomyData {
  std::vector<EventLayout> layouts;  // best first
  std::vector<FieldSources> fields;  // for all classified events
  std::vector<LogSourceEntry> entries;
  std::vector<UnmappedLogSource> unmapped;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_TAXONOMY_TAXONOMY_DATA_H_
