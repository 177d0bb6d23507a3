// Random texts that overlap a lot, so that patterns and values meet.

#ifndef HYPERSIGMA_TESTS_SUPPORT_TEXT_GENERATOR_H_
#define HYPERSIGMA_TESTS_SUPPORT_TEXT_GENERATOR_H_

#include <string>
#include <string_view>

#include "lib/reference/pattern.h"
#include "tests/support/random.h"

namespace hypersigma::generator {

// Returns one to a few pieces of a small alphabet: ASCII words, characters that
// fold in unusual ways, dashes, backslashes, controls.
std::string RandomText(Random& random);

// Returns a Sigma string: pieces, wildcards, escapes, any number of
// backslashes. Rarely long.
std::string RandomSigmaSource(Random& random);

// Returns a Sigma string without wildcards and backslashes, with dashes that
// may begin a flag.
std::string RandomDashSource(Random& random);

// Returns filler of `size` characters or a little more, which itself holds
// pieces of the alphabet.
std::string RandomFiller(Random& random, std::size_t size);

// Returns a text that the pattern matches; with `swap_case` in another case.
std::string TextMatching(const reference::Pattern& pattern, bool swap_case,
                         Random& random);

// Returns `text` with some characters in their other case.
std::string SwapSomeCases(std::string_view text, Random& random);

// Returns `text` with another dash in place of one.
std::string SwapDash(std::string_view text, Random& random);

// Returns a text near `text`: a character more, less or other, invalid UTF-8,
// more text around it.
std::string Mutate(std::string_view text, Random& random);

}  // namespace hypersigma::generator

#endif  // HYPERSIGMA_TESTS_SUPPORT_TEXT_GENERATOR_H_
