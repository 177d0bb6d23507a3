#include "lib/base/field_table.h"

#include <cstdint>
#include <functional>

namespace hypersigma::internal {

std::size_t FieldTable::Hash::operator()(std::string_view name) const {
  return std::hash<std::string_view>{}(name);
}

FieldId FieldTable::Intern(std::string_view name) {
  if (const FieldId known = Find(name); known != kUnnamedField) return known;
  const FieldId id{static_cast<std::uint32_t>(names_.size())};
  names_.emplace_back(name);
  ids_.emplace(std::string(name), id);
  return id;
}

FieldId FieldTable::Find(std::string_view name) const {
  const auto it = ids_.find(name);
  return it == ids_.end() ? kUnnamedField : it->second;
}

}  // namespace hypersigma::internal
