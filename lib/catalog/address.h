// Names that may stand in an address and last as long as what they name.

#ifndef HYPERSIGMA_LIB_CATALOG_ADDRESS_H_
#define HYPERSIGMA_LIB_CATALOG_ADDRESS_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace hypersigma::internal {

// Returns 16 hexadecimal digits that depend on the parts and on where one ends.
std::string AddressOf(std::initializer_list<std::string_view> parts);

// Returns the id of a rule in lower case if it may stand in an address as it
// is, else nothing.
std::string AddressOfId(std::string_view id);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_CATALOG_ADDRESS_H_
