// How the events of a file are told apart.

#ifndef HYPERSIGMA_RECORD_FORMAT_H_
#define HYPERSIGMA_RECORD_FORMAT_H_

#include <cstdint>

namespace hypersigma {

enum class RecordFormat : std::uint8_t {
  // By the first line that is not blank. The file is kJson when that line
  // begins with '[' and does not close it; or begins with '{', does not close
  // it, and is followed by a line that does not begin with '{' or does so
  // further in; or ends within the array at the event path, before an event; or
  // is longer than some 256 KB and may hold many events, as it begins with '['
  // or there is an event path. Every other file is kLines.
  kAuto,
  // A line is an event, or an array of events.
  kLines,
  // Objects and arrays of events one after the other, in any number of lines;
  // what is between them (commas, say) is not looked at. No string goes on in
  // the next line.
  kJson,
  // A line is text, not JSON: one value without a field, for keyword rules. It
  // says no time, and cannot be verified.
  kText,
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_RECORD_FORMAT_H_
