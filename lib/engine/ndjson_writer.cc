#include "lib/engine/ndjson_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "lib/base/text.h"
#include "lib/engine/compact_json.h"
#include "lib/engine/plain_bytes.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Appends `"key":"text",`.
void AppendMember(std::string_view key, std::string_view text,
                  std::string* out) {
  AppendJsonString(key, out);
  *out += ':';
  AppendJsonString(text, out);
  *out += ',';
}

template <typename Texts>
void AppendArray(const Texts& texts, std::string* out) {
  *out += '[';
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) *out += ',';
    AppendJsonString(texts[i], out);
  }
  *out += ']';
}

void AppendNumber(std::uint64_t number, std::string* out) {
  std::array<char, 20> digits;
  const char* const end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out->append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

// What a line begins with, up to the event's members.
std::string Beginning(const Rule& rule) {
  std::string out = "{\"schema\":";
  AppendNumber(kNdjsonSchema, &out);
  out += ",\"rule\":{";
  AppendMember("id", rule.id, &out);
  AppendMember("title", rule.title, &out);
  AppendMember("level", rule.level, &out);
  AppendMember("status", rule.status, &out);
  AppendMember("author", rule.author, &out);
  out += "\"tags\":";
  AppendArray(rule.tags, &out);
  out += ",\"file\":";
  AppendJsonString(rule.file, &out);
  out += "},\"event\":{";
  return out;
}

// What a line ends with, from the event's end.
std::string Ending(const Match& match) {
  std::string out = "},\"selections\":";
  AppendArray(match.selections, &out);
  out += ",\"indicators\":[";
  bool first = true;
  for (const Indicator& indicator : match.indicators) {
    if (!std::exchange(first, false)) out += ',';
    out += '{';
    AppendMember("field", indicator.field, &out);
    AppendMember("kind", IndicatorKindName(indicator.kind), &out);
    out += "\"value\":";
    AppendJsonString(indicator.value, &out);
    out += '}';
  }
  out += "]}\n";
  return out;
}

// Whether two texts are the same piece of memory.
bool IsSame(std::string_view a, std::string_view b) {
  return a.data() == b.data() && a.size() == b.size();
}

bool IsSame(const Indicator& a, const Indicator& b) {
  return a.kind == b.kind && IsSame(a.field, b.field) &&
         IsSame(a.value, b.value);
}

template <typename A, typename B>
bool AreSame(const A& a, const B& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return IsSame(x, y); });
}

// Appends the code point or byte that `text` has at `at` in a way that can be
// read and shown, unless it may stay: `begin` is where that begins which was
// not yet appended. Returns the position behind it.
std::size_t EscapeOne(std::string_view text, std::size_t at, std::size_t& begin,
                      std::string* out) {
  const auto flush = [&](std::size_t new_begin) {
    out->append(text, begin, at - begin);
    begin = new_begin;
  };
  if (text[at] == '"' || text[at] == '\\') {
    flush(at);
    *out += '\\';
    return at + 1;
  }
  const CodePoint step = DecodeCodePoint(text.substr(at));
  const std::size_t end = at + step.byte_count;
  if (step.value == kInvalidCodePoint) {
    flush(end);
    *out += kReplacement;
  } else if (IsDisplayControl(step.value)) {
    flush(end);
    AppendControl(step.value, out);
  }
  return end;
}

}  // namespace

void AppendControl(std::uint32_t value, std::string* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (value) {
    case '\b':
      *out += "\\b";
      break;
    case '\f':
      *out += "\\f";
      break;
    case '\n':
      *out += "\\n";
      break;
    case '\r':
      *out += "\\r";
      break;
    case '\t':
      *out += "\\t";
      break;
    default:
      *out += "\\u";
      for (int shift = 12; shift >= 0; shift -= 4) {
        *out += kDigits[value >> shift & 0xF];
      }
  }
}

void AppendJsonString(std::string_view text, std::string* out) {
  *out += '"';
  std::size_t begin = 0;  // of what was not yet appended
  std::size_t at = 0;
  while ((at = SkipPlain(text, at)) < text.size()) {
    at = EscapeOne(text, at, begin, out);
  }
  out->append(text, begin);
  *out += '"';
}

NdjsonWriter::NdjsonWriter(std::span<const Rule> rules)
    : rules_(rules), positions_(rules.size()) {}

void NdjsonWriter::Append(const MatchPlace& place,
                          std::span<const Match> matches,
                          const EventText& event, std::string* out) {
  std::size_t event_begin = 0;
  std::size_t event_bytes = 0;
  for (const Match& match : matches) {
    const Written& written = Find(match);
    *out += written.rule;
    if (event_bytes == 0) {
      event_begin = out->size();
      AppendEvent(place, match, event, out);
      event_bytes = out->size() - event_begin;
    } else {
      out->append(*out, event_begin, event_bytes);
    }
    *out += written.details;
  }
}

// Returns what there is to write for `match`, until the next call.
const NdjsonWriter::Written& NdjsonWriter::Find(const Match& match) {
  std::uint32_t& position = positions_[static_cast<std::size_t>(match.rule)];
  if (position != 0) {
    Written& written = written_[position - 1];
    if (AreSame(written.selections, match.selections) &&
        AreSame(written.indicators, match.indicators)) {
      return written;
    }
  }
  if (kept_bytes_ > kMostKeptBytes) {
    std::fill(positions_.begin(), positions_.end(), 0);
    written_.clear();
    kept_bytes_ = 0;
  }
  if (position == 0) {
    Written& written = written_.emplace_back();
    position = static_cast<std::uint32_t>(written_.size());
    written.rule = Beginning(rules_[static_cast<std::size_t>(match.rule)]);
    kept_bytes_ += written.ByteCount();
  }
  Written& written = written_[position - 1];
  kept_bytes_ -= written.ByteCount();
  written.selections.assign(match.selections.begin(), match.selections.end());
  written.indicators.assign(match.indicators.begin(), match.indicators.end());
  written.details = Ending(match);
  kept_bytes_ += written.ByteCount();
  return written;
}

std::size_t NdjsonWriter::Written::ByteCount() const {
  return sizeof(Written) + rule.size() + details.size() +
         selections.size() * sizeof(std::string_view) +
         indicators.size() * sizeof(Indicator);
}

void NdjsonWriter::AppendEvent(const MatchPlace& place, const Match& match,
                               const EventText& event, std::string* out) {
  if (file_text_.empty() || file_ != place.file) {
    file_ = place.file;
    file_text_.clear();
    AppendMember("file", file_, &file_text_);
    file_text_ += "\"index\":";
  }
  *out += file_text_;
  AppendNumber(place.index, out);
  *out += ",\"time\":";
  AppendJsonString(match.time, out);
  *out += ",\"computer\":";
  AppendJsonString(match.computer, out);
  if (event.text.data() == nullptr) return;
  *out += ",\"data\":";
  if (event.is_json) {
    AppendCompactJson(event.text, out);
  } else {
    AppendJsonString(event.text, out);
  }
}

}  // namespace hypersigma::internal
