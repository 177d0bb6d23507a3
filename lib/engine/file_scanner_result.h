// What one thread finds in one block of records, kept until it is its turn to
// be delivered.

#ifndef HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_RESULT_H_
#define HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_RESULT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hypersigma/file_scanner.h"
#include "hypersigma/scanner.h"
#include "lib/engine/ndjson_writer.h"
#include "lib/input/record.h"

namespace hypersigma::internal {

// Matches that outlive the scanner's next call. Their texts are borrowed from
// the engine.
class StoredMatches {
 public:
  void Add(std::uint64_t index, const Match& match);

  std::size_t size() const { return entries_.size(); }

  struct Stored {
    std::uint64_t index = 0;
    Match match;
  };
  // Borrows from this object, until the next Add().
  Stored operator[](std::size_t position) const;

 private:
  struct Entry {
    std::uint64_t index = 0;
    RuleId rule{};
    std::size_t selections_end = 0;
    std::size_t indicators_end = 0;
    std::size_t time_end = 0;  // both in texts_
    std::size_t computer_end = 0;
  };

  std::vector<Entry> entries_;
  std::vector<std::string_view> selections_;
  std::vector<Indicator> indicators_;
  std::string texts_;
};

struct BlockResult {
  // Makes it that of no records, but keeps the memory of the lines, unless that
  // is much.
  void Clear();

  std::string_view file;  // borrowed from the caller's paths
  std::size_t path = 0;   // its position among them
  std::uint64_t events = 0;
  std::uint64_t malformed = 0;
  std::uint64_t repaired = 0;
  std::uint64_t bytes = 0;
  std::uint64_t unclassified = 0;
  std::uint64_t undecided = 0;
  std::uint64_t outside_times = 0;
  std::uint64_t undated = 0;
  std::vector<MalformedRecord> malformed_records;
  std::vector<UndecidedRecord> undecided_records;
  // Either lines or matches is filled.
  std::string lines;
  std::vector<RuleId> line_rules;  // one for each line
  StoredMatches matches;
  // Of the matches, one after the other, each computer with how many of them in
  // a row are its.
  struct ComputerMatches {
    std::string computer;
    std::size_t matches = 0;
  };
  std::vector<ComputerMatches> computers;
  // Not ok: the block was left at this point, and the scan must end.
  absl::Status status;
};

// Where a block is from.
struct BlockPlace {
  std::string_view file;
  std::size_t path = 0;  // position of the file among the paths
};

// Scans every record of `block` and puts what is found into `result`. With a
// `writer`, which may be null, the matches are rendered, else stored. A
// malformed record is noted and hides no other. REQUIRES: nothing is in
// `result`.
void ScanBlock(const BlockPlace& from, const RecordBlock& block,
               const FileScanOptions& options, NdjsonWriter* writer,
               Scanner& scanner, BlockResult& result);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_FILE_SCANNER_RESULT_H_
