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
  const std::span<const std::uint32_t> tests = scratch_.tests.members();
  key_.assign(reinterpret_cast<const char*>(tests.data()), tests.size_bytes());
  if (said.has_value()) {
    for (const std::string* text :
         {&said->product, &said->category, &said->service}) {
      // No text holds what two of these surround, however it is chosen.
      key_.append(1, '\0').append(std::to_string(text->size()));
      key_.append(1, '\0').append(*text);
    }
  }
  auto found = routes_.find(absl::string_view(key_.data(), key_.size()));
  if (found == routes_.end()) {
    if (routes_.size() >= kMaxRoutes) {
      memo_.Clear();
      routes_.clear();
    }
    auto route = std::make_shared<Route>(Make(said));
    route->serial = ++last_serial_;
    found = routes_.emplace(key_, std::move(route)).first;
  }
  return *found->second;
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
Route RouteFinder::Make(const std::optional<LogSource>& said) const {
  const std::vector<std::uint32_t> entries =
      router_->classifier().EntriesOf(scratch_.tests);
  Route route = router_->ForEntries(entries, routing_ == Routing::kStrict);
  const std::optional<LogSource>& stated = stated_.has_value() ? stated_ : said;
  if (stated.has_value()) router_->State(*stated, route);
  return route;
}

}  // namespace hypersigma::internal
