#include "lib/engine/route_finder.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "lib/base/limits.h"

namespace hypersigma::internal {
namespace {

std::string TextOf(const EventValues& values, FieldId field) {
  const std::uint32_t at = values.First(field);
  if (at == kNoValue || values.all()[at].kind != ValueKind::kString) return {};
  const std::string_view text = values.At(at).text;
  return std::string(text.size() > kMaxLogSourceBytes ? "" : text);
}

// What is read of an event to find its route.
std::vector<RoutingMember> MembersOf(const Router& router) {
  std::vector<RoutingMember> members = router.classifier().Members();
  const Router::StatedFields& stated = router.stated_fields();
  if (stated.product == kUnnamedField) return members;
  for (const FieldId field :
       {stated.product, stated.category, stated.service}) {
    members.push_back({field, kMaxLogSourceBytes});
  }
  return members;
}

}  // namespace

RouteFinder::RouteFinder(const Router& router, Routing routing,
                         std::optional<LogSource> stated)
    : router_(&router),
      routing_(routing),
      stated_(std::move(stated)),
      memo_(MembersOf(router)),
      scratch_(router.classifier()),
      all_(std::make_shared<const Route>(
          routing == Routing::kOff ? router.AllRules() : Route())) {}

const Route& RouteFinder::Find(const EventValues& values) {
  if (routing_ == Routing::kOff) return *all_;
  if (const Route* const known = memo_.Find(values)) return *known;
  const Route& route = Classify(values);
  memo_.Store(route);
  return route;
}

const Route& RouteFinder::Classify(const EventValues& values) {
  router_->classifier().Test(values, scratch_);
  const std::optional<LogSource> said =
      stated_.has_value() ? std::nullopt : StatedBy(values);
  SetKey(scratch_.tests.members(), said, key_);
  auto found = by_tests_.find(absl::string_view(key_.data(), key_.size()));
  if (found == by_tests_.end()) {
    if (by_tests_.size() >= kMaxRoutes) {
      memo_.Clear();
      by_tests_.clear();
      by_entries_.clear();
    }
    found = by_tests_.emplace(key_, Share(said)).first;
  }
  return *found->second;
}

// How many numbers, the numbers, and the texts of `said`, each behind its size.
void RouteFinder::SetKey(std::span<const std::uint32_t> numbers,
                         const std::optional<LogSource>& said,
                         std::string& key) {
  key.assign(std::to_string(numbers.size())).append(1, ' ');
  key.append(reinterpret_cast<const char*>(numbers.data()),
             numbers.size_bytes());
  if (!said.has_value()) return;
  for (const std::string* text :
       {&said->product, &said->category, &said->service}) {
    key.append(std::to_string(text->size())).append(1, ' ').append(*text);
  }
}

// Events of which other tests hold are mostly the same to all entries. What is
// known of a route is known of all of them then.
std::shared_ptr<const Route> RouteFinder::Share(
    const std::optional<LogSource>& said) {
  const std::vector<std::uint32_t> entries =
      router_->classifier().EntriesOf(scratch_.tests);
  std::string key;
  SetKey(entries, said, key);
  std::shared_ptr<const Route>& shared = by_entries_[key];
  if (shared == nullptr) {
    auto route = std::make_shared<Route>(Make(entries, said));
    route->serial = ++last_serial_;
    shared = std::move(route);
  }
  return shared;
}

std::optional<LogSource> RouteFinder::StatedBy(
    const EventValues& values) const {
  const Router::StatedFields& fields = router_->stated_fields();
  if (fields.product == kUnnamedField) return std::nullopt;
  LogSource source{TextOf(values, fields.product),
                   TextOf(values, fields.category),
                   TextOf(values, fields.service)};
  if (source == LogSource()) return std::nullopt;
  return source;
}

// `said`: by the event, where its word counts.
Route RouteFinder::Make(std::span<const std::uint32_t> entries,
                        const std::optional<LogSource>& said) const {
  Route route = router_->ForEntries(entries, routing_ == Routing::kStrict);
  const std::optional<LogSource>& stated = stated_.has_value() ? stated_ : said;
  if (stated.has_value()) router_->State(*stated, route);
  return route;
}

}  // namespace hypersigma::internal
