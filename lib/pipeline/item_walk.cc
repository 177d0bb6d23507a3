#include "lib/pipeline/item_walk.h"

#include <iterator>
#include <utility>
#include <vector>

namespace hypersigma::internal {
namespace {

using Kind = Detection::Kind;

void Walk(WorkDetection& detection, RuleRun& run,
          const std::function<void(WorkDetection&)>& change) {
  if (run.failed()) return;
  if (detection.kind == Kind::kItem) {
    change(detection);
    return;
  }
  bool can_merge = false;
  for (WorkDetection& child : detection.children) {
    const bool was_item = child.kind == Kind::kItem;
    Walk(child, run, change);
    can_merge = can_merge || (was_item && child.kind == detection.kind);
  }
  if (!can_merge) return;
  std::vector<WorkDetection> children;
  for (WorkDetection& child : detection.children) {
    // Of an empty group nothing is left either way.
    if (child.kind != detection.kind) {
      children.push_back(std::move(child));
      continue;
    }
    children.insert(children.end(),
                    std::make_move_iterator(child.children.begin()),
                    std::make_move_iterator(child.children.end()));
  }
  detection.children = std::move(children);
}

}  // namespace

void ForEachItem(RuleRun& run,
                 const std::function<void(WorkDetection&)>& change) {
  for (WorkSelection& selection : run.rule().selections) {
    Walk(selection.detection, run, change);
  }
}

}  // namespace hypersigma::internal
