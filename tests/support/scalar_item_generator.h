// Random items about types, numbers, networks, presence and regexes.

#ifndef HYPERSIGMA_TESTS_SUPPORT_SCALAR_ITEM_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_SCALAR_ITEM_GENERATOR_H_

#include <string>

#include "tests/support/item_generator.h"

namespace hypersigma::generator {

// Any of them.
GeneratedItem RandomScalarItem(const std::string& field, Random& random);

// `re`, with flags. An empty field makes a keyword item.
GeneratedItem RegexItem(const std::string& field, Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_SCALAR_ITEM_GENERATOR_H_
