// The work that no JSON scanner on simdjson can avoid: touching each top-level
// key and value token of a line.

#ifndef HYPERSIGMA_BENCH_CEILING_WALK_H_
#define HYPERSIGMA_BENCH_CEILING_WALK_H_

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

// Returns the lines of `text` that are not empty.
inline std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Returns a number that depends on every token, so that none is optimized away.
// REQUIRES: `line` is an object, followed by SIMDJSON_PADDING readable bytes.
inline std::uint64_t WalkLine(simdjson::ondemand::parser& parser,
                              std::string_view line) {
  std::uint64_t sum = 0;
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  const std::size_t allocated = line.size() + simdjson::SIMDJSON_PADDING;
  if (parser.iterate(line, allocated).get(document)) std::abort();
  if (document.get_object().get(object)) std::abort();
  for (auto member : object) {
    simdjson::ondemand::field field;
    if (std::move(member).get(field)) std::abort();
    sum += static_cast<std::uint8_t>(*field.key().raw());
    sum += field.value().raw_json_token().size();
  }
  return sum;
}

#endif  // HYPERSIGMA_BENCH_CEILING_WALK_H_
