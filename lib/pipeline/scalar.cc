#include "lib/pipeline/scalar.h"

#include <array>

#include "lib/base/number.h"

namespace hypersigma::internal {
namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 8> kRelationNames{
    "eq", "ne", "gte", "gt", "lte", "lt", "in", "not_in"};

std::partial_ordering OrderingOf(int comparison) {
  if (comparison < 0) return std::partial_ordering::less;
  return comparison > 0 ? std::partial_ordering::greater
                        : std::partial_ordering::equivalent;
}

}  // namespace

std::optional<Scalar> ScalarOf(const YamlNode& node) {
  if (!node.is_scalar()) return std::nullopt;
  return Scalar{node.kind, node.text};
}

std::partial_ordering Compare(const Scalar& a, const Scalar& b) {
  const auto is_number = [](const Scalar& scalar) {
    return scalar.kind == Kind::kInteger || scalar.kind == Kind::kFloat;
  };
  if (is_number(a) && is_number(b)) {
    const std::optional<Number> left = Number::Parse(a.text);
    const std::optional<Number> right = Number::Parse(b.text);
    if (left.has_value() && right.has_value()) {
      return Number::Compare(*left, *right);
    }
  }
  if (a.kind != b.kind) return std::partial_ordering::unordered;
  if (a.kind == Kind::kString) return OrderingOf(a.text.compare(b.text));
  return a.text == b.text ? std::partial_ordering::equivalent
                          : std::partial_ordering::unordered;
}

std::span<const std::string_view> RelationNames() { return kRelationNames; }

bool Holds(Relation relation, std::partial_ordering ordering) {
  switch (relation) {
    case Relation::kEq:
      return ordering == 0;
    case Relation::kNe:
      return ordering != 0;
    case Relation::kGte:
      return ordering >= 0;
    case Relation::kGt:
      return ordering > 0;
    case Relation::kLte:
      return ordering <= 0;
    case Relation::kLt:
      return ordering < 0;
    case Relation::kIn:
    case Relation::kNotIn:
      break;
  }
  return false;
}

}  // namespace hypersigma::internal
