// Where the layouts of events have fields: places, as paths.
//
// Adds the places' members to field_paths, so that an event that has none of
// them costs nothing. Read by place_choice. A place `a.b.*` says that every
// field may be a member of `a.b`; its names are not copied there but looked up
// among the names themselves, from their root.

#ifndef HYPERSIGMA_LIB_INPUT_LAYOUT_PATHS_H_
#define HYPERSIGMA_LIB_INPUT_LAYOUT_PATHS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/base/field_table.h"
#include "lib/input/field_paths.h"
#include "lib/input/layout.h"

namespace hypersigma::internal {

// How good a place is among those of one field in one layout; 0 is best.
using PlaceRank = std::uint32_t;
// The member of the field's own name, unless the layout says otherwise.
inline constexpr PlaceRank kOwnRank = 0xFFFFFFFEu;
inline constexpr PlaceRank kNoRank = 0xFFFFFFFFu;

// A place of all fields.
struct LayoutScope {
  std::uint32_t layout = 0;
  PlaceRank rank = 0;
};

// What stands in a place.
enum class LayoutPart : std::uint8_t {
  kTime,      // when the event happened
  kComputer,  // and on which one
  kField,
};

struct LayoutTarget {
  std::uint32_t layout = 0;
  PlaceRank rank = 0;
  LayoutPart part = LayoutPart::kField;
  FieldId field = kUnnamedField;  // of kField
};

// What layouts say of one path.
struct LayoutNode {
  std::vector<std::uint32_t> markers;
  std::vector<std::uint32_t> scopes;  // its members are fields
  std::vector<LayoutTarget> targets;
  PathId any = kNoPath;  // any one member
};

// Immutable. Size and cost to build: the places' lengths, and a number for each
// field and layout.
class LayoutPaths {
 public:
  // Adds to `paths`, which must have the names of `fields`. With `forced` all
  // other layouts are left out.
  LayoutPaths(std::span<const EventLayout> layouts,
              std::optional<std::size_t> forced, const FieldTable& fields,
              FieldPaths& paths);

  // nullptr when no layout says anything of the path itself.
  const LayoutNode* Find(const Path& path) const {
    return path.layout_node == kNoLayoutNode ? nullptr
                                             : &nodes_[path.layout_node];
  }

  std::size_t layout_count() const { return layouts_.size(); }
  const LayoutScope& scope(std::uint32_t id) const { return scopes_[id]; }
  // "" when objects do not stand for a text.
  std::string_view text_member(std::uint32_t layout) const {
    return layouts_[layout].text_member;
  }
  // The layout of each marker, and how many each layout has.
  std::span<const std::uint32_t> markers() const { return markers_; }
  std::uint32_t marker_count(std::uint32_t layout) const {
    return layouts_[layout].marker_count;
  }
  // Whether the layout has fields elsewhere than under their own names.
  bool has_places(std::uint32_t layout) const {
    return layouts_[layout].has_places;
  }
  // Whether the field is not sought in the places of all fields.
  bool is_restricted(std::uint32_t layout, FieldId field) const {
    return !layouts_[layout].restricted.empty() &&
           layouts_[layout].restricted[static_cast<std::size_t>(field)] != 0;
  }
  // How good the member of the field's own name is.
  PlaceRank own_rank(std::uint32_t layout, FieldId field) const {
    const Layout& of = layouts_[layout];
    return of.own_ranks.empty() ? kOwnRank
                                : of.own_ranks[static_cast<std::size_t>(field)];
  }
  // The layout that was forced.
  std::optional<std::size_t> forced() const { return forced_; }

 private:
  struct Layout {
    std::string text_member;
    std::uint32_t marker_count = 0;
    bool has_places = false;
    std::vector<char> restricted;      // by FieldId; empty: none
    std::vector<PlaceRank> own_ranks;  // by FieldId; empty: all kOwnRank
  };

  class Builder;

  std::vector<LayoutNode> nodes_;
  std::vector<LayoutScope> scopes_;
  std::vector<std::uint32_t> markers_;
  std::vector<Layout> layouts_;
  std::optional<std::size_t> forced_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LAYOUT_PATHS_H_
