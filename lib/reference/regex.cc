#include "lib/reference/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace hypersigma::reference {
namespace {

constexpr std::uint32_t kMatchLimit = 100'000'000;

std::uint32_t CompileOptions(const ReferenceRegex::Options& options) {
  std::uint32_t bits =
      PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
  if (options.caseless) bits |= PCRE2_CASELESS;
  if (options.multiline) bits |= PCRE2_MULTILINE;
  if (options.dot_all) bits |= PCRE2_DOTALL;
  if (options.at_start) bits |= PCRE2_ANCHORED;
  if (options.at_end) bits |= PCRE2_ENDANCHORED;
  return bits;
}

PCRE2_SPTR Units(std::string_view bytes) {
  return reinterpret_cast<PCRE2_SPTR>(bytes.data());
}

}  // namespace

absl::StatusOr<ReferenceRegex> ReferenceRegex::Compile(std::string_view pattern,
                                                       const Options& options) {
  if (pattern.substr(0, 2) == "(*") {
    return absl::InvalidArgumentError("regex begins with a verb");
  }
  int error = 0;
  std::size_t offset = 0;
  pcre2_code* code =
      pcre2_compile(Units(pattern), pattern.size(), CompileOptions(options),
                    &error, &offset, nullptr);
  if (code == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("regex error ", error, " at ", offset));
  }
  return ReferenceRegex(std::shared_ptr<void>(code, [](void* owned) {
    pcre2_code_free(static_cast<pcre2_code*>(owned));
  }));
}

bool ReferenceRegex::Search(std::string_view bytes) const {
  const auto* code = static_cast<const pcre2_code*>(code_.get());
  pcre2_match_context* limits = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(limits, kMatchLimit);
  pcre2_set_depth_limit(limits, kMatchLimit);
  pcre2_match_data* data = pcre2_match_data_create_from_pattern(code, nullptr);
  const int result =
      pcre2_match(code, Units(bytes), bytes.size(), 0, 0, data, limits);
  pcre2_match_data_free(data);
  pcre2_match_context_free(limits);
  return result >= 0;
}

}  // namespace hypersigma::reference
