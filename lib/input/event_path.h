// The way from a JSON value to the events in it, by the names of members.

#ifndef HYPERSIGMA_LIB_INPUT_EVENT_PATH_H_
#define HYPERSIGMA_LIB_INPUT_EVENT_PATH_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hypersigma::internal {

// Not thread safe: keeps a buffer.
class EventPath {
 public:
  // Where a value is on the way: how much of the path leads to it.
  using Position = std::size_t;
  // Not on it.
  static constexpr Position kNowhere = static_cast<Position>(-1);

  // `path` names members with a dot between them. "" leads nowhere else: the
  // values are events themselves.
  explicit EventPath(std::string path) : path_(std::move(path)) {}

  // Where events are.
  Position end() const { return path_.size(); }

  // Returns the position of a member of an object at `object`, which is before
  // the end. `raw` is its name as JSON writes it, quotes left out; it may be
  // several names with dots between them.
  Position Member(Position object, std::string_view raw);

  // No longer name, as JSON writes it, is on the way.
  std::size_t max_raw_bytes() const { return 6 * path_.size(); }

 private:
  std::string path_;
  std::vector<char> raw_;
  std::vector<char> key_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_EVENT_PATH_H_
