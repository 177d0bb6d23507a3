#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include "lib/base/limits.h"
#include "lib/base/text.h"
#include "lib/engine/ndjson_writer.h"
#include "lib/engine/profile_text.h"

namespace hypersigma::internal {
namespace {

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint step = DecodeCodePoint(text);
    if (step.value == kInvalidCodePoint) return false;
    text.remove_prefix(step.byte_count);
  }
  return true;
}

void AppendMember(std::string_view key, std::string_view text,
                  std::string* out) {
  *out += key;
  AppendJsonString(text, out);
}

void AppendHex(std::string_view bytes, std::string* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *out += kDigits[byte >> 4];
    *out += kDigits[byte & 15];
  }
}

void AppendSlice(const SampleSlice& slice, std::string* out) {
  *out += "{\"log_sources\":[";
  std::string_view separator = "";
  for (const LogSource& source : slice.log_sources) {
    *out += separator;
    AppendMember("[", source.product, out);
    AppendMember(",", source.category, out);
    AppendMember(",", source.service, out);
    *out += ']';
    separator = ",";
  }
  *out += "],\"events\":" + std::to_string(slice.events) + "}\n";
}

std::string PredicateLine(const PredicateName& name,
                          const std::vector<SliceCount>& counts) {
  std::string line = "{";
  if (!name.operation.starts_with("keyword ")) {
    AppendMember("\"field\":", name.field, &line);
    line += ',';
  }
  AppendMember("\"op\":", name.operation, &line);
  if (IsUtf8(name.operand)) {
    AppendMember(",\"operand\":", name.operand, &line);
  } else {
    line += ",\"operand_hex\":\"";
    AppendHex(name.operand, &line);
    line += '"';
  }
  if (name.cased) line += ",\"cased\":true";
  line += ",\"fired\":[";
  std::string_view separator = "";
  for (const SliceCount& count : counts) {
    line += separator;
    line += '[' + std::to_string(count.slice) + ',' +
            std::to_string(count.events) + ']';
    separator = ",";
  }
  line += "]}\n";
  return line;
}

std::uint64_t Total(const std::vector<SliceCount>& counts) {
  std::uint64_t total = 0;
  for (const SliceCount& count : counts) total += count.events;
  return total;
}

struct Entry {
  std::string line;
  std::uint64_t fired = 0;
  std::size_t position = 0;
};

// Leaves out those that fired least, such that `budget` bytes are enough.
void Shorten(std::size_t budget, std::vector<Entry>& entries) {
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const Entry& a, const Entry& b) { return a.fired > b.fired; });
  std::size_t count = 0;
  while (count < std::min(entries.size(), kMaxProfilePredicates) &&
         entries[count].line.size() <= budget) {
    budget -= entries[count++].line.size();
  }
  entries.erase(std::next(entries.begin(), static_cast<std::ptrdiff_t>(count)),
                entries.end());
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.position < b.position;
  });
}

}  // namespace

std::string WriteProfile(const FiringSample& sample) {
  constexpr std::size_t kHeaderBytes = 256;
  std::string slices;
  std::uint64_t events = 0;
  for (const SampleSlice& slice : sample.slices) {
    AppendSlice(slice, &slices);
    events += slice.events;
  }
  std::vector<Entry> entries;
  for (const auto& [name, counts] : sample.fired) {
    entries.push_back(
        {PredicateLine(name, counts), Total(counts), entries.size()});
  }
  const std::size_t used = kHeaderBytes + slices.size();
  Shorten(kMaxProfileBytes - std::min(used, kMaxProfileBytes), entries);
  std::string text =
      "{\"hypersigma_profile\":" + std::to_string(kProfileSchema) +
      ",\"events\":" + std::to_string(events) +
      ",\"log_sources\":" + std::to_string(sample.slices.size()) +
      ",\"predicates\":" + std::to_string(entries.size()) + "}\n";
  text += slices;
  for (const Entry& entry : entries) text += entry.line;
  return text;
}

}  // namespace hypersigma::internal
