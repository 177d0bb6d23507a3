#include "bench/support/json_line.h"

#include <utility>

#include "lib/engine/ndjson_writer.h"

namespace hypersigma::bench {

JsonLine JsonLine::ProcessStart() {
  JsonLine line;
  line.AddRaw("EventID", "1");
  line.Add("Channel", "Microsoft-Windows-Sysmon/Operational");
  line.Add("Provider_Name", "Microsoft-Windows-Sysmon");
  return line;
}

JsonLine& JsonLine::Add(std::string_view name, std::string_view text) {
  std::string json;
  internal::AppendJsonString(text, &json);
  return AddRaw(name, json);
}

JsonLine& JsonLine::AddRaw(std::string_view name, std::string_view json) {
  if (text_.size() > 1) text_ += ',';
  internal::AppendJsonString(name, &text_);
  text_ += ':';
  text_ += json;
  return *this;
}

std::string JsonLine::Finish() { return std::move(text_) + '}'; }

std::string EscapeEveryByte(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string escaped;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    escaped += "\\u00";
    escaped += kDigits[byte >> 4];
    escaped += kDigits[byte & 15];
  }
  return escaped;
}

}  // namespace hypersigma::bench
