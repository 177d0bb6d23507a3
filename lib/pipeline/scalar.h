// Plain values of a pipeline: what states, attributes and conditions hold, and
// how two of them compare.

#ifndef HYPERSIGMA_LIB_PIPELINE_SCALAR_H_
#define HYPERSIGMA_LIB_PIPELINE_SCALAR_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lib/rule/yaml.h"

namespace hypersigma::internal {

struct Scalar {
  YamlNode::Kind kind = YamlNode::Kind::kNull;  // no list, no map
  std::string text;                             // as in YamlNode
};

// Returns the scalar `node`; nullopt for lists and maps.
std::optional<Scalar> ScalarOf(const YamlNode& node);

// Numbers compare as numbers, texts byte by byte, booleans and nulls are equal
// or unordered; so are two of different kinds.
std::partial_ordering Compare(const Scalar& a, const Scalar& b);

enum class Relation : std::uint8_t {
  kEq,
  kNe,
  kGte,
  kGt,
  kLte,
  kLt,
  kIn,
  kNotIn,
};

// The names of the relations, in their order.
std::span<const std::string_view> RelationNames();

// Returns whether `relation` holds for what compares as `ordering`.
// REQUIRES: not kIn, not kNotIn.
bool Holds(Relation relation, std::partial_ordering ordering);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_SCALAR_H_
