// JsonValue -> JSON text.

#ifndef HYPERSIGMA_TESTS_SUPPORT_JSON_WRITER_H_
#define HYPERSIGMA_TESTS_SUPPORT_JSON_WRITER_H_

#include <string>

#include "lib/reference/json_value.h"
#include "tests/support/random.h"

namespace hypersigma::reference {

// Returns the shortest form. Bytes that are not UTF-8 are written as they are.
std::string WriteJson(const JsonValue& value);

// Returns one of the many forms with the same meaning: blanks, \u escapes,
// escaped slashes, rarely raw control bytes.
std::string WriteJsonRandomly(const JsonValue& value,
                              generator::Random& random);

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_TESTS_SUPPORT_JSON_WRITER_H_
