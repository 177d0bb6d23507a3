// A regular expression of the reference evaluator: PCRE2 without JIT. Source:
// "semantics", 5.5.

#ifndef HYPERSIGMA_LIB_REFERENCE_REGEX_H_
#define HYPERSIGMA_LIB_REFERENCE_REGEX_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "lib/reference/truth.h"

namespace hypersigma::reference {

class ReferenceRegex {
 public:
  struct Options {
    bool caseless = false;
    bool multiline = false;
    bool dot_all = false;
    // The match must begin, or end, where the value does.
    bool at_start = false;
    bool at_end = false;
  };

  static absl::StatusOr<ReferenceRegex> Compile(std::string_view pattern,
                                                const Options& options);

  // Returns whether a match occurs somewhere in `bytes`; kUnknown when that
  // took too many steps, more than the engine allows, or too much memory. Time:
  // below a second, whatever the expression and the bytes.
  Truth Search(std::string_view bytes) const;

 private:
  ReferenceRegex(std::shared_ptr<void> code, const Options& options)
      : code_(std::move(code)),
        at_start_(options.at_start),
        at_end_(options.at_end) {}

  std::shared_ptr<void> code_;  // a pcre2_code
  bool at_start_ = false;
  bool at_end_ = false;
};

}  // namespace hypersigma::reference

#endif  // HYPERSIGMA_LIB_REFERENCE_REGEX_H_
