#include "lib/input/key_memo.h"

#include <algorithm>

namespace hypersigma::internal {

void KeyMemo::Store(PathId object, std::string_view name, PathId member) {
  if (name.size() > 2 * kWord + kMaxMiddleBytes) return;
  const Ends ends = EndsOf(name);
  std::array<Entry, 2>& set = sets_[SetOf(object, name, ends)];
  set[1] = set[0];
  Entry& entry = set[0];
  entry.ends = ends;
  entry.object = object;
  entry.member = member;
  entry.name_bytes = static_cast<std::uint32_t>(name.size());
  if (name.size() <= 2 * kWord) return;
  name.remove_prefix(kWord);
  name.remove_suffix(kWord);
  std::copy(name.begin(), name.end(), entry.middle.begin());
}

}  // namespace hypersigma::internal
