// Parses the transformation of a pipeline item.

#ifndef HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_PARSER_H_
#define HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_PARSER_H_

#include <optional>

#include "lib/pipeline/map_reader.h"
#include "lib/pipeline/transformation.h"

namespace hypersigma::internal {

// Parses the members of `item` that belong to the transformation `type`, any
// but `nest`, which pipeline_parser.h parses. Reports everything that is wrong;
// the result is meaningless after an error, and nullopt when the transformation
// is unknown or not supported.
std::optional<Transformation> ParseTransformation(const YamlNode& type,
                                                  MapReader& item);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_TRANSFORMATION_PARSER_H_
