#include "lib/input/place_choice.h"

#include <algorithm>

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kFromRoot = 0xFFFFFFFFu;

bool IsNamed(PathId path) { return path != kNoPath && path != kNoNamedPath; }

}  // namespace

PlaceChoice::PlaceChoice(const FieldPaths& paths, const LayoutPaths& layouts,
                         std::size_t field_count)
    : paths_(&paths),
      layouts_(&layouts),
      seen_(layouts.markers().size()),
      missing_(layouts.layout_count()),
      texts_(layouts.layout_count()),
      best_(layouts.layout_count() == 0 ? 0 : field_count) {}

void PlaceChoice::BeginEvent() {
  ++event_;
  cursors_.clear();
  current_ = {};
  has_cursors_ = false;
  placed_.clear();
  for (std::uint32_t i = 0; i < missing_.size(); ++i) {
    missing_[i] = layouts_->marker_count(i);
    texts_[i] = {};
  }
  layout_.reset();
}

PlaceChoice::Cursors PlaceChoice::Follow(PathId object, std::string_view key) {
  const Cursors outer = current_;
  const auto begin = static_cast<std::uint32_t>(cursors_.size());
  if (object != kNoPath) Walk(object, key, /*is_main=*/true);
  for (std::uint32_t i = outer.begin; i < outer.end; ++i) {
    const Cursor cursor = cursors_[i];
    if (cursor.scope == kFromRoot) {
      Walk(cursor.path, key, /*is_main=*/false);
    } else {
      FollowName(cursor, key);
    }
  }
  current_ = {begin, static_cast<std::uint32_t>(cursors_.size())};
  has_cursors_ = current_.begin != current_.end;
  return outer;
}

// Follows `key` part by part from an object at `path` of the event. The paths
// where it ends become cursors, but for the one that the reader knows itself.
void PlaceChoice::Walk(PathId path, std::string_view key, bool is_main) {
  while (path != kNoPath) {
    const std::size_t dot = key.find('.');
    const bool is_last = dot == std::string_view::npos;
    const std::optional<std::string_view> rest =
        is_last ? std::nullopt : std::optional(key.substr(dot + 1));
    if (const LayoutNode* node = layouts_->Find((*paths_)[path])) {
      for (const std::uint32_t scope : node->scopes) {
        FollowName({scope, kRootPath}, key);
      }
      if (node->any != kNoPath) Arrive(node->any, rest, /*is_main=*/false);
    }
    path = paths_->Find(path, key.substr(0, dot));
    if (path == kNoPath) return;
    if (is_last) return Arrive(path, std::nullopt, is_main);
    See(path);
    key = *rest;
  }
}

void PlaceChoice::Arrive(PathId path, std::optional<std::string_view> rest,
                         bool is_main) {
  See(path);
  if (rest) {
    Walk(path, *rest, is_main);
  } else if (!is_main) {
    cursors_.push_back({kFromRoot, path});
  }
}

void PlaceChoice::FollowName(const Cursor& cursor, std::string_view key) {
  if (cursor.is_text) return;
  const PathId path = paths_->Member(cursor.path, key);
  if (IsNamed(path)) cursors_.push_back({cursor.scope, path});
  const PathId around = TextOf(cursor, key);
  if (around == kNoPath) return;
  cursors_.push_back({cursor.scope, around, /*is_text=*/true});
}

// Returns the path that `key` stands for as a text member, with what is before
// it in a dotted key.
PathId PlaceChoice::TextOf(const Cursor& cursor, std::string_view key) const {
  const std::string_view text =
      layouts_->text_member(layouts_->scope(cursor.scope).layout);
  if (text.empty() || !key.ends_with(text)) return kNoPath;
  PathId path = cursor.path;
  if (key.size() > text.size()) {
    key.remove_suffix(text.size());
    if (key.back() != '.') return kNoPath;
    key.remove_suffix(1);
    path = paths_->Member(path, key);
  }
  if (!IsNamed(path) || (*paths_)[path].field == kUnnamedField) return kNoPath;
  return path;
}

void PlaceChoice::See(PathId path) {
  const LayoutNode* node = layouts_->Find((*paths_)[path]);
  if (node == nullptr) return;
  for (const std::uint32_t marker : node->markers) Mark(marker);
}

void PlaceChoice::Mark(std::uint32_t marker) {
  if (finding_ != nullptr) {
    finding_->is_whole &= finding_->placement.markers.Add(marker);
    return;
  }
  if (seen_[marker] == event_) return;
  seen_[marker] = event_;
  --missing_[layouts_->markers()[marker]];
}

bool PlaceChoice::Admit(PathId path, const Value& value, std::size_t position) {
  bool is_kept = path != kNoPath && AdmitTargets(path, value, position);
  for (std::uint32_t i = current_.begin; i < current_.end; ++i) {
    const Cursor cursor = cursors_[i];
    if (cursor.scope == kFromRoot) {
      is_kept |= AdmitTargets(cursor.path, value, position);
      continue;
    }
    if (const auto target = TargetOf(cursor)) {
      is_kept |= AdmitTarget(*target, value, position);
    }
  }
  return is_kept;
}

std::optional<LayoutTarget> PlaceChoice::TargetOf(const Cursor& cursor) const {
  const FieldId field = (*paths_)[cursor.path].field;
  const LayoutScope& scope = layouts_->scope(cursor.scope);
  if (field == kUnnamedField) return std::nullopt;
  if (layouts_->is_restricted(scope.layout, field)) return std::nullopt;
  return LayoutTarget{scope.layout, scope.rank, LayoutPart::kField, field};
}

bool PlaceChoice::AdmitTargets(PathId path, const Value& value,
                               std::size_t position) {
  const LayoutNode* node = layouts_->Find((*paths_)[path]);
  if (node == nullptr) return false;
  bool is_kept = false;
  for (const LayoutTarget& target : node->targets) {
    is_kept |= AdmitTarget(target, value, position);
  }
  return is_kept;
}

bool PlaceChoice::AdmitTarget(const LayoutTarget& target, const Value& value,
                              std::size_t position) {
  if (target.part == LayoutPart::kField) {
    placed_.push_back(
        {target.field, value, target.layout, target.rank, position});
    return true;
  }
  const bool is_text =
      value.kind == ValueKind::kString || value.kind == ValueKind::kNumber;
  BestText& best = texts_[target.layout][static_cast<std::size_t>(target.part)];
  if (!is_text || target.rank >= best.rank) return false;
  best = {target.rank, value.text};
  return true;
}

std::optional<Placement> PlaceChoice::PlacementOf(PathId object,
                                                  std::string_view key,
                                                  PathId member) {
  Finding finding;
  const auto add = [&finding](std::span<const LayoutTarget> targets) {
    for (const LayoutTarget& target : targets) {
      finding.is_whole &= finding.placement.targets.Add(target);
    }
  };
  const auto add_path = [&](PathId path) {
    const LayoutNode* node = layouts_->Find((*paths_)[path]);
    if (node != nullptr) add(node->targets);
  };
  finding_ = &finding;
  const Cursors outer = Follow(object, key);
  finding_ = nullptr;
  if (IsNamed(member)) {
    finding.placement.field = (*paths_)[member].field;
    add_path(member);
  }
  for (std::uint32_t i = current_.begin; i < current_.end; ++i) {
    if (cursors_[i].scope == kFromRoot) {
      add_path(cursors_[i].path);
    } else if (const auto target = TargetOf(cursors_[i])) {
      add({&*target, 1});
    }
  }
  Leave(outer);
  if (!finding.is_whole) return std::nullopt;
  return finding.placement;
}

bool PlaceChoice::EndEvent(std::vector<FieldValue>& values) {
  if (missing_.empty()) return false;
  ChooseLayout();
  if (!layout_ || placed_.empty() ||
      !layouts_->has_places(static_cast<std::uint32_t>(*layout_))) {
    return false;
  }
  Rank(values);
  const bool displaced = Displace(values);
  Place(values);
  return displaced;
}

void PlaceChoice::ChooseLayout() {
  if (layouts_->forced()) {
    layout_ = layouts_->forced();
    return;
  }
  const auto found = std::find(missing_.begin(), missing_.end(), 0u);
  if (found == missing_.end()) return;
  layout_ = static_cast<std::size_t>(found - missing_.begin());
}

// Finds the best place that each field is in.
void PlaceChoice::Rank(const std::vector<FieldValue>& values) {
  const auto layout = static_cast<std::uint32_t>(*layout_);
  const auto add = [this](FieldId field, PlaceRank rank, ValueKind kind) {
    Best& best = best_[static_cast<std::size_t>(field)];
    if (best.event != event_ || rank < best.rank) best = {event_, rank, false};
    if (rank == best.rank) best.has_scalar |= kind != ValueKind::kObject;
  };
  for (const FieldValue& value : values) {
    if (value.field == kUnnamedField) continue;
    add(value.field, layouts_->own_rank(layout, value.field), value.value.kind);
  }
  for (const Placed& placed : placed_) {
    if (placed.layout == layout) {
      add(placed.field, placed.rank, placed.value.kind);
    }
  }
}

// Takes the field from values under its own name if there is a better place.
bool PlaceChoice::Displace(std::vector<FieldValue>& values) {
  const auto layout = static_cast<std::uint32_t>(*layout_);
  bool displaced = false;
  for (FieldValue& value : values) {
    if (value.field == kUnnamedField) continue;
    const Best& best = best_[static_cast<std::size_t>(value.field)];
    if (layouts_->own_rank(layout, value.field) == best.rank) continue;
    value.field = kUnnamedField;
    displaced = true;
  }
  return displaced;
}

void PlaceChoice::Place(std::vector<FieldValue>& values) {
  for (const Placed& placed : placed_) {
    const Best& best = best_[static_cast<std::size_t>(placed.field)];
    if (placed.layout != *layout_ || placed.rank != best.rank) continue;
    // An object around a text is no value beside it.
    if (placed.value.kind == ValueKind::kObject && best.has_scalar) continue;
    if (placed.position != kNotListed &&
        values[placed.position].field == kUnnamedField) {
      values[placed.position].field = placed.field;
    } else {
      values.push_back({placed.field, placed.value});
    }
  }
}

std::string_view PlaceChoice::TextOf(LayoutPart part) const {
  if (!layout_) return {};
  return texts_[*layout_][static_cast<std::size_t>(part)].text;
}

}  // namespace hypersigma::internal
