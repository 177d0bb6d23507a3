// Chooses between the ways in which one event reaches a dotted field name.
//
// In {"a.b": 1, "a": {"b": 2}} the field `a.b` is 1: in each object the literal
// key wins, then the shortest first part that finds anything. The reader sees
// the ways in the order of the text, so that a better one may come late and
// take the field from values already given. Source: design document
// "semantics", 3.2.

#ifndef HYPERSIGMA_LIB_INPUT_SPLIT_CHOICE_H_
#define HYPERSIGMA_LIB_INPUT_SPLIT_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hypersigma/event.h"
#include "lib/input/field_paths.h"

namespace hypersigma::internal {

// Follows one event after the other. Borrows the paths. Never allocates once
// warm.
class SplitChoice {
 public:
  explicit SplitChoice(const FieldPaths& paths)
      : paths_(&paths), choices_(paths.split_count()) {}

  void BeginEvent() {
    objects_.clear();
    displaced_ = false;
  }

  // Whether values of this event have lost their field.
  bool displaced() const { return displaced_; }

  // An object that has members on paths; calls nest.
  void EnterObject() { objects_.push_back({++last_object_, kNoPath}); }
  void LeaveObject() { objects_.pop_back(); }

  // The member of the innermost object that is read next.
  void SetMember(PathId path) { objects_.back().member = path; }

  // Returns whether a value found now at `path` belongs to its field: false
  // when a better way has found something. When this way is better than an
  // earlier one, the values that one gave lose the field: `values` then gets
  // kUnnamedField there. REQUIRES: path.has_splits.
  bool Admit(const Path& path, std::vector<FieldValue>& values);

 private:
  struct Object {
    std::uint64_t serial = 0;
    PathId member = kNoPath;
  };
  // What one object has found for one field.
  struct Choice {
    std::uint64_t object = 0;
    std::uint32_t rank = 0;  // 0 is best: the literal key
    std::size_t first_value = 0;
  };

  const FieldPaths* paths_;
  std::vector<Choice> choices_;  // by Path::first_split, then nesting
  std::vector<Object> objects_;
  std::uint64_t last_object_ = 0;
  bool displaced_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_SPLIT_CHOICE_H_
