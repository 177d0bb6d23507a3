#include "lib/engine/batch_routes.h"

#include <algorithm>

#include "lib/base/limits.h"
#include "lib/compile/predicate.h"
#include "lib/engine/dictionary_classes.h"
#include "lib/engine/row_list.h"

namespace hypersigma::internal {
namespace {

constexpr std::uint32_t kNoRoute = 0xFFFFFFFFu;
// Classes of values that tell log sources; past that all is forgotten.
constexpr std::size_t kMaxClasses = std::size_t{1} << 16;

// Dictionaries up to this are kept by position.
constexpr std::size_t kMaxDictionary = std::size_t{1} << 16;

bool IsPlain(const BatchColumn& column) {
  return column.is_only && column.column->type.kind != ArrowKind::kList;
}

}  // namespace

BatchRoutes::BatchRoutes(const EngineState& engine,
                         const EvaluatorOptions& options)
    : engine_(&engine),
      is_off_(options.routing == Routing::kOff),
      longest_(engine.plan().fields.size()),
      finder_(engine.router(), options.routing, options.log_source),
      scratch_(engine.router().classifier()),
      values_(engine.plan().fields.size()) {
  for (const RoutingMember& member : engine.router().classifier().Members()) {
    longest_[Index(member.field)] = member.longest;
  }
  const Router::StatedFields& stated = engine.router().stated_fields();
  if (stated.product == kUnnamedField) return;
  for (const FieldId field :
       {stated.product, stated.category, stated.service}) {
    std::optional<std::size_t>& longest = longest_[Index(field)];
    longest = std::max(longest.value_or(0), kMaxLogSourceBytes);
  }
}

bool BatchRoutes::Begin(std::span<const BatchColumn> columns) {
  const bool same =
      std::equal(columns.begin(), columns.end(), members_.begin(),
                 members_.end(), [](const BatchColumn& column, FieldId member) {
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
    if (!Tells(column.member)) continue;
    RoutingColumn& routing = routing_.emplace_back();
    routing.column = column;
    routing.longest = *longest_[Index(column.member)];
    routing_columns_.push_back(column);
  }
}

void BatchRoutes::Clear() {
  classes_.clear();
  states_ = RowStates();
  of_states_.clear();
  routes_.clear();
  numbers_.clear();
  // Their classes are no more.
  for (RoutingColumn& routing : routing_) {
    routing.table = ValueTable();
    routing.of_positions.clear();
    routing.of_long_texts = ValueTable::kUnknown;
  }
}

void BatchRoutes::Find(std::size_t begin, std::size_t count,
                       std::vector<std::uint32_t>& numbers) {
  numbers.clear();
  const std::span<const StateId> states = FindStates(begin, count);
  if (states_.size() > of_states_.size()) {
    of_states_.resize(states_.size(), kNoRoute);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (states[i] == kOwnState) {
      numbers.push_back(FindFor(begin + i));
    } else {
      std::uint32_t& known = of_states_[states[i]];
      if (known == kNoRoute) known = FindFor(begin + i);
      numbers.push_back(known);
    }
    if (routes_.size() >= kMaxLive) return;
  }
}

std::span<const StateId> BatchRoutes::FindStates(std::size_t begin,
                                                 std::size_t count) {
  groups_.Begin(count, kFirstState);
  for (std::uint32_t i = 0; i < routing_.size(); ++i) {
    FillClasses(routing_[i], begin, count);
    groups_.Step(states_, i, classes_of_rows_, classes_.size() + 1);
  }
  return groups_.Finish();
}

void BatchRoutes::FillClasses(RoutingColumn& routing, std::size_t begin,
                              std::size_t count) {
  const ArrowColumn& column = *routing.column.column;
  if (!IsPlain(routing.column)) {
    classes_of_rows_.assign(count, kOwnClass);
    return;
  }
  classes_of_rows_.assign(count, kNoClass);
  if (column.dictionary == nullptr) {
    FillValues(routing, begin, count);
    return;
  }
  const ArrowColumn& values = *column.dictionary;
  const RowList rows = RowList::Run(begin, count);
  const bool is_small = values.row_count <= kMaxDictionary;
  if (is_small) {
    routing.of_positions.resize(values.row_count, ValueTable::kUnknown);
    if (!TakeClasses(column, rows, routing.of_positions, classes_of_rows_)) {
      return;
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (column.IsNull(begin + i)) continue;
    const std::size_t position = column.Position(begin + i);
    if (!is_small) {
      classes_of_rows_[i] = ClassOf(routing, values, position);
      continue;
    }
    if (classes_of_rows_[i] != ValueTable::kUnknown) continue;
    ClassId& known = routing.of_positions[position];
    if (known == ValueTable::kUnknown) {
      known = ClassOf(routing, values, position);
    }
    classes_of_rows_[i] = known;
  }
}

void BatchRoutes::FillValues(RoutingColumn& routing, std::size_t begin,
                             std::size_t count) {
  const ArrowColumn& column = *routing.column.column;
  if (column.type.kind == ArrowKind::kNull) return;
  // Neighbours mostly have the same value.
  TableValue last;
  ClassId of_last = ValueTable::kUnknown;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = begin + i;
    if (column.IsNull(row)) continue;
    const TableValue value = TableValueOf(column, row);
    if (value.text.size() > routing.longest) {
      // Long ones are alike and need not be looked at.
      classes_of_rows_[i] = ClassOf(routing, column, row);
      continue;
    }
    if (of_last == ValueTable::kUnknown || value != last) {
      of_last = ClassOf(routing, column, row);
      last = value;
    }
    classes_of_rows_[i] = of_last;
  }
}

ClassId BatchRoutes::ClassOf(RoutingColumn& routing, const ArrowColumn& values,
                             std::size_t row) {
  if (values.IsNull(row)) return kNoClass;
  if (ClassId* const kept = KeptFor(routing, values, row)) {
    if (*kept == ValueTable::kUnknown) {
      *kept = Classify(routing.column.member, values.ValueAt(row, number_));
    }
    return *kept;
  }
  const ValueTable::Place place =
      ValueTable::PlaceOf(TableValueOf(values, row));
  ClassId known = routing.table.Find(place);
  if (known == ValueTable::kUnknown) {
    known = Classify(routing.column.member, values.ValueAt(row, number_));
    routing.table.Store(place, known);
  }
  return known;
}

ClassId* BatchRoutes::KeptFor(RoutingColumn& routing, const ArrowColumn& values,
                              std::size_t row) {
  const bool is_text = values.type.kind == ArrowKind::kText ||
                       values.type.kind == ArrowKind::kTextView;
  if (!is_text || values.Text(row).size() <= routing.longest) return nullptr;
  return &routing.of_long_texts;
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
    // Others say nothing, nor do long ones.
    const bool counts = value.kind == ValueKind::kString &&
                        value.text.size() <= kMaxLogSourceBytes;
    key_.append(1, counts ? 's' : 'n').append(counts ? value.text : "");
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
