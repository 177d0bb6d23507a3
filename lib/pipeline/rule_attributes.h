// The attributes of a rule as pipelines see them.

#ifndef HYPERSIGMA_LIB_PIPELINE_RULE_ATTRIBUTES_H_
#define HYPERSIGMA_LIB_PIPELINE_RULE_ATTRIBUTES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hypersigma/rule_set.h"
#include "lib/pipeline/scalar.h"

namespace hypersigma::internal {

enum class AttributeType : std::uint8_t {
  kText,    // equal or not
  kLevel,   // informational to critical
  kStatus,  // unsupported to stable
  kDate,
  kList,    // of texts: has one, or not
  kCustom,  // what set_custom_attribute gave it
};

// Returns the type of the attribute that rules write as `name`; kCustom for
// names that Sigma does not have.
AttributeType TypeOfAttribute(std::string_view name);

// Returns whether Sigma has the attribute and `Rule` does not keep it.
bool IsUnkeptAttribute(std::string_view name);

// Returns whether `relation` makes sense for attributes of the type.
bool IsRelationFor(AttributeType type, Relation relation);

// Returns whether `value` can be compared with attributes of the type: the name
// of a level or status, a date.
bool IsValueFor(AttributeType type, const Scalar& value);

// Returns the attribute as one value: none where the rule does not set it.
// REQUIRES: neither kList nor kCustom.
std::optional<Scalar> AttributeOf(const Rule& rule, std::string_view name);

// The attribute's texts. REQUIRES: kList.
const std::vector<std::string>& AttributeListOf(const Rule& rule,
                                                std::string_view name);

// Compares an attribute of the type with the value of a condition.
std::partial_ordering CompareAttribute(AttributeType type,
                                       const Scalar& attribute,
                                       const Scalar& value);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_RULE_ATTRIBUTES_H_
