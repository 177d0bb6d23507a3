#include "lib/input/record_slicer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lib/base/limits.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

// Of which half may be around an event; what is nested deeper is only counted.
constexpr std::size_t kMaxFrames = std::size_t{2} * kMaxJsonDepth;
constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class Kind : std::uint8_t { kPlain, kBlank, kNewline, kQuote, kStructure };

constexpr std::array<Kind, 256> MakeKinds() {
  std::array<Kind, 256> kinds{};
  for (const char c : {' ', '\t', '\r'}) {
    kinds[static_cast<unsigned char>(c)] = Kind::kBlank;
  }
  for (const char c : {'{', '}', '[', ']', ':', ','}) {
    kinds[static_cast<unsigned char>(c)] = Kind::kStructure;
  }
  kinds['\n'] = Kind::kNewline;
  kinds['"'] = Kind::kQuote;
  return kinds;
}

constexpr std::array<Kind, 256> kKinds = MakeKinds();

Kind KindOf(char c) { return kKinds[static_cast<unsigned char>(c)]; }

}  // namespace

RecordSlicer::RecordSlicer(RecordSlicerOptions options)
    : path_(std::move(options.event_path)),
      max_event_bytes_(options.max_event_bytes) {}

void RecordSlicer::Reset(std::uint64_t line) {
  text_ = {};
  base_ = 0;
  at_ = kept_bytes_ = 0;
  frames_.clear();
  deeper_ = 0;
  event_.reset();
  last_ = Last::kOther;
  in_string_ = is_escaped_ = in_stray_ = false;
  key_begin_.reset();
  mark_bytes_ = kByteOrderMark.size();
  line_ = line;
  line_begin_ = indent_ = event_indent_ = 0;
  is_line_blank_ = true;
}

bool RecordSlicer::expects_event() const {
  return !event_ && !frames_.empty() && deeper_ == 0 &&
         !frames_.back().is_object &&
         frames_.back().path != EventPath::kNowhere;
}

void RecordSlicer::Read(std::string_view text, std::vector<Record>& records) {
  base_ += text_.size() - kept_bytes_;
  at_ = kept_bytes_;
  text_ = text;
  records_ = &records;
  Scan();
  if (event_ && !event_->is_too_long &&
      Offset() - event_->begin > max_event_bytes_) {
    event_->is_too_long = true;
  }
  std::uint64_t kept_begin = Offset();
  if (event_ && !event_->is_too_long) kept_begin = event_->begin;
  if (key_begin_) {
    // A name that is longer, even if all of it is escapes, is not looked for.
    if (Offset() - *key_begin_ > path_.max_raw_bytes() + 2) {
      key_begin_.reset();
    } else {
      kept_begin = std::min(kept_begin, *key_begin_);
    }
  }
  kept_bytes_ = static_cast<std::size_t>(Offset() - kept_begin);
}

void RecordSlicer::Finish(std::string_view text, std::vector<Record>& records) {
  Read(text, records);
  // Going back into an event that was left open may find others.
  while (event_) {
    in_string_ = is_escaped_ = false;
    EndEvent(Offset());
    Scan();
  }
  if (!frames_.empty()) {
    AddProblem(frames_.front().place, RecordProblem::kNotClosed);
  }
  frames_.clear();
  kept_bytes_ = 0;
}

void RecordSlicer::Scan() {
  while (at_ < text_.size()) {
    if (in_string_) {
      ScanString();
      continue;
    }
    const char c = text_[at_];
    switch (KindOf(c)) {
      case Kind::kBlank:
        ++at_;
        break;
      case Kind::kNewline:
        EndLine();
        break;
      case Kind::kPlain:
      case Kind::kQuote:
      case Kind::kStructure:
        if (is_line_blank_) {
          is_line_blank_ = false;
          indent_ = Offset() - line_begin_;
        }
        Step(c);
    }
  }
}

void RecordSlicer::Step(char c) {
  switch (c) {
    case '"':
      BeginString();
      break;
    case '{':
    case '[':
      Open(c == '{');
      break;
    case '}':
    case ']':
      Close(c == '}');
      break;
    case ',':
      last_ = Last::kComma;
      in_stray_ = false;
      ++at_;
      break;
    case ':':
      last_ = Last::kColon;
      ++at_;
      break;
    default:
      ScanPlain();
  }
}

void RecordSlicer::EndLine() {
  ++at_;
  ++line_;
  line_begin_ = Offset();
  indent_ = 0;
  is_line_blank_ = true;
  in_stray_ = false;
}

void RecordSlicer::ScanPlain() {
  // A byte order mark is no part of the text.
  if (mark_bytes_ < kByteOrderMark.size() && Offset() == mark_bytes_ &&
      text_[at_] == kByteOrderMark[mark_bytes_]) {
    ++at_;
    if (++mark_bytes_ == kByteOrderMark.size()) line_begin_ = Offset();
    is_line_blank_ = true;
    return;
  }
  AddStray();
  while (at_ < text_.size() && KindOf(text_[at_]) == Kind::kPlain) ++at_;
  last_ = Last::kOther;
}

void RecordSlicer::BeginString() {
  const bool is_outer_object =
      !event_ && !frames_.empty() && frames_.back().is_object && deeper_ == 0;
  if (is_outer_object && last_ != Last::kColon) {
    member_path_ = EventPath::kNowhere;
    if (frames_.back().path != EventPath::kNowhere) key_begin_ = Offset();
  } else {
    AddStray();
  }
  in_string_ = true;
  ++at_;
}

// No string goes on in the next line: it is one that was not closed.
void RecordSlicer::ScanString() {
  if (std::exchange(is_escaped_, false) && text_[at_] != '\n') ++at_;
  at_ += PlainStringBytes(text_.substr(at_));
  if (at_ == text_.size()) return;
  if (text_[at_] != '\\') return EndString();
  is_escaped_ = true;
  ++at_;
}

void RecordSlicer::EndString() {
  in_string_ = false;
  last_ = Last::kOther;
  if (const auto begin = std::exchange(key_begin_, std::nullopt)) {
    member_path_ =
        path_.Member(frames_.back().path, Text(*begin + 1, Offset()));
  }
  if (text_[at_] == '"') ++at_;
}

// Where on the path the value is that begins here.
EventPath::Position RecordSlicer::TakePath() {
  if (deeper_ > 0) return EventPath::kNowhere;
  if (frames_.empty()) return 0;
  Frame& frame = frames_.back();
  if (!frame.is_object) return frame.path;
  if (last_ != Last::kColon) return EventPath::kNowhere;
  if (member_path_ != EventPath::kNowhere) frame.has_event = true;
  return std::exchange(member_path_, EventPath::kNowhere);
}

bool RecordSlicer::MayOpen() const {
  return last_ == Last::kColon ||
         (!frames_.back().is_object && last_ != Last::kOther);
}

// Whether a '{' that begins its line cannot be part of what is open.
bool RecordSlicer::IsLost() const {
  if (frames_.empty() || Offset() - line_begin_ != indent_) return false;
  const bool is_too_deep = deeper_ > 0 || frames_.size() >= kMaxFrames;
  if (event_) {
    return event_->place.line != line_ && indent_ <= event_->place.indent &&
           (is_too_deep || !MayOpen());
  }
  const Frame& outer = frames_.front();
  const bool is_event = !frames_.back().is_object &&
                        frames_.back().path != EventPath::kNowhere &&
                        deeper_ == 0;
  return !is_event && outer.place.line != line_ &&
         indent_ <= outer.place.indent && (is_too_deep || !MayOpen());
}

void RecordSlicer::Open(bool is_object) {
  if (is_object && IsLost()) {
    if (event_) {
      event_->is_broken = true;
      return EndEvent(Offset());
    }
    AddProblem(frames_.front().place, RecordProblem::kNotClosed);
    frames_.clear();
    deeper_ = 0;
    last_ = Last::kOther;
  }
  in_stray_ = false;
  if (deeper_ > 0 || frames_.size() >= kMaxFrames) {
    ++deeper_;
  } else if (event_) {
    frames_.push_back({.is_object = is_object, .path = EventPath::kNowhere});
  } else {
    OpenOutside(is_object);
  }
  last_ = Last::kOpen;
  ++at_;
}

void RecordSlicer::OpenOutside(bool is_object) {
  const EventPath::Position path = TakePath();
  if (is_object && path == path_.end()) {
    event_ = OpenEvent{
        .begin = Offset(), .outer_frames = frames_.size(), .place = Here()};
    // What damage has moved is no measure for those that follow.
    event_indent_ = std::max(event_indent_, indent_);
    event_->place.indent = event_indent_;
  }
  frames_.push_back({.is_object = is_object, .path = path, .place = Here()});
}

bool RecordSlicer::HasFrame(bool is_object, std::size_t first) const {
  return std::any_of(
      frames_.begin() + static_cast<std::ptrdiff_t>(first), frames_.end(),
      [&](const Frame& frame) { return frame.is_object == is_object; });
}

void RecordSlicer::Close(bool is_object) {
  in_stray_ = false;
  if (deeper_ > 0) {
    --deeper_;
  } else if (event_) {
    return CloseInside(is_object);
  } else {
    CloseOutside(is_object);
  }
  last_ = Last::kOther;
  ++at_;
}

void RecordSlicer::CloseInside(bool is_object) {
  last_ = Last::kOther;
  const std::size_t outer = event_->outer_frames;
  if (frames_.back().is_object != is_object) event_->is_broken = true;
  if (!HasFrame(is_object, outer)) {
    // The end of an array around the event, which was not closed itself.
    if (HasFrame(is_object, 0)) return EndEvent(Offset());
    ++at_;
    return;
  }
  while (frames_.back().is_object != is_object) frames_.pop_back();
  frames_.pop_back();
  ++at_;
  if (frames_.size() == outer) EndEvent(Offset());
}

void RecordSlicer::CloseOutside(bool is_object) {
  if (frames_.empty() || frames_.back().is_object != is_object) {
    AddProblem(Here(), RecordProblem::kNotAnObject);
  }
  if (!HasFrame(is_object, 0)) return;
  while (frames_.back().is_object != is_object) PopOutside();
  PopOutside();
}

void RecordSlicer::PopOutside() {
  const Frame& frame = frames_.back();
  if (frame.is_object && frame.path != EventPath::kNowhere &&
      !frame.has_event) {
    AddProblem(frame.place, RecordProblem::kNoEvent);
  }
  frames_.pop_back();
}

// Ends the event before `end`, or earlier if it is broken and another one seems
// to begin in it; then goes back there.
void RecordSlicer::EndEvent(std::uint64_t end) {
  const bool is_open = frames_.size() != event_->outer_frames;
  event_->is_too_long |= end - event_->begin > max_event_bytes_;
  frames_.resize(event_->outer_frames);
  deeper_ = 0;
  last_ = Last::kOther;
  const std::optional<std::uint64_t> restart =
      event_->is_broken || is_open ? FindRestart(end) : std::nullopt;
  AddEvent(restart.value_or(end));
  if (restart) {
    const std::string_view before = Text(event_->begin, *restart);
    line_ = event_->place.line + static_cast<std::uint64_t>(std::count(
                                     before.begin(), before.end(), '\n'));
    line_begin_ = event_->begin + before.rfind('\n') + 1;
    at_ = static_cast<std::size_t>(*restart - base_);
    indent_ = Offset() - line_begin_;
    is_line_blank_ = false;
  }
  event_.reset();
}

// Returns where, in the event and up to `end`, a line begins with '{' no
// further in than the event.
std::optional<std::uint64_t> RecordSlicer::FindRestart(
    std::uint64_t end) const {
  if (event_->is_too_long) return std::nullopt;
  const std::string_view text = Text(event_->begin, base_ + text_.size());
  const std::size_t size = static_cast<std::size_t>(end - event_->begin);
  std::size_t newline = text.find('\n');
  while (newline < size) {
    const std::size_t at = text.find_first_not_of(" \t", newline + 1);
    if (at == std::string_view::npos || at > size) return std::nullopt;
    if (text[at] == '{' && at - newline - 1 <= event_->place.indent) {
      return event_->begin + at;
    }
    newline = text.find('\n', at);
  }
  return std::nullopt;
}

void RecordSlicer::AddEvent(std::uint64_t end) {
  if (event_->is_too_long) {
    return AddProblem(event_->place, RecordProblem::kEventTooLong);
  }
  std::string_view text = Text(event_->begin, end);
  text = text.substr(0, text.find_last_not_of(kBlanks) + 1);
  records_->push_back(
      {.text = text, .line = event_->place.line, .byte = event_->place.byte});
}

// Notes a value that stands where an event should, once for all of it.
void RecordSlicer::AddStray() {
  if (event_ || TakePath() == EventPath::kNowhere ||
      std::exchange(in_stray_, true)) {
    return;
  }
  event_indent_ = std::max(event_indent_, indent_);
  AddProblem(Here(), RecordProblem::kNotAnObject);
}

void RecordSlicer::AddProblem(const Place& place, RecordProblem problem) {
  records_->push_back(
      {.line = place.line, .byte = place.byte, .problem = problem});
}

}  // namespace hypersigma::internal
