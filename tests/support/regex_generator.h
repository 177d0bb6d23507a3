// Random regular expressions, each with a text that it probably matches.

#ifndef HYPERSIGMA_TESTS_SUPPORT_REGEX_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_REGEX_GENERATOR_H_

#include <string>

#include "tests/support/random.h"

namespace hypersigma::generator {

struct RegexSample {
  std::string regex;
  std::string text;
};

RegexSample RandomRegex(Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_REGEX_GENERATOR_H_
