#include "lib/engine/batch_routes.h"

#include <algorithm>

#include "lib/compile/predicate.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kNoRoute = 0xFFFFFFFFu;
// Classes of values that tell log sources; past that all is forgotten.
constexpr std::size_t kMaxClasses = std::size_t{1} << 16;

bool IsPlain(const BatchColumn& column) {
  return column.is_only && column.column->type.kind != ArrowKind::kList;
}

}  // namespace

BatchRoutes::BatchRoutes(const EngineState& engine,
                         const EvaluatorOptions& options)
    : engine_(&engine),
      is_off_(options.routing == Routing::kOff),
      finder_(engine.router(), options.routing, options.log_source),
      scratch_(engine.router().classifier()),
      values_(engine.plan().fields.size()) {}

bool BatchRoutes::Begin(std::span<const BatchColumn> columns) {
  const bool same = std::equal(
      columns.begin(), columns.end(), members_.begin(), members_.end(),
      [](const BatchColumn& column, FieldId member) {
        return column.member == member;
      });
  if (!same) {
    Clear();
    members_.clear();
    for (const BatchColumn& column : columns) {
      members_.push_back(column.member);
    }
  } else if (classes_.size() > kMaxClasses) {
    Clear();
  }
  ChooseColumns(columns);
  return same;
}

void BatchRoutes::ChooseColumns(std::span<const BatchColumn> columns) {
  routing_.clear();
  routing_columns_.clear();
  if (is_off_) return;
  for (const BatchColumn& column : columns) {
    if (!TellsLogSource(column.member)) continue;
    routing_.push_back({column, {}});
    routing_columns_.push_back(column);
  }
}

bool BatchRoutes::TellsLogSource(FieldId member) const {
  if (member == kUnnamedField) return false;
  const Router& router = engine_->router();
  const Router::StatedFields& stated = router.stated_fields();
  return router.classifier().IsTested(member) || member == stated.product ||
         member == stated.category || member == stated.service;
}

void BatchRoutes::Clear() {
  classes_.clear();
  states_ = RowStates();
  of_states_.clear();
  routes_.clear();
  numbers_.clear();
  // Their classes are no more.
  for (RoutingColumn& routing : routing_) routing.table = ValueTable();
}

void BatchRoutes::Find(std::size_t begin, std::size_t count,
                       std::vector<std::uint32_t>& numbers) {
  numbers.clear();
  for (std::size_t row = begin; row < begin + count; ++row) {
    StateId state = kFirstState;
    for (std::uint32_t i = 0; i < routing_.size(); ++i) {
      state = states_.Step(state, i, ClassOf(routing_[i], row));
    }
    if (state == kOwnState) {
      numbers.push_back(FindFor(row));
    } else {
      if (state >= of_states_.size()) of_states_.resize(state + 1, kNoRoute);
      if (of_states_[state] == kNoRoute) of_states_[state] = FindFor(row);
      numbers.push_back(of_states_[state]);
    }
    if (routes_.size() >= kMaxLive) return;
  }
}

ClassId BatchRoutes::ClassOf(RoutingColumn& routing, std::size_t row) {
  if (!IsPlain(routing.column)) return kOwnClass;
  const ArrowColumn* values = routing.column.column;
  if (values->IsNull(row)) return kNoClass;
  std::size_t at = row;
  const bool has_dictionary = values->dictionary != nullptr;
  if (has_dictionary) {
    at = values->Position(row);
    values = values->dictionary.get();
    if (values->IsNull(at)) return kNoClass;
  }
  const auto classify = [&] {
    return Classify(routing.column.member, values->ValueAt(at, number_));
  };
  const ValueTable::Place place =
      has_dictionary ? ValueTable::OfBits(at) : PlaceOf(*values, at);
  const ClassId known = routing.table.Find(place);
  if (known != ValueTable::kUnknown) return known;
  const ClassId value_class = classify();
  routing.table.Store(place, value_class);
  return value_class;
}

// Values under which the same tests hold are of one class, unless events state
// their log source by them.
ClassId BatchRoutes::Classify(FieldId member, const Value& value) {
  if (value.kind == ValueKind::kNull) return kNoClass;
  const FieldValue pair{member, value};
  values_.Assign({&pair, 1});
  engine_->router().classifier().Test(values_, scratch_);
  std::vector<std::uint32_t> tests(scratch_.tests.members().begin(),
                                   scratch_.tests.members().end());
  std::sort(tests.begin(), tests.end());
  key_.assign(reinterpret_cast<const char*>(tests.data()),
              tests.size() * sizeof tests[0]);
  const Router::StatedFields& stated = engine_->router().stated_fields();
  if (member == stated.product || member == stated.category ||
      member == stated.service) {
    key_.append(1, value.kind == ValueKind::kString ? 's' : 'n')
        .append(value.text);
  }
  const auto next = static_cast<ClassId>(classes_.size() + 1);
  if (next >= kOwnClass) return kOwnClass;
  return classes_.try_emplace(key_, next).first->second;
}

std::uint32_t BatchRoutes::FindFor(std::size_t row) {
  values_.Assign(row_.Read(routing_columns_, row));
  const std::shared_ptr<const Route>& route = finder_.FindKept(values_);
  const auto [found, is_new] = numbers_.try_emplace(
      route.get(), static_cast<std::uint32_t>(routes_.size()));
  if (is_new) routes_.push_back(route);
  return found->second;
}

}  // namespace hypersigma::internal
