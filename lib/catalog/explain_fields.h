// The fields and values of an event that an explanation speaks of.

#ifndef HYPERSIGMA_LIB_CATALOG_EXPLAIN_FIELDS_H_
#define HYPERSIGMA_LIB_CATALOG_EXPLAIN_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hypersigma/event.h"
#include "hypersigma/explanation.h"
#include "lib/base/field_table.h"
#include "lib/engine/event_values.h"

namespace hypersigma::internal {

// Lists each once. Borrows names and values; not thread safe.
class FieldList {
 public:
  // From fields to the members that the taxonomy takes for them.
  using Aliases = absl::flat_hash_map<FieldId, FieldId>;

  FieldList(const FieldTable& names, const EventValues& values,
            const Aliases& aliases)
      : names_(&names), values_(&values), aliases_(&aliases) {}

  // Returns the position of `field`, which is listed with its first values if
  // it was not yet; kUnnamedField: that of keywords, without values.
  std::size_t PositionOf(FieldId field);

  // Returns the place of a value of `field`, by its position in EventValues,
  // which is listed if it was not yet.
  ValuePlace PlaceOf(FieldId field, std::uint32_t value);

  const std::vector<SeenField>& fields() const { return fields_; }
  std::vector<SeenField> Take() && { return std::move(fields_); }

 private:
  std::size_t Add(FieldId field);
  void AddValue(std::size_t position, std::uint32_t value);

  const FieldTable* names_;
  const EventValues* values_;
  const Aliases* aliases_;
  std::vector<SeenField> fields_;
  absl::flat_hash_map<FieldId, std::size_t> positions_;
  absl::flat_hash_map<std::pair<std::size_t, std::uint32_t>, std::size_t>
      listed_;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_EXPLAIN_FIELDS_H_
