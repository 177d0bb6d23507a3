// Writes events that are made up.

#ifndef HYPERSIGMA_BENCH_SUPPORT_JSON_LINE_H_
#define HYPERSIGMA_BENCH_SUPPORT_JSON_LINE_H_

#include <string>
#include <string_view>

namespace hypersigma::bench {

// One object, member by member.
class JsonLine {
 public:
  // A start of a process, as Sysmon logs it: the log source with most rules.
  static JsonLine ProcessStart();

  // `text` is UTF-8.
  JsonLine& Add(std::string_view name, std::string_view text);
  // `json` is a value as it stands.
  JsonLine& AddRaw(std::string_view name, std::string_view json);

  // Returns the object. Nothing is to be added afterwards.
  std::string Finish();

 private:
  std::string text_ = "{";
};

// Returns `text` as JSON between its quotes, each byte as an escape of six.
// REQUIRES: ASCII.
std::string EscapeEveryByte(std::string_view text);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_JSON_LINE_H_
