// Field names as paths: which member of which object a field is.
//
// A name such as `a.b.c` can be reached through the members a, b, c as well as
// through members whose own names hold dots. Every way to it gives the same
// path, because a path is the members' names joined by dots. Which way wins
// when there are several is left to split_choice.h. Paths that only layouts
// name are in the same tree; layout_paths.h says what they mean. Source: design
// document "semantics", 3.2.

#ifndef HYPERSIGMA_LIB_INPUT_FIELD_PATHS_H_
#define HYPERSIGMA_LIB_INPUT_FIELD_PATHS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/base/field_table.h"

namespace hypersigma::internal {

// A field name, or the part of one before a dot.
enum class PathId : std::uint32_t {};
inline constexpr PathId kRootPath{0};
// Nothing below this path is a field.
inline constexpr PathId kNoPath{0xFFFFFFFFu};
// The same, but a layout may have something there.
inline constexpr PathId kNoNamedPath{0xFFFFFFFEu};
// A path of which no layout says anything itself.
inline constexpr std::uint32_t kNoLayoutNode = 0xFFFFFFFFu;

struct Path {
  // kUnnamedField when the path only leads to fields.
  FieldId field = kUnnamedField;
  // Whether longer names begin with this path and a dot.
  bool has_members = false;
  // Whether `field` can be reached in several ways, and where its entries
  // begin, one for each object on the longest way. Otherwise unused.
  bool has_splits = false;
  // For the layouts: whether all members of it have to be followed, and whether
  // the way to it has to be followed part by part.
  bool leads = false;
  bool in_layout = false;
  std::uint32_t first_split = 0;
  // Length of the path's name.
  std::uint32_t name_bytes = 0;
  // What layouts say of it, a position in LayoutPaths, or kNoLayoutNode.
  std::uint32_t layout_node = kNoLayoutNode;

  // Whether a value here is that of `field`, whatever else the event has.
  bool is_plain() const {
    return !has_splits && !in_layout && layout_node == kNoLayoutNode;
  }
};

// The paths of all names of a table. Immutable once the layouts have added
// theirs. Building it, and its size, are linear in the names' lengths.
class FieldPaths {
 public:
  explicit FieldPaths(const FieldTable& fields);

  // Returns the path of the member `key` (unescaped) of an object at `object`,
  // kNoPath, or kNoNamedPath when a dotted key leads into a layout and is lost
  // there. Cost: one hash look-up; one for each part of a dotted key that is
  // not a whole name.
  PathId Member(PathId object, std::string_view key) const;

  // The same, of a key that is one part or a whole name; never kNoNamedPath.
  PathId Find(PathId object, std::string_view key) const;

  // REQUIRES: neither kNoPath nor kNoNamedPath.
  const Path& operator[](PathId path) const {
    return paths_[static_cast<std::size_t>(path)];
  }

  // For the layouts, which come last. Returns the path of a member `part`, new
  // or not, of objects at `object`.
  PathId AddMember(PathId object, std::string_view part);
  // Returns a path that no key leads to, for any one member.
  PathId AddAny(PathId object);
  Path& At(PathId path) { return paths_[static_cast<std::size_t>(path)]; }
  // Sets in_layout on everything below paths that lead or have it.
  void SpreadLayouts();

  // Entries that all paths with has_splits need together.
  std::uint32_t split_count() const { return split_count_; }

 private:
  struct Slot {
    PathId object = kNoPath;
    PathId member = kNoPath;  // kNoPath: the slot is free
    std::uint32_t key_begin = 0;
    std::uint32_t key_bytes = 0;
  };

  void AddName(std::string_view name, FieldId field);
  void AddSlot(PathId object, std::string_view key, PathId member);
  void Insert(const Slot& slot);

  std::vector<Path> paths_;
  std::vector<Slot> slots_;  // open addressing, a power of two
  std::size_t used_ = 0;
  std::string keys_;
  std::uint32_t split_count_ = 0;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_FIELD_PATHS_H_
