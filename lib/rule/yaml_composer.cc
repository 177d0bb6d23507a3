// Building of trees.

#include "lib/rule/yaml_composer.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "lib/base/limits.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";
constexpr std::size_t kTextBytesPerNode = 64;

// Returns the type that a core tag names.
std::optional<Kind> KindOfTag(std::string_view tag) {
  if (tag == "!") return Kind::kString;
  if (!tag.starts_with(kTagPrefix)) return std::nullopt;
  tag.remove_prefix(kTagPrefix.size());
  if (tag == "str") return Kind::kString;
  if (tag == "int") return Kind::kInteger;
  if (tag == "float") return Kind::kFloat;
  if (tag == "bool") return Kind::kBool;
  if (tag == "null") return Kind::kNull;
  if (tag == "seq") return Kind::kList;
  if (tag == "map") return Kind::kMap;
  return std::nullopt;
}

// Returns a tag as people write it.
std::string ShownTag(std::string_view tag) {
  if (!tag.starts_with(kTagPrefix)) return Quoted(tag);
  return Quoted(Concat({"!!", tag.substr(kTagPrefix.size())}));
}

}  // namespace

YamlExtent MeasureYaml(const YamlNode& node) {
  YamlExtent extent;
  extent.nodes += node.text.size() / kTextBytesPerNode;
  std::size_t below = 0;
  const auto add = [&](const YamlNode& child) {
    const YamlExtent inner = MeasureYaml(child);
    extent.nodes += inner.nodes;
    below = std::max(below, inner.depth);
  };
  for (const YamlNode& item : node.items) add(item);
  for (const YamlNode::Entry& entry : node.entries) {
    add(entry.key);
    add(entry.value);
  }
  extent.depth = node.is_scalar() ? 0 : below + 1;
  return extent;
}

const YamlNode* YamlNode::Find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key.text == key) return &entry.value;
  }
  return nullptr;
}

bool YamlComposer::Add(YamlEvent event) {
  switch (event.type) {
    case YamlEvent::Type::kScalar:
      return AddScalar(std::move(event));
    case YamlEvent::Type::kAlias:
      return AddAlias(event);
    case YamlEvent::Type::kListBegin:
    case YamlEvent::Type::kMapBegin:
      return Open(std::move(event));
    case YamlEvent::Type::kListEnd:
    case YamlEvent::Type::kMapEnd:
      return Close(event);
  }
  return false;
}

YamlNode YamlComposer::TakeRoot() {
  if (root_.has_value()) return *std::exchange(root_, std::nullopt);
  if (frames_.empty()) return {};
  return std::move(frames_.front().node);
}

bool YamlComposer::Open(YamlEvent event) {
  if (frames_.size() >= static_cast<std::size_t>(kMaxYamlDepth)) {
    reporter_.Error(event.range,
                    Concat({"YAML is nested too deeply, expected at most ",
                            std::to_string(kMaxYamlDepth), " levels"}));
    return false;
  }
  if (!Charge(1, event.range)) return false;
  CheckCollectionTag(event);
  Frame frame;
  frame.node.kind =
      event.type == YamlEvent::Type::kListBegin ? Kind::kList : Kind::kMap;
  frame.node.range = event.range;
  frame.anchor = std::move(event.anchor);
  // An alias to a node inside itself finds nothing, also if an earlier node
  // had the same anchor.
  if (!frame.anchor.empty()) anchors_.erase(frame.anchor);
  frames_.push_back(std::move(frame));
  return true;
}

bool YamlComposer::Close(const YamlEvent& event) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  if (frame.merged.has_value()) ResolveMerge(frame);
  frame.node.range.end = std::max(frame.node.range.end, event.range.end);
  return Place(std::move(frame.node), frame.anchor, /*plain=*/false);
}

bool YamlComposer::AddScalar(YamlEvent event) {
  if (!Charge(1, event.range)) return false;
  const bool is_untyped = event.tag.empty() && event.plain;
  const bool is_key = !frames_.empty() &&
                      frames_.back().node.kind == Kind::kMap &&
                      !frames_.back().key.has_value();
  TypedScalar scalar =
      is_untyped ? TypePlainScalar(event.text) : TypeByTag(event);
  YamlNode node;
  node.range = event.range;
  // Keys are names: their text stays as written.
  const bool is_name = is_key && scalar.kind != Kind::kNull;
  node.kind = is_name ? Kind::kString : scalar.kind;
  node.text = is_name ? std::move(event.text) : std::move(scalar.text);
  return Place(std::move(node), event.anchor, is_untyped);
}

TypedScalar YamlComposer::TypeByTag(const YamlEvent& event) {
  TypedScalar as_string{Kind::kString, event.text};
  if (event.tag.empty()) return as_string;
  const std::optional<Kind> kind = KindOfTag(event.tag);
  if (!kind.has_value()) {
    reporter_.Error(event.range,
                    Concat({"unknown YAML tag ", ShownTag(event.tag)}));
    return as_string;
  }
  std::optional<TypedScalar> scalar = TypeTaggedScalar(*kind, event.text);
  if (!scalar.has_value()) {
    reporter_.Error(event.range, Concat({Quoted(event.text), " is not a ",
                                         ShownTag(event.tag)}));
    return as_string;
  }
  return *std::move(scalar);
}

bool YamlComposer::AddAlias(const YamlEvent& event) {
  const auto anchored = anchors_.find(event.anchor);
  if (anchored == anchors_.end()) {
    reporter_.Error(
        event.range,
        Concat({"alias ", Quoted("*" + event.anchor),
                " refers to no complete earlier node; put it in quotes if "
                "it is a text"}));
    YamlNode null;
    null.range = event.range;
    return Place(std::move(null), {}, /*plain=*/false);
  }
  const YamlExtent extent = MeasureYaml(anchored->second);
  if (!Charge(extent.nodes, event.range)) return false;
  if (frames_.size() + extent.depth > static_cast<std::size_t>(kMaxYamlDepth)) {
    reporter_.Error(event.range,
                    Concat({"YAML is nested too deeply through this alias, "
                            "expected at most ",
                            std::to_string(kMaxYamlDepth), " levels"}));
    return false;
  }
  return Place(anchored->second, {}, /*plain=*/false);
}

bool YamlComposer::Place(YamlNode node, const std::string& anchor, bool plain) {
  if (!anchor.empty()) {
    if (!Charge(MeasureYaml(node).nodes, node.range)) return false;
    anchors_.insert_or_assign(anchor, node);
  }
  if (frames_.empty()) {
    root_ = std::move(node);
    return true;
  }
  Frame& frame = frames_.back();
  if (frame.node.kind == Kind::kList) {
    frame.node.range.end = std::max(frame.node.range.end, node.range.end);
    frame.node.items.push_back(std::move(node));
  } else if (frame.key.has_value()) {
    PlaceValue(frame, std::move(node));
  } else {
    PlaceKey(frame, std::move(node), plain);
  }
  return true;
}

void YamlComposer::PlaceKey(Frame& frame, YamlNode key, bool plain) {
  if (!key.is_scalar()) {
    reporter_.Error(
        key.range, Concat({"a key is ", Describe(key), ", expected a string"}));
    key.kind = Kind::kNull;
  } else if (key.kind == Kind::kNull) {
    reporter_.Error(key.range, "a key is empty, expected a string");
  }
  frame.key_is_plain = plain;
  frame.key = std::move(key);
}

void YamlComposer::PlaceValue(Frame& frame, YamlNode value) {
  YamlNode key = *std::exchange(frame.key, std::nullopt);
  if (key.kind == Kind::kNull) return;  // reported
  const auto [first, is_new] =
      frame.key_ranges.try_emplace(key.text, key.range);
  if (!is_new) {
    const std::uint32_t line =
        reporter_.source().PositionOf(first->second.begin).line;
    reporter_.Error(key.range,
                    Concat({"duplicate key ", Quoted(key.text),
                            ", first used in line ", std::to_string(line)}));
    return;
  }
  if (frame.key_is_plain && key.text == "<<") {
    frame.merged = std::move(value);
    frame.merge_position = frame.node.entries.size();
    return;
  }
  frame.node.range.end = std::max(frame.node.range.end, value.range.end);
  frame.node.entries.push_back({std::move(key), std::move(value)});
}

void YamlComposer::ResolveMerge(Frame& frame) {
  YamlNode merged = *std::exchange(frame.merged, std::nullopt);
  std::vector<YamlNode> maps;
  if (merged.kind == Kind::kList) {
    maps = std::move(merged.items);
  } else {
    maps.push_back(std::move(merged));
  }
  std::vector<YamlNode::Entry> added;
  for (YamlNode& map : maps) {
    if (map.kind != Kind::kMap) {
      reporter_.Mismatch(map.range, "the value of merge key '<<'",
                         Describe(map), "a map or a list of maps");
      continue;
    }
    for (YamlNode::Entry& entry : map.entries) {
      if (!frame.key_ranges.try_emplace(entry.key.text, entry.key.range)
               .second) {
        continue;  // the map's own key, or an earlier map's, wins
      }
      added.push_back(std::move(entry));
    }
  }
  std::vector<YamlNode::Entry>& entries = frame.node.entries;
  entries.insert(
      entries.begin() + static_cast<std::ptrdiff_t>(frame.merge_position),
      std::make_move_iterator(added.begin()),
      std::make_move_iterator(added.end()));
}

void YamlComposer::CheckCollectionTag(const YamlEvent& event) {
  if (event.tag.empty() || event.tag == "!") return;
  const Kind kind =
      event.type == YamlEvent::Type::kListBegin ? Kind::kList : Kind::kMap;
  const std::optional<Kind> tagged = KindOfTag(event.tag);
  if (tagged == kind) return;
  reporter_.Error(event.range,
                  tagged.has_value()
                      ? Concat({kind == Kind::kList ? "a list" : "a map",
                                " is not a ", ShownTag(event.tag)})
                      : Concat({"unknown YAML tag ", ShownTag(event.tag)}));
}

bool YamlComposer::Charge(std::size_t nodes, SourceRange range) {
  if (nodes > nodes_left_) {
    reporter_.Error(range,
                    Concat({"YAML has too many nodes after aliases, expected "
                            "at most ",
                            std::to_string(kMaxYamlNodes)}));
    nodes_left_ = 0;
    return false;
  }
  nodes_left_ -= nodes;
  return true;
}

}  // namespace hypersigma::internal
