#include "lib/input/event_path.h"

#include "lib/input/json_text.h"

namespace hypersigma::internal {

EventPath::Position EventPath::Member(Position object, std::string_view raw) {
  // Unescape() reads and writes past the ends.
  raw_.assign(raw.begin(), raw.end());
  raw_.resize(raw.size() + kTextSlack);
  key_.resize(raw.size() + kTextSlack);
  const UnescapedText text = Unescape({raw_.data(), raw.size()}, key_.data());
  if (!text.valid) return kNowhere;
  const std::string_view key =
      text.same ? raw : std::string_view(key_.data(), text.byte_count);
  const std::string_view rest = std::string_view(path_).substr(object);
  if (rest == key) return end();
  const bool leads_on = rest.size() > key.size() && rest.starts_with(key) &&
                        rest[key.size()] == '.';
  return leads_on ? object + key.size() + 1 : kNowhere;
}

}  // namespace hypersigma::internal
