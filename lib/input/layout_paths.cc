#include "lib/input/layout_paths.h"

#include <algorithm>

namespace hypersigma::internal {
namespace {

constexpr std::string_view kAny = "*";

// The object whose members are fields, of a place that ends in '*': "" is the
// event itself.
std::string_view ObjectOf(std::string_view place) {
  place.remove_suffix(kAny.size());
  if (!place.empty()) place.remove_suffix(1);
  return place;
}

bool IsOfAllFields(std::string_view place) {
  return place == kAny || place.ends_with(".*");
}

}  // namespace

// Adds one layout after the other.
class LayoutPaths::Builder {
 public:
  Builder(const FieldTable& fields, FieldPaths& paths, LayoutPaths& layouts)
      : fields_(fields), paths_(paths), layouts_(layouts) {}

  void Add(const EventLayout& layout);

 private:
  void AddPlaces(const EventLayout& layout);
  void AddPart(LayoutPart part, const std::vector<std::string>& places);
  void AddName(const EventLayout::Name& name);
  void AddTarget(std::string_view place, const LayoutTarget& target);
  PathId PathOf(std::string_view place);
  LayoutNode& NodeOf(PathId path);

  const FieldTable& fields_;
  FieldPaths& paths_;
  LayoutPaths& layouts_;
  std::uint32_t layout_ = 0;
};

void LayoutPaths::Builder::Add(const EventLayout& layout) {
  layout_ = static_cast<std::uint32_t>(layouts_.layouts_.size());
  Layout& added = layouts_.layouts_.emplace_back();
  added.text_member = layout.text_member;
  added.has_places = !layout.places.empty() || !layout.names.empty();
  if (!layout.names.empty()) added.restricted.resize(fields_.size());
  if (added.has_places) added.own_ranks.resize(fields_.size(), kOwnRank);
  for (const std::string& marker : layout.markers) {
    const PathId path = PathOf(marker);
    paths_.At(path).in_layout = true;
    NodeOf(path).markers.push_back(
        static_cast<std::uint32_t>(layouts_.markers_.size()));
    layouts_.markers_.push_back(layout_);
    ++added.marker_count;
  }
  AddPlaces(layout);
  for (const EventLayout::Name& name : layout.names) AddName(name);
  AddPart(LayoutPart::kTime, layout.time);
  AddPart(LayoutPart::kComputer, layout.computer);
}

void LayoutPaths::Builder::AddPart(LayoutPart part,
                                   const std::vector<std::string>& places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    AddTarget(places[i], {layout_, static_cast<PlaceRank>(i), part});
  }
}

void LayoutPaths::Builder::AddPlaces(const EventLayout& layout) {
  for (std::size_t i = 0; i < layout.places.size(); ++i) {
    const std::string_view place = layout.places[i];
    const auto rank = static_cast<PlaceRank>(i);
    if (!IsOfAllFields(place)) continue;
    if (place == kAny) {
      std::vector<PlaceRank>& ranks = layouts_.layouts_.back().own_ranks;
      for (PlaceRank& each : ranks) each = std::min(each, rank);
      continue;
    }
    const PathId object = PathOf(ObjectOf(place));
    Path& path = paths_.At(object);
    path.leads = path.has_members = true;
    NodeOf(object).scopes.push_back(
        static_cast<std::uint32_t>(layouts_.scopes_.size()));
    layouts_.scopes_.push_back({layout_, rank});
  }
}

void LayoutPaths::Builder::AddName(const EventLayout::Name& name) {
  const FieldId field = fields_.Find(name.field);
  if (field == kUnnamedField) return;
  Layout& layout = layouts_.layouts_.back();
  const auto index = static_cast<std::size_t>(field);
  layout.restricted[index] = 1;
  layout.own_ranks[index] = kOwnRank;
  for (std::size_t i = 0; i < name.places.size(); ++i) {
    const auto rank = static_cast<PlaceRank>(i);
    if (name.places[i] == name.field) {
      layout.own_ranks[index] = std::min(layout.own_ranks[index], rank);
    } else {
      AddTarget(name.places[i], {layout_, rank, LayoutPart::kField, field});
    }
  }
}

void LayoutPaths::Builder::AddTarget(std::string_view place,
                                     const LayoutTarget& target) {
  NodeOf(PathOf(place)).targets.push_back(target);
  const std::string& text = layouts_.layouts_.back().text_member;
  if (text.empty()) return;
  std::string inner(place);
  inner.append(".").append(text);
  NodeOf(PathOf(inner)).targets.push_back(target);
}

PathId LayoutPaths::Builder::PathOf(std::string_view place) {
  PathId path = kRootPath;
  for (std::size_t begin = 0; begin <= place.size();) {
    const std::size_t end = std::min(place.find('.', begin), place.size());
    const std::string_view part = place.substr(begin, end - begin);
    if (part != kAny) {
      path = paths_.AddMember(path, part);
    } else {
      const PathId known = NodeOf(path).any;
      const PathId any = known == kNoPath ? paths_.AddAny(path) : known;
      NodeOf(path).any = any;
      paths_.At(path).leads = true;
      path = any;
    }
    begin = end + 1;
  }
  return path;
}

LayoutNode& LayoutPaths::Builder::NodeOf(PathId path) {
  std::uint32_t& node = paths_.At(path).layout_node;
  if (node == kNoLayoutNode) {
    node = static_cast<std::uint32_t>(layouts_.nodes_.size());
    layouts_.nodes_.emplace_back();
  }
  return layouts_.nodes_[node];
}

LayoutPaths::LayoutPaths(std::span<const EventLayout> layouts,
                         std::optional<std::size_t> forced,
                         const FieldTable& fields, FieldPaths& paths)
    : forced_(forced) {
  Builder builder(fields, paths, *this);
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    // Positions must stay those of the caller.
    builder.Add(!forced || *forced == i ? layouts[i] : EventLayout());
  }
  if (!layouts.empty()) paths.SpreadLayouts();
}

}  // namespace hypersigma::internal
