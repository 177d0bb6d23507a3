// Shapes of events: where in JSON the fields of a rule are.
//
// Written by taxonomy, read by field_paths. Source: docs/log_sources.md.

#ifndef HYPERSIGMA_LIB_INPUT_LAYOUT_H_
#define HYPERSIGMA_LIB_INPUT_LAYOUT_H_

#include <string>
#include <vector>

namespace hypersigma::internal {

struct EventLayout {
  std::string name;
  std::vector<std::string> markers;
  std::vector<std::string> places;
  std::string text_member;
  struct Name {
    std::string field;
    std::vector<std::string> places;
  };
  std::vector<Name> names;
  std::vector<std::string> time;
  std::vector<std::string> computer;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_LAYOUT_H_
