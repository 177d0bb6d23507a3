// Chooses the layout of an event, and among the places where that has a field.
//
// Follows the members of an event, next to split_choice, which knows only the
// fields' own names. What is found in the places of any layout is kept aside
// until the event's end: only then all its members are known. Source:
// docs/log_sources.md.

#ifndef HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_
#define HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "hypersigma/event.h"
#include "lib/input/field_paths.h"
#include "lib/input/layout_paths.h"

namespace hypersigma::internal {

// Where a value is: its path from the event, and what it may be besides.
struct Spot {
  PathId path = kNoPath;
  // Cursors of PlaceChoice.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool has_cursors() const { return begin != end; }
  bool is_nowhere() const { return path == kNoPath && !has_cursors(); }
};

// Follows one event after the other. Borrows the paths. Never allocates once
// warm. Without layouts nothing of it need be called but EndEvent().
class PlaceChoice {
 public:
  PlaceChoice(const FieldPaths& paths, const LayoutPaths& layouts,
              std::size_t field_count);

  void BeginEvent();

  // Whether the members of `object` have to be followed.
  bool Leads(const Spot& object) const {
    return object.has_cursors() || (*paths_)[object.path].leads;
  }

  // Returns the spot of the member `key` of `object`, whose path is `path`,
  // valid until Leave() of it; calls nest. Needed when Leads(object) or when
  // FieldPaths::Member() said so. Cost: a look-up for each part of the key and
  // each cursor.
  Spot Follow(const Spot& object, PathId path, std::string_view key);
  void Leave(const Spot& member) { cursors_.resize(member.begin); }

  // Takes note of a value, which will be at `position` of the event's values
  // or, if kNotListed, not among them. Returns whether its text must be kept.
  static constexpr std::size_t kNotListed = static_cast<std::size_t>(-1);
  bool Admit(const Spot& spot, const Value& value, std::size_t position);

  // Decides. Values whose places win get their fields, and are added if they
  // were not listed; those that lose are left with kUnnamedField. Returns
  // whether there are any of those.
  bool EndEvent(std::vector<FieldValue>& values);

  // Of the last event. nullopt: no layout is about it.
  std::optional<std::size_t> layout() const { return layout_; }
  // As written; empty when it says none.
  std::string_view time() const;

 private:
  // One reading of where we are.
  struct Cursor {
    std::uint32_t scope = 0;  // kFromRoot: the path is from the event
    PathId path = kNoPath;
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
  struct Time {
    PlaceRank rank = kNoRank;
    std::string_view text;
  };

  void Walk(PathId path, std::string_view key, bool is_main);
  void Arrive(PathId path, std::optional<std::string_view> rest, bool is_main);
  void FollowName(const Cursor& cursor, std::string_view key);
  PathId TextOf(const Cursor& cursor, std::string_view key) const;
  void See(PathId path);
  bool AdmitTargets(PathId path, const Value& value, std::size_t position);
  void ChooseLayout();
  void Rank(const std::vector<FieldValue>& values);
  bool Displace(std::vector<FieldValue>& values);
  void Place(std::vector<FieldValue>& values);

  const FieldPaths* paths_;
  const LayoutPaths* layouts_;
  std::uint64_t event_ = 0;
  std::vector<Cursor> cursors_;
  std::vector<std::uint64_t> seen_;     // by marker: the last event
  std::vector<std::uint32_t> missing_;  // by layout: markers not yet seen
  std::vector<Placed> placed_;
  std::vector<Time> times_;  // by layout
  std::vector<Best> best_;   // by FieldId
  std::optional<std::size_t> layout_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_PLACE_CHOICE_H_
