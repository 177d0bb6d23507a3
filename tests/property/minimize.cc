#include "tests/property/minimize.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace hypersigma::property {
namespace {

using reference::JsonValue;

class Minimizer {
 public:
  Minimizer(JsonValue event,
            const std::function<bool(const JsonValue&)>& still_fails)
      : event_(std::move(event)), still_fails_(still_fails) {}

  JsonValue Run() {
    Reduce(event_);
    return std::move(event_);
  }

 private:
  // `part` is event_ or a part of it.
  void Reduce(JsonValue& part) {
    DropFrom(part.members);
    DropFrom(part.elements);
    if (part.kind == JsonValue::Kind::kString) Cut(part.text);
    for (JsonValue::Member& member : part.members) Reduce(member.second);
    for (JsonValue& element : part.elements) Reduce(element);
  }

  template <typename Item>
  void DropFrom(std::vector<Item>& items) {
    for (std::size_t i = items.size(); i > 0; --i) {
      std::vector<Item> before = items;
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(i - 1));
      if (!still_fails_(event_)) items = std::move(before);
    }
  }

  void Cut(std::string& text) {
    for (std::size_t size = text.size(); size > 0; size /= 2) {
      for (std::size_t at = 0; at + size <= text.size();) {
        const std::string before = text;
        text.erase(at, size);
        if (still_fails_(event_)) continue;
        text = before;
        at += size;
      }
    }
  }

  JsonValue event_;
  const std::function<bool(const JsonValue&)>& still_fails_;
};

}  // namespace

JsonValue Minimize(JsonValue event,
                   const std::function<bool(const JsonValue&)>& still_fails) {
  return Minimizer(std::move(event), still_fails).Run();
}

}  // namespace hypersigma::property
