// Finds the events in JSON text that holds several: objects one after the
// other, arrays of events, events inside of other objects.
//
// Looks at structure only, brackets and strings; whether an event is well
// formed is for json_reader to say. So a damaged event hides no other: the next
// one begins where the structure says, and where that is lost, at the next line
// that begins with '{' no further in than events did before.

#ifndef HYPERSIGMA_LIB_INPUT_RECORD_SLICER_H_
#define HYPERSIGMA_LIB_INPUT_RECORD_SLICER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lib/input/event_path.h"
#include "lib/input/record.h"

namespace hypersigma::internal {

struct RecordSlicerOptions {
  // Names the member that holds the event or an array of events, with a dot
  // between the members on the way; arrays on the way are looked through. ""
  // when the objects are events themselves.
  std::string event_path{};
  std::uint64_t max_event_bytes = std::uint64_t{256} << 20;
};

// Reads one text that comes in pieces. Not thread safe. Memory: the depth of
// the nesting, which is bounded. Cost: one step a byte; damage may have bytes
// looked at again, as often as objects can be nested.
class RecordSlicer {
 public:
  explicit RecordSlicer(RecordSlicerOptions options);

  // Forgets everything; what follows is not a file's beginning, where a byte
  // order mark may be. Lines are counted from `line` on.
  void Reset(std::uint64_t line);

  // Goes on. `text` begins with the kept_bytes() that the last text ended in,
  // and what is new is behind them. Adds the events that end in it, which
  // borrow from `text`, and what is found to be wrong, in order.
  void Read(std::string_view text, std::vector<Record>& records);

  // The same for the last time: what is still open is malformed.
  void Finish(std::string_view text, std::vector<Record>& records);

  // How many bytes of the text's end are needed again: an event that is open,
  // or a member's name.
  std::size_t kept_bytes() const { return kept_bytes_; }

  // Whether an array of events is open, and none of them.
  bool expects_event() const;

  // Whether everything that was opened is closed.
  bool is_between_records() const { return frames_.empty() && !in_string_; }

 private:
  enum class Last : std::uint8_t { kOpen, kComma, kColon, kOther };

  struct Place {
    std::uint64_t line = 1;
    std::uint64_t byte = 1;
    std::uint64_t indent = 0;  // blanks that the line begins with
  };
  // An object or array that is open.
  struct Frame {
    bool is_object = false;
    bool has_event = false;
    EventPath::Position path = 0;
    Place place{};
  };
  struct OpenEvent {
    std::uint64_t begin = 0;
    std::size_t outer_frames = 0;
    bool is_too_long = false;  // and not kept
    bool is_broken = false;    // closed otherwise than it was opened
    Place place;
  };

  void Scan();
  void Step(char c);
  void ScanString();
  void ScanPlain();
  void BeginString();
  void EndString();
  void EndLine();
  void Open(bool is_object);
  void OpenOutside(bool is_object);
  void Close(bool is_object);
  void CloseInside(bool is_object);
  void CloseOutside(bool is_object);
  void PopOutside();
  void EndEvent(std::uint64_t end);
  std::optional<std::uint64_t> FindRestart(std::uint64_t end) const;
  bool MayOpen() const;
  bool IsLost() const;
  void AddStray();
  void AddEvent(std::uint64_t end);
  void AddProblem(const Place& place, RecordProblem problem);
  EventPath::Position TakePath();
  bool HasFrame(bool is_object, std::size_t first) const;

  Place Here() const { return {line_, Offset() - line_begin_ + 1, indent_}; }
  std::uint64_t Offset() const { return base_ + at_; }
  std::string_view Text(std::uint64_t begin, std::uint64_t end) const {
    return text_.substr(begin - base_, end - begin);
  }

  EventPath path_;
  std::uint64_t max_event_bytes_;
  // Offsets are those of everything that was read; text_ begins at base_.
  std::string_view text_;
  std::uint64_t base_ = 0;
  std::size_t at_ = 0;  // in text_
  std::size_t kept_bytes_ = 0;
  std::vector<Record>* records_ = nullptr;

  std::vector<Frame> frames_;
  std::uint64_t deeper_ = 0;  // what is open beyond the frames
  std::optional<OpenEvent> event_;
  Last last_ = Last::kOther;
  bool in_string_ = false;
  bool is_escaped_ = false;
  std::optional<std::uint64_t> key_begin_;  // of the string at hand
  // Of the value behind the last name.
  EventPath::Position member_path_ = EventPath::kNowhere;
  bool in_stray_ = false;  // a problem was added for the text at hand

  std::size_t mark_bytes_ = 0;  // of the mark that the file begins with
  std::uint64_t line_ = 1;
  std::uint64_t line_begin_ = 0;
  std::uint64_t indent_ = 0;
  std::uint64_t event_indent_ = 0;  // the most so far outside of events
  bool is_line_blank_ = true;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_RECORD_SLICER_H_
