#include "lib/engine/file_scanner_result.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "lib/input/event_time.h"

namespace hypersigma::internal {
namespace {

// Lines that take more than that are given back with their block.
constexpr std::size_t kKeptBytes = std::size_t{1} << 20;

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
  if (!options.malformed &&
      result.malformed_records.size() >= options.max_malformed) {
    return;
  }
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
  Entry& entry = entries_.emplace_back();
  entry.index = index;
  entry.rule = match.rule;
  entry.selections_end = selections_.size();
  entry.indicators_end = indicators_.size();
  entry.time_end = (texts_ += match.time).size();
  entry.computer_end = (texts_ += match.computer).size();
}

StoredMatches::Stored StoredMatches::operator[](std::size_t position) const {
  const Entry before = position == 0 ? Entry() : entries_[position - 1];
  const Entry& entry = entries_[position];
  const auto slice = [](const auto& all, std::size_t begin, std::size_t end) {
    return std::span(all).subspan(begin, end - begin);
  };
  const std::string_view texts = texts_;
  return {entry.index,
          {.rule = entry.rule,
           .selections =
               slice(selections_, before.selections_end, entry.selections_end),
           .indicators =
               slice(indicators_, before.indicators_end, entry.indicators_end),
           .time = texts.substr(before.computer_end,
                                entry.time_end - before.computer_end),
           .computer = texts.substr(entry.time_end,
                                    entry.computer_end - entry.time_end)}};
}

void BlockResult::Clear() {
  BlockResult fresh;
  if (lines.capacity() <= kKeptBytes) {
    fresh.lines.swap(lines);
    fresh.lines.clear();
    fresh.line_rules.swap(line_rules);
    fresh.line_rules.clear();
  }
  *this = std::move(fresh);
}

namespace {

// What is the same for all records of a block.
class BlockScan {
 public:
  BlockScan(const BlockPlace& from, const RecordBlock& block,
            const FileScanOptions& options, NdjsonWriter* writer,
            Scanner& scanner, BlockResult& result)
      : from_(from),
        block_(block),
        options_(options),
        writer_(writer),
        scanner_(scanner),
        result_(result) {}

  // Returns a status that is not ok when the scan must end.
  absl::Status Scan(const Record& record, std::uint64_t index);

 private:
  absl::StatusOr<ScanResult> Evaluate(const Record& record);
  bool IsInTimes(const ScanResult& scan);
  void AddMatches(const Record& record, const MatchPlace& place,
                  const ScanResult& scan);
  void AddUndecided(const MatchPlace& place, const ScanResult& scan);

  const BlockPlace& from_;
  const RecordBlock& block_;
  const FileScanOptions& options_;
  NdjsonWriter* writer_;
  Scanner& scanner_;
  BlockResult& result_;
};

absl::Status BlockScan::Scan(const Record& record, std::uint64_t index) {
  ++result_.events;
  const absl::StatusOr<ScanResult> scan = Evaluate(record);
  if (!scan.ok() && !IsMalformed(scan.status())) return scan.status();
  const MatchPlace place{from_.file, index};
  if (options_.observer && record.problem == RecordProblem::kNone) {
    options_.observer({place, from_.path, record.text, &scan});
  }
  if (!scan.ok()) {
    AddMalformed(record, index, scan.status(), options_, result_);
    return absl::OkStatus();
  }
  const bool is_routed = options_.scanner.routing != Routing::kOff;
  result_.unclassified += is_routed && scan->log_sources.empty() ? 1 : 0;
  result_.repaired += scan->repaired ? 1 : 0;
  if (IsInTimes(*scan)) {
    AddMatches(record, place, *scan);
    AddUndecided(place, *scan);
  }
  return absl::OkStatus();
}

absl::StatusOr<ScanResult> BlockScan::Evaluate(const Record& record) {
  if (record.problem != RecordProblem::kNone) {
    return Describe(record.problem, options_);
  }
  if (options_.format != RecordFormat::kText) {
    return scanner_.ScanJson(record.text, block_.ReadableBehind(record.text));
  }
  const FieldValue text{kUnnamedField, Value::String(record.text)};
  return scanner_.Scan({&text, 1});
}

bool BlockScan::IsInTimes(const ScanResult& scan) {
  if (!options_.times) return true;
  const std::optional<EventTime> time = ParseEventTime(scan.time);
  if (!time) {
    ++result_.undated;
    return true;
  }
  const bool is_in =
      time->begin >= options_.times->begin && time->begin < options_.times->end;
  result_.outside_times += is_in ? 0 : 1;
  return is_in;
}

void BlockScan::AddMatches(const Record& record, const MatchPlace& place,
                           const ScanResult& scan) {
  if (scan.matches.empty()) return;
  if (result_.computers.empty() ||
      result_.computers.back().computer != scan.computer) {
    result_.computers.push_back({std::string(scan.computer)});
  }
  result_.computers.back().matches += scan.matches.size();
  if (writer_ == nullptr) {
    for (const Match& match : scan.matches) {
      result_.matches.Add(place.index, match);
    }
    return;
  }
  for (const Match& match : scan.matches) {
    result_.line_rules.push_back(match.rule);
  }
  EventText text;
  if (options_.include_event) {
    text = {record.text, options_.format != RecordFormat::kText};
  }
  writer_->Append(place, scan.matches, text, &result_.lines);
}

void BlockScan::AddUndecided(const MatchPlace& place, const ScanResult& scan) {
  result_.undecided += scan.undecided.size();
  for (const Undecided& undecided : scan.undecided) {
    if (result_.undecided_records.size() >= options_.max_undecided) return;
    result_.undecided_records.push_back(
        {std::string(place.file), place.index, undecided.rule,
         std::string(undecided.field), undecided.reason});
  }
}

}  // namespace

void ScanBlock(const BlockPlace& from, const RecordBlock& block,
               const FileScanOptions& options, NdjsonWriter* writer,
               Scanner& scanner, BlockResult& result) {
  result.file = from.file;
  result.path = from.path;
  result.bytes = block.byte_count;
  BlockScan scan(from, block, options, writer, scanner, result);
  for (std::size_t i = 0; i < block.records.size(); ++i) {
    const std::uint64_t index =
        block.indices.empty() ? block.first_index + i : block.indices[i];
    result.status = scan.Scan(block.records[i], index);
    if (!result.status.ok()) break;
  }
}

}  // namespace hypersigma::internal
