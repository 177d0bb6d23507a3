// Chooses the layout of an event, and among the places where that has a field.
//
// Follows the members of an event, next to split_choice, which knows only the
// fields' own names. What is found in the places of any layout is kept aside
// until the event's end: only then all its members are known. Source:
// docs/log_sources.md.

#ifndef HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_
#define HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/input/field_paths.h"
#include "lib/input/layout_paths.h"
#include "lib/input/placement.h"

namespace hypersigma::internal {

// Follows one event after the other. Borrows the paths. Never allocates once
// warm. Without layouts nothing of it need be called but EndEvent().
class PlaceChoice {
 public:
  PlaceChoice(const FieldPaths& paths, const LayoutPaths& layouts,
              std::size_t field_count);

  void BeginEvent();

  // Whether the value that is read may be in places that its path does not
  // tell. Then the members of an object have to be followed.
  bool has_cursors() const { return has_cursors_; }

  struct Cursors {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  // Steps to the member `key` of an object, whose path may be kNoPath. Returns
  // what Leave() takes to step back; calls nest. Needed when has_cursors(),
  // when the object's path leads, when the member's is in a layout, and for
  // kNoNamedPath. Cost: a look-up for each part of the key and each cursor.
  Cursors Follow(PathId object, std::string_view key);
  void Leave(Cursors outer) {
    cursors_.resize(current_.begin);
    current_ = outer;
    has_cursors_ = outer.begin != outer.end;
  }

  // Takes note of a value at `path` (or kNoPath), which will be at `position`
  // of the event's values or, if kNotListed, not among them. Returns whether
  // its text must be kept.
  static constexpr std::size_t kNotListed = static_cast<std::size_t>(-1);
  bool Admit(PathId path, const Value& value, std::size_t position);

  // Returns what becomes of every text and integer of the member `key`, whose
  // path is `member`, of an object at `object`; nullopt if that is too much to
  // be kept. REQUIRES: !has_cursors(), neither before nor when it is put;
  // `object` is not kNoPath, and the path of the member has no splits. Cost:
  // that of Follow().
  std::optional<Placement> PlacementOf(PathId object, std::string_view key,
                                       PathId member);

  // What Follow(), Admit() and Leave() would do with such a value.
  void Put(const Placement& placement, const Value& value,
           std::size_t position) {
    for (const std::uint32_t marker : placement.markers.all()) Mark(marker);
    for (const LayoutTarget& target : placement.targets.all()) {
      AdmitTarget(target, value, position);
    }
  }

  // Decides. Values whose places win get their fields, and are added if they
  // were not listed; those that lose are left with kUnnamedField. Returns
  // whether there are any of those.
  bool EndEvent(std::vector<FieldValue>& values);

  // Of the last event. nullopt: no layout is about it.
  std::optional<std::size_t> layout() const { return layout_; }
  // As written; empty when it says none.
  std::string_view time() const { return TextOf(LayoutPart::kTime); }
  std::string_view computer() const { return TextOf(LayoutPart::kComputer); }

 private:
  // One reading of where we are.
  struct Cursor {
    std::uint32_t scope = 0;  // kFromRoot: the path is from the event
    PathId path = kNoPath;
    bool is_text = false;  // of the object that has the path
  };
  struct Placed {
    FieldId field;
    Value value;
    std::uint32_t layout;
    PlaceRank rank;
    std::size_t position;
  };
  struct Best {
    std::uint64_t event = 0;
    PlaceRank rank = kNoRank;
    bool has_scalar = false;
  };
  struct BestText {
    PlaceRank rank = kNoRank;
    std::string_view text;
  };
  // Of kTime and kComputer.
  using Texts = std::array<BestText, 2>;

  void Walk(PathId path, std::string_view key, bool is_main);
  void Arrive(PathId path, std::optional<std::string_view> rest, bool is_main);
  void FollowName(const Cursor& cursor, std::string_view key);
  PathId TextOf(const Cursor& cursor, std::string_view key) const;
  void See(PathId path);
  void Mark(std::uint32_t marker);
  // The field of the cursor's path in its scope, if it has one there.
  std::optional<LayoutTarget> TargetOf(const Cursor& cursor) const;
  bool AdmitTarget(const LayoutTarget& target, const Value& value,
                   std::size_t position);
  bool AdmitTargets(PathId path, const Value& value, std::size_t position);
  std::string_view TextOf(LayoutPart part) const;
  void ChooseLayout();
  void Rank(const std::vector<FieldValue>& values);
  bool Displace(std::vector<FieldValue>& values);
  void Place(std::vector<FieldValue>& values);

  const FieldPaths* paths_;
  const LayoutPaths* layouts_;
  std::uint64_t event_ = 0;
  std::vector<Cursor> cursors_;
  Cursors current_;
  bool has_cursors_ = false;  // in current_
  // What is being found for a placement: markers do not count then.
  struct Finding {
    Placement placement;
    bool is_whole = true;
  };
  Finding* finding_ = nullptr;
  std::vector<std::uint64_t> seen_;     // by marker: the last event
  std::vector<std::uint32_t> missing_;  // by layout: markers not yet seen
  std::vector<Placed> placed_;
  std::vector<Texts> texts_;  // by layout
  std::vector<Best> best_;    // by FieldId
  std::optional<std::size_t> layout_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_
