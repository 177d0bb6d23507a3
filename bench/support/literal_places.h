// Which characters of a literal in YAML text can be other ones, so that the
// text stays what it is: YAML of the same structure, with a literal of the same
// length.

#ifndef HYPERSIGMA_BENCH_SUPPORT_LITERAL_PLACES_H_
#define HYPERSIGMA_BENCH_SUPPORT_LITERAL_PLACES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/base/source.h"

namespace hypersigma::bench {

// Each returns byte offsets in `yaml` of ASCII letters and digits, in order.
// `range` is that of a scalar, with its quotes.

// Of a string: those that are no part of an escape.
std::vector<std::uint32_t> TextPlaces(std::string_view yaml,
                                      internal::SourceRange range);

// Of a whole number: its digits, if it is written in decimal.
std::vector<std::uint32_t> IntegerPlaces(std::string_view yaml,
                                         internal::SourceRange range);

// Of a regular expression: letters in runs of four or more outside of classes,
// groups' heads, counts and escapes.
std::vector<std::uint32_t> RegexPlaces(std::string_view yaml,
                                       internal::SourceRange range);

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_LITERAL_PLACES_H_
