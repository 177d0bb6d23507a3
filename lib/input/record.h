// Records: the pieces of a file that each hold one event.

#ifndef HYPERSIGMA_LIB_INPUT_RECORD_H_
#define HYPERSIGMA_LIB_INPUT_RECORD_H_

#include <cstdint>
#include <string_view>
#include <vector>

namespace hypersigma::internal {

// Why a record is malformed without being looked at.
enum class RecordProblem : std::uint8_t {
  kNone,
  kLineTooLong,
  kEventTooLong,
  kNotAnObject,  // something else stands where an event should
  kNoEvent,      // an object without the member that holds the event
  kNotClosed,    // what is around the events ends too early
};

struct Record {
  // Of a line, without its end ("\n" or "\r\n"). Empty if there is a problem.
  // Borrowed from the block.
  std::string_view text{};
  // Where it begins, from 1; blank lines are counted.
  std::uint64_t line = 0;
  std::uint64_t byte = 1;
  RecordProblem problem = RecordProblem::kNone;
};

// The records of a stretch of a file.
struct RecordBlock {
  std::vector<Record> records;
  // Position of records[0] among the records of the file, from 0.
  std::uint64_t first_index = 0;
  // The positions of all records, where they do not count up from first_index;
  // else empty.
  std::vector<std::uint64_t> indices;
  // What was read from the file for this block.
  std::uint64_t byte_count = 0;
  std::vector<char> buffer;

  // Returns how many bytes behind the text of a record may be read.
  std::size_t ReadableBehind(std::string_view text) const {
    if (text.empty()) return 0;
    return static_cast<std::size_t>(buffer.data() + buffer.size() -
                                    (text.data() + text.size()));
  }
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_RECORD_H_
