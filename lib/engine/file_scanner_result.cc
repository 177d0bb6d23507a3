#include "lib/engine/file_scanner_result.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace hypersigma::internal {
namespace {

// Splits "byte N: message", as the reader of events writes it. Returns N, or 1.
std::uint64_t TakeByte(std::string_view& message) {
  constexpr std::string_view kBefore = "byte ";
  constexpr std::string_view kAfter = ": ";
  if (!message.starts_with(kBefore)) return 1;
  std::uint64_t byte = 1;
  const char* const end = message.data() + message.size();
  const auto [rest, error] =
      std::from_chars(message.data() + kBefore.size(), end, byte);
  const std::string_view tail(rest, static_cast<std::size_t>(end - rest));
  if (error != std::errc() || !tail.starts_with(kAfter)) return 1;
  message = tail.substr(kAfter.size());
  return byte;
}

void AddMalformed(const Record& record, std::uint64_t index,
                  const absl::Status& status, const FileScanOptions& options,
                  BlockResult& result) {
  ++result.malformed;
  if (result.malformed_records.size() >= options.max_malformed) return;
  const absl::string_view text = status.message();
  std::string_view message(text.data(), text.size());
  const std::uint64_t byte = TakeByte(message);
  MalformedRecord malformed;
  malformed.file = result.file;
  malformed.index = index;
  malformed.line = record.line;
  malformed.byte = record.byte + byte - 1;
  malformed.message = message;
  const std::string_view before = record.text.substr(0, byte - 1);
  const std::size_t newline = before.rfind('\n');
  if (newline != std::string_view::npos) {
    malformed.line += static_cast<std::uint64_t>(
        std::count(before.begin(), before.end(), '\n'));
    malformed.byte = byte - 1 - newline;
  }
  result.malformed_records.push_back(std::move(malformed));
}

// What `problem` is, other than kNone.
absl::Status Describe(RecordProblem problem, const FileScanOptions& options) {
  const std::string limit = std::to_string(options.max_line_bytes) + " bytes";
  switch (problem) {
    case RecordProblem::kNone:
      break;
    case RecordProblem::kLineTooLong:
      return absl::InvalidArgumentError(
          "byte " + std::to_string(options.max_line_bytes + 1) +
          ": the line is longer than " + limit);
    case RecordProblem::kEventTooLong:
      return absl::InvalidArgumentError("the event is longer than " + limit);
    case RecordProblem::kNotAnObject:
      return absl::InvalidArgumentError("expected an object");
    case RecordProblem::kNoEvent:
      return absl::InvalidArgumentError("there is no event at '" +
                                        options.event_path + "'");
    case RecordProblem::kNotClosed:
      return absl::InvalidArgumentError(
          "what is around the events is not closed");
  }
  return absl::OkStatus();
}

// Whether the event is to blame, and not the engine.
bool IsMalformed(const absl::Status& status) {
  return status.code() == absl::StatusCode::kInvalidArgument ||
         status.code() == absl::StatusCode::kResourceExhausted;
}

}  // namespace

void StoredMatches::Add(std::uint64_t index, const Match& match) {
  selections_.insert(selections_.end(), match.selections.begin(),
                     match.selections.end());
  indicators_.insert(indicators_.end(), match.indicators.begin(),
                     match.indicators.end());
  times_ += match.time;
  entries_.push_back({index, match.rule, selections_.size(), indicators_.size(),
                      times_.size()});
}

StoredMatches::Stored StoredMatches::operator[](std::size_t position) const {
  const Entry before = position == 0 ? Entry() : entries_[position - 1];
  const Entry& entry = entries_[position];
  return {
      entry.index,
      {.rule = entry.rule,
       .selections = std::span(selections_)
                         .subspan(before.selections_end,
                                  entry.selections_end - before.selections_end),
       .indicators = std::span(indicators_)
                         .subspan(before.indicators_end,
                                  entry.indicators_end - before.indicators_end),
       .time = std::string_view(times_).substr(
           before.times_end, entry.times_end - before.times_end)}};
}

namespace {

void AddUndecided(const MatchPlace& place, const ScanResult& scan,
                  const FileScanOptions& options, BlockResult& result) {
  result.undecided += scan.undecided.size();
  for (const Undecided& undecided : scan.undecided) {
    if (result.undecided_records.size() >= options.max_undecided) return;
    result.undecided_records.push_back(
        {std::string(place.file), place.index, undecided.rule,
         std::string(undecided.field), undecided.reason});
  }
}

void AddMatches(const MatchPlace& place, const ScanResult& scan,
                const NdjsonWriter* writer, BlockResult& result) {
  result.repaired += scan.repaired ? 1 : 0;
  for (const Match& match : scan.matches) {
    if (writer != nullptr) {
      result.line_rules.push_back(match.rule);
      writer->Append(place, match, &result.lines);
    } else {
      result.matches.Add(place.index, match);
    }
  }
}

}  // namespace

BlockResult ScanBlock(const BlockPlace& from, const RecordBlock& block,
                      const FileScanOptions& options,
                      const NdjsonWriter* writer, Scanner& scanner) {
  BlockResult result;
  result.file = from.file;
  result.bytes = block.byte_count;
  MatchPlace place{from.file, block.first_index};
  for (const Record& record : block.records) {
    ++result.events;
    const bool is_whole = record.problem == RecordProblem::kNone;
    const absl::StatusOr<ScanResult> scan =
        is_whole ? scanner.ScanJson(record.text)
                 : Describe(record.problem, options);
    if (!scan.ok() && !IsMalformed(scan.status())) {
      result.status = scan.status();
      return result;
    }
    if (options.observer && is_whole) {
      options.observer({place, from.path, record.text, &scan});
    }
    if (scan.ok()) {
      const bool is_routed = options.scanner.routing != Routing::kOff;
      result.unclassified += is_routed && scan->log_sources.empty() ? 1 : 0;
      AddMatches(place, *scan, writer, result);
      AddUndecided(place, *scan, options, result);
    } else {
      AddMalformed(record, place.index, scan.status(), options, result);
    }
    ++place.index;
  }
  return result;
}

}  // namespace hypersigma::internal
