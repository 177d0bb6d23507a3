#include "bench/support/events.h"

#include <algorithm>
#include <utility>

#include "bench/ceiling_walk.h"
#include "bench/support/or_die.h"
#include "hypersigma/event.h"
#include "lib/input/decompress.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kPadding =
    std::max<std::size_t>(kJsonPadding, simdjson::SIMDJSON_PADDING);

template <typename Lines>
std::vector<char> Join(const Lines& lines) {
  std::vector<char> text;
  for (const auto& line : lines) {
    text.insert(text.end(), line.begin(), line.end());
    text.push_back('\n');
  }
  return text;
}

}  // namespace

Events::Events(std::vector<char> text) : text_(std::move(text)) {
  const std::size_t size = text_.size();
  text_.resize(size + kPadding, '\0');
  lines_ = SplitLines({text_.data(), size});
  for (const std::string_view line : lines_) byte_count_ += line.size();
}

Events Events::Read(const std::string& path) {
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  internal::ByteReader reader = OrDie(internal::ByteReader::Open(path));
  std::vector<char> text;
  std::size_t size = 0;
  while (true) {
    text.resize(size + kBlock);
    const std::size_t count = OrDie(reader.Read(std::span(text).subspan(size)));
    if (count == 0) break;
    size += count;
  }
  text.resize(size);
  Events events(std::move(text));
  if (events.lines().empty()) Die(path + ": has no events");
  return events;
}

Events Events::FromLines(std::span<const std::string> lines) {
  return Events(Join(lines));
}

Events Events::FromLines(std::span<const std::string_view> lines) {
  return Events(Join(lines));
}

Events Events::Sample(std::size_t count) const {
  const std::size_t all = lines_.size();
  count = std::min(count, all);
  std::vector<std::string_view> chosen;
  for (std::size_t i = 0; i < count; ++i) {
    chosen.push_back(lines_[i * all / count]);
  }
  return FromLines(chosen);
}

Events Events::Having(std::string_view text) const {
  std::vector<std::string_view> chosen;
  for (const std::string_view line : lines_) {
    if (line.find(text) != std::string_view::npos) chosen.push_back(line);
  }
  if (chosen.empty()) Die("no event has '" + std::string(text) + "'");
  return FromLines(chosen);
}

}  // namespace hypersigma::bench
