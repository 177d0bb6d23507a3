#include "lib/catalog/explain_fields.h"

#include <string>

#include "lib/base/limits.h"
#include "lib/compile/predicate.h"

namespace hypersigma::internal {

std::size_t FieldList::PositionOf(FieldId field) {
  const auto known = positions_.find(field);
  return known != positions_.end() ? known->second : Add(field);
}

ValuePlace FieldList::PlaceOf(FieldId field, std::uint32_t value) {
  const std::size_t position = PositionOf(field);
  const auto known = listed_.find({position, value});
  if (known != listed_.end()) return {position, known->second};
  AddValue(position, value);
  if (field == kUnnamedField) ++fields_[position].value_count;
  return {position, fields_[position].values.size() - 1};
}

std::size_t FieldList::Add(FieldId field) {
  const std::size_t position = fields_.size();
  positions_[field] = position;
  fields_.emplace_back();
  if (field == kUnnamedField) {
    fields_[position].is_missing = values_->all().empty();
    return position;
  }
  const auto names = names_->names();
  fields_[position].name = names[Index(field)];
  const auto alias = aliases_->find(field);
  if (alias != aliases_->end()) {
    fields_[position].alias = names[Index(alias->second)];
  }
  for (std::uint32_t i = values_->First(field); i != kNoValue;
       i = values_->all()[i].next) {
    fields_[position].is_missing = false;
    if (fields_[position].value_count++ < kMaxSeenValues) AddValue(position, i);
  }
  return position;
}

void FieldList::AddValue(std::size_t position, std::uint32_t value) {
  const EventValue& seen = values_->At(value);
  listed_[{position, value}] = fields_[position].values.size();
  fields_[position].values.push_back(
      {seen.kind, std::string(seen.has_text() ? seen.text : ""), {}});
}

}  // namespace hypersigma::internal
