// Parses the attributes of a rule that never change matching, and the log
// source. Source: Sigma rules specification, "Components".

#ifndef HYPERSIGMA_LIB_RULE_METADATA_PARSER_H_
#define HYPERSIGMA_LIB_RULE_METADATA_PARSER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "hypersigma/rule_set.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// How much a document must say of its log source.
enum class LogSourceNeed : std::uint8_t {
  kMandatory,  // rules
  kExpected,   // filters: any log source without it, refused if strict
  kNone,       // correlations
};

// Parses the attributes of the map `root` and reports what is wrong with them:
// an error where a mandatory one is missing or of another type, remarks where
// an optional one is odd. `file` and `line` are left to the caller. What can
// be read is returned also after an error.
Rule ParseMetadata(const YamlNode& root, Reporter& reporter,
                   LogSourceNeed need = LogSourceNeed::kMandatory);

// Returns the text of the scalar `key`, or nothing.
std::string ScalarText(const YamlNode& root, std::string_view key);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_RULE_METADATA_PARSER_H_
