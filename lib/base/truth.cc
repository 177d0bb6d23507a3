#include "hypersigma/truth.h"

namespace hypersigma {

std::string_view TruthName(Truth truth) {
  switch (truth) {
    case Truth::kFalse:
      return "false";
    case Truth::kTrue:
      return "true";
    case Truth::kUndecided:
      return "undecided";
  }
  return {};
}

}  // namespace hypersigma
