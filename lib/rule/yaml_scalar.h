// What an unquoted YAML scalar is: YAML 1.2 core typing with one deviation,
// and where a place inside a scalar stands in the source.
// Source: design document "semantics", 1.1.

#ifndef HYPERSIGMA_LIB_RULE_YAML_SCALAR_H_
#define HYPERSIGMA_LIB_RULE_YAML_SCALAR_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "lib/base/source.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

struct TypedScalar {
  YamlNode::Kind kind = YamlNode::Kind::kString;
  std::string text;  // as in YamlNode
};

// Types a plain scalar. Digits with a redundant leading zero, `.inf` and `.nan`
// (more likely a file's extension than a number no event can hold) and
// hexadecimal or octal numbers over 64 digits are strings.
TypedScalar TypePlainScalar(std::string_view text);

// Returns `text` as a scalar of the type that an explicit tag asks for;
// nullopt when it cannot be one.
std::optional<TypedScalar> TypeTaggedScalar(YamlNode::Kind kind,
                                            std::string_view text);

// Returns the range of the bytes [begin, end) of `scalar.text` in the source,
// if the scalar stands there unescaped on one line; otherwise the scalar's
// range.
SourceRange PlaceInScalar(const Source& source, const YamlNode& scalar,
                          std::size_t begin, std::size_t end);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_YAML_SCALAR_H_
