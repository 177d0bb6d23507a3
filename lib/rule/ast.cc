// Questions asked of the AST.

#include "lib/rule/ast.h"

#include <algorithm>

namespace hypersigma::internal {

bool DetectionItem::Has(Modifier modifier) const {
  return std::find(modifiers.begin(), modifiers.end(), modifier) !=
         modifiers.end();
}

}  // namespace hypersigma::internal
