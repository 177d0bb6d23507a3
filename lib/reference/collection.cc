#include "lib/reference/collection.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace hypersigma::reference {
namespace {

using internal::YamlNode;

YamlNode WithoutAction(YamlNode document) {
  const auto is_action = [](const YamlNode::Entry& entry) {
    return entry.key.text == "action";
  };
  document.entries.erase(std::remove_if(document.entries.begin(),
                                        document.entries.end(), is_action),
                         document.entries.end());
  return document;
}

}  // namespace

YamlNode DeepMerge(const YamlNode& base, const YamlNode& over) {
  if (base.kind != YamlNode::Kind::kMap || over.kind != YamlNode::Kind::kMap) {
    return over;
  }
  YamlNode merged = base;
  for (const YamlNode::Entry& entry : over.entries) {
    const auto same =
        std::find_if(merged.entries.begin(), merged.entries.end(),
                     [&](const YamlNode::Entry& candidate) {
                       return candidate.key.text == entry.key.text;
                     });
    if (same == merged.entries.end()) {
      merged.entries.push_back(entry);
    } else {
      same->value = DeepMerge(same->value, entry.value);
    }
  }
  return merged;
}

absl::StatusOr<std::optional<YamlNode>> Collection::Complete(
    const YamlNode& document) {
  const YamlNode* action = document.Find("action");
  const std::string name = action == nullptr ? "" : action->text;
  YamlNode body = WithoutAction(document);
  if (action != nullptr && name == "global") {
    global_ = std::move(body);
    return std::nullopt;
  }
  if (action != nullptr && name == "reset") {
    global_.reset();
    return std::nullopt;
  }
  if (action != nullptr && name != "repeat") {
    return absl::InvalidArgumentError(absl::StrCat("action '", name, "'"));
  }
  // With nothing before it, a rule of its own unless loading is strict.
  if (action != nullptr && previous_.has_value()) {
    previous_ = DeepMerge(*previous_, body);
  } else {
    previous_ = global_.has_value() ? DeepMerge(body, *global_) : body;
  }
  return previous_;
}

}  // namespace hypersigma::reference
