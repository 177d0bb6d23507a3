#include "lib/engine/ndjson_writer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lib/base/text.h"
#include "lib/engine/compact_json.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

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

std::string Prefix(const Rule& rule) {
  std::string out =
      "{\"schema\":" + std::to_string(kNdjsonSchema) + ",\"rule\":{";
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
  while (true) {
    const auto plain = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), IsPlain) - text.begin());
    out->append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto byte = static_cast<unsigned char>(text.front());
    const CodePoint step = DecodeCodePoint(text);
    if (step.value == kInvalidCodePoint) {
      *out += kReplacement;
    } else if (byte == '"' || byte == '\\') {
      *out += '\\';
      *out += text.front();
    } else if (IsDisplayControl(step.value)) {
      AppendControl(step.value, out);
    } else {
      *out += text.substr(0, step.byte_count);
    }
    text.remove_prefix(step.byte_count);
  }
  *out += '"';
}

NdjsonWriter::NdjsonWriter(std::span<const Rule> rules) {
  prefixes_.reserve(rules.size());
  for (const Rule& rule : rules) prefixes_.push_back(Prefix(rule));
}

void NdjsonWriter::Append(const MatchPlace& place, const Match& match,
                          const EventText& event, std::string* out) const {
  *out += prefixes_[static_cast<std::size_t>(match.rule)];
  AppendMember("file", place.file, out);
  *out += "\"index\":" + std::to_string(place.index) + ",\"time\":";
  AppendJsonString(match.time, out);
  *out += ",\"computer\":";
  AppendJsonString(match.computer, out);
  if (event.text.data() != nullptr) {
    *out += ",\"data\":";
    if (event.is_json) {
      AppendCompactJson(event.text, out);
    } else {
      AppendJsonString(event.text, out);
    }
  }
  *out += "},\"selections\":";
  AppendArray(match.selections, out);
  *out += ",\"indicators\":[";
  bool first = true;
  for (const Indicator& indicator : match.indicators) {
    if (!std::exchange(first, false)) *out += ',';
    *out += '{';
    AppendMember("field", indicator.field, out);
    AppendMember("kind", IndicatorKindName(indicator.kind), out);
    *out += "\"value\":";
    AppendJsonString(indicator.value, out);
    *out += '}';
  }
  *out += "]}\n";
}

}  // namespace hypersigma::internal
