#include "lib/reference/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace hypersigma::reference {
namespace {

// PCRE2's own match limit begins anew at each place where a match might begin,
// so that it bounds no time. Steps are counted by callouts instead: PCRE2 calls
// before it tries each part of the expression.
constexpr std::uint64_t kMaxSteps = 50'000'000;
constexpr std::uint32_t kMaxHeapKib = 256 << 10;
constexpr std::uint32_t kNoLimit = 0xFFFFFFFF;

struct Steps {
  std::uint64_t taken = 0;
  std::size_t position = 0;
};

// A part that took many characters at once is charged for each of them.
int CountSteps(pcre2_callout_block* block, void* data) {
  auto* steps = static_cast<Steps*>(data);
  const std::size_t before = steps->position;
  const std::size_t now = block->current_position;
  steps->taken += 1 + (now > before ? now - before : before - now);
  steps->position = now;
  return steps->taken > kMaxSteps ? PCRE2_ERROR_CALLOUT : 0;
}

std::uint32_t CompileOptions(const ReferenceRegex::Options& options) {
  std::uint32_t bits = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                       PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  // A leading `.*` is no anchor: what it takes may begin behind an invalid
  // byte.
  bits |= PCRE2_NO_DOTSTAR_ANCHOR;
  if (options.caseless) bits |= PCRE2_CASELESS;
  if (options.multiline) bits |= PCRE2_MULTILINE;
  if (options.dot_all) bits |= PCRE2_DOTALL;
  if (options.at_start) bits |= PCRE2_ANCHORED;
  if (options.at_end) bits |= PCRE2_ENDANCHORED;
  return bits;
}

// Returns the pattern with `\z` and `\Z` said by `$`: PCRE2's interpreter
// (10.42) takes an invalid byte for the end of the text under the former two,
// and not under `$`.
std::string SayEndByDollar(std::string_view pattern) {
  std::string said;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view pair = pattern.substr(i, 2);
    if (pair == "\\Q") {
      const std::size_t end = std::min(pattern.find("\\E", i), pattern.size());
      said += pattern.substr(i, end - i);
      i = end - 1;
    } else if (pair == "\\z") {
      said += "(?:(?!\\n)$)";
      ++i;
    } else if (pair == "\\Z") {
      said += "(?=\\n?(?!\\n)$)";
      ++i;
    } else if (pair.size() == 2 && pair[0] == '\\') {
      said += pair;
      ++i;
    } else {
      said += pattern[i];
    }
  }
  return said;
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
  // What `.` and `$` mean must not depend on how PCRE2 was built.
  pcre2_compile_context* context = pcre2_compile_context_create(nullptr);
  if (context == nullptr) return absl::ResourceExhaustedError("out of memory");
  pcre2_set_newline(context, PCRE2_NEWLINE_LF);
  pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
  const std::string said = SayEndByDollar(pattern);
  pcre2_code* code =
      pcre2_compile(Units(said), said.size(), CompileOptions(options), &error,
                    &offset, context);
  pcre2_compile_context_free(context);
  if (code == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("regex error ", error, " at ", offset));
  }
  std::shared_ptr<void> owner(code, [](void* owned) {
    pcre2_code_free(static_cast<pcre2_code*>(owned));
  });
  return ReferenceRegex(std::move(owner), options);
}

Truth ReferenceRegex::Search(std::string_view bytes) const {
  const auto* code = static_cast<const pcre2_code*>(code_.get());
  Steps steps;
  pcre2_match_context* context = pcre2_match_context_create(nullptr);
  pcre2_match_data* data = pcre2_match_data_create_from_pattern(code, nullptr);
  if (context == nullptr || data == nullptr) {
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return Truth::kUnknown;
  }
  pcre2_set_match_limit(context, kNoLimit);
  pcre2_set_depth_limit(context, kNoLimit);
  pcre2_set_heap_limit(context, kMaxHeapKib);
  pcre2_set_callout(context, CountSteps, &steps);
  int result = 0;
  std::size_t end = 0;
  // What ends before an invalid byte does not end with the value, though
  // PCRE2's interpreter (10.42) says so.
  for (std::size_t begin = 0; begin <= bytes.size(); begin = end + 1) {
    result =
        pcre2_match(code, Units(bytes), bytes.size(), begin, 0, data, context);
    if (result < 0) break;
    end = pcre2_get_ovector_pointer(data)[1];
    // Nor does what begins behind one begin with it.
    const bool is_at_start = !at_start_ || pcre2_get_startchar(data) == 0;
    if (is_at_start && (!at_end_ || end == bytes.size())) break;
    result = PCRE2_ERROR_NOMATCH;
  }
  // Behind an invalid byte at the end the interpreter looks for nothing, though
  // an expression may hold for the empty text there. That is not the start.
  const bool is_end_left = result == PCRE2_ERROR_NOMATCH && !at_start_ &&
                           !bytes.empty() &&
                           static_cast<unsigned char>(bytes.back()) >= 0x80;
  if (is_end_left) {
    result = pcre2_match(code, Units(bytes), bytes.size(), bytes.size(), 0,
                         data, context);
  }
  pcre2_match_data_free(data);
  pcre2_match_context_free(context);
  if (result == PCRE2_ERROR_NOMATCH) return Truth::kFalse;
  return result >= 0 ? Truth::kTrue : Truth::kUnknown;
}

}  // namespace hypersigma::reference
