#include "lib/base/regex.h"

#include <array>
#include <utility>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "absl/status/status.h"
#include "lib/base/limits.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// One deleter for each kind of PCRE2 object.
template <auto kFree>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using CodePtr = std::unique_ptr<pcre2_code, Free<pcre2_code_free>>;
using CompileContextPtr =
    std::unique_ptr<pcre2_compile_context, Free<pcre2_compile_context_free>>;
using MatchContextPtr =
    std::unique_ptr<pcre2_match_context, Free<pcre2_match_context_free>>;
using MatchDataPtr =
    std::unique_ptr<pcre2_match_data, Free<pcre2_match_data_free>>;
using JitStackPtr =
    std::unique_ptr<pcre2_jit_stack, Free<pcre2_jit_stack_free>>;

constexpr std::size_t kJitStackStartBytes = std::size_t{32} << 10;

std::uint32_t CompileOptions(RegexFlags flags) {
  // Callouts count steps: the match limit is for one place of the text at a
  // time, and JIT code hardly looks at it.
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF |
                          PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
  if (flags.caseless) options |= PCRE2_CASELESS;
  if (flags.multiline) options |= PCRE2_MULTILINE;
  if (flags.dot_all) options |= PCRE2_DOTALL;
  if (flags.at_start) options |= PCRE2_ANCHORED;
  if (flags.at_end) options |= PCRE2_ENDANCHORED;
  return options;
}

// The same meaning of `.`, `^`, `$` and `\R` whatever PCRE2 was built with.
CompileContextPtr MakeCompileContext() {
  CompileContextPtr context(pcre2_compile_context_create(nullptr));
  if (context == nullptr) return nullptr;
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  pcre2_set_bsr(context.get(), PCRE2_BSR_UNICODE);
  return context;
}

std::string ErrorMessage(int code) {
  std::array<PCRE2_UCHAR, 256> buffer{};
  pcre2_get_error_message(code, buffer.data(), buffer.size());
  return reinterpret_cast<const char*>(buffer.data());
}

PCRE2_SPTR Bytes(std::string_view text) {
  // An empty view may hold a null pointer, which older versions refuse.
  return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
}

// What one search may still cost.
struct Steps {
  std::size_t left = 0;
  std::size_t position = 0;
};

// Called by PCRE2 before each item of the pattern; an item itself takes time in
// proportion to the text that it takes or gives back.
int CountStep(pcre2_callout_block* block, void* data) {
  constexpr std::size_t kBytesPerStep = 16;
  auto& steps = *static_cast<Steps*>(data);
  const std::size_t now = block->current_position;
  const std::size_t moved =
      now > steps.position ? now - steps.position : steps.position - now;
  steps.position = now;
  const std::size_t cost = 1 + moved / kBytesPerStep;
  if (cost > steps.left) return PCRE2_ERROR_CALLOUT;
  steps.left -= cost;
  return 0;
}

}  // namespace

struct RegexScratch::State {
  JitStackPtr jit_stack;
  MatchContextPtr context;
  MatchDataPtr match_data;
  Steps steps;
  std::size_t steps_allowed = 0;

  void Allow(std::size_t text_bytes) {
    steps_allowed = kRegexSteps + kRegexStepsPerByte * text_bytes;
    steps = {steps_allowed, 0};
  }
};

RegexScratch::RegexScratch(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
RegexScratch::RegexScratch(RegexScratch&&) noexcept = default;
RegexScratch& RegexScratch::operator=(RegexScratch&&) noexcept = default;
RegexScratch::~RegexScratch() = default;

std::size_t RegexScratch::steps_taken() const {
  return state_->steps_allowed - state_->steps.left;
}

RegexSpan RegexScratch::last_match() const {
  const PCRE2_SIZE* const span =
      pcre2_get_ovector_pointer(state_->match_data.get());
  return span[0] <= span[1] ? RegexSpan{span[0], span[1]} : RegexSpan{};
}

absl::StatusOr<RegexScratch> RegexScratch::Create() {
  auto state = std::make_unique<State>();
  state->context.reset(pcre2_match_context_create(nullptr));
  state->match_data.reset(pcre2_match_data_create(1, nullptr));
  if (state->context == nullptr || state->match_data == nullptr) {
    return absl::ResourceExhaustedError(
        "no memory for the working state of regular expressions");
  }
  pcre2_match_context* context = state->context.get();
  pcre2_set_match_limit(context, kRegexMatchLimit);
  pcre2_set_callout(context, CountStep, &state->steps);
  pcre2_set_depth_limit(context, kRegexDepthLimit);
  pcre2_set_heap_limit(context, kRegexHeapLimitKib);
  // Null where PCRE2 has no JIT; the interpreter does not need it.
  state->jit_stack.reset(pcre2_jit_stack_create(kJitStackStartBytes,
                                                kRegexJitStackBytes, nullptr));
  if (state->jit_stack != nullptr) {
    pcre2_jit_stack_assign(context, nullptr, state->jit_stack.get());
  }
  return RegexScratch(std::move(state));
}

struct Regex::State {
  CodePtr code;
  // For texts with invalid bytes, where it must differ from `code`.
  CodePtr code_for_invalid;
  bool at_start = false;
  bool at_end = false;
};

namespace {

// Null after an error, which goes to `error`.
CodePtr CompileCode(std::string_view pattern, std::uint32_t options,
                    bool use_jit, RegexError* error) {
  const CompileContextPtr context = MakeCompileContext();
  if (context == nullptr) {
    *error = {0, "no memory"};
    return nullptr;
  }
  int code = 0;
  PCRE2_SIZE offset = 0;
  CodePtr compiled(pcre2_compile(Bytes(pattern), pattern.size(), options, &code,
                                 &offset, context.get()));
  if (compiled == nullptr) {
    *error = {offset, ErrorMessage(code)};
    return nullptr;
  }
  // Where this fails, pcre2_match interprets, slower and to the same result.
  if (use_jit) {
    static_cast<void>(pcre2_jit_compile(compiled.get(), PCRE2_JIT_COMPLETE));
  }
  return compiled;
}

// PCRE2 tries a pattern that begins with `.*` at the beginning of the text and
// of lines only. That misses a match behind an invalid byte, which `.` does not
// go over.
bool StartsAtLinesOnly(std::string_view pattern, const CodePtr& code) {
  if (pattern.find(".*") == std::string_view::npos) return false;
  std::uint32_t options = 0;
  std::uint32_t first = 0;
  pcre2_pattern_info(code.get(), PCRE2_INFO_ALLOPTIONS, &options);
  pcre2_pattern_info(code.get(), PCRE2_INFO_FIRSTCODETYPE, &first);
  return (options & PCRE2_ANCHORED) != 0 || first == 2;
}

bool HasInvalidByte(std::string_view text) {
  if (IsAscii(text)) return false;
  while (!text.empty()) {
    const CodePoint code_point = DecodeCodePoint(text);
    if (code_point.value == kInvalidCodePoint) return true;
    text.remove_prefix(code_point.byte_count);
  }
  return false;
}

// Whether the end of `text` must be searched by itself: PCRE2's interpreter
// (10.42) does not look for an empty match there behind an invalid byte.
bool MustSearchEnd(const pcre2_code* code, std::string_view text) {
  const bool is_ascii_at_end =
      text.empty() || static_cast<unsigned char>(text.back()) < 0x80;
  if (is_ascii_at_end) return false;
  std::size_t jit_bytes = 0;
  std::uint32_t options = 0;
  pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &jit_bytes);
  pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
  return jit_bytes == 0 && (options & PCRE2_ANCHORED) == 0;
}

}  // namespace

Regex::Regex(std::unique_ptr<State> state) : state_(std::move(state)) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

std::variant<Regex, RegexError> Regex::Compile(std::string_view pattern,
                                               RegexFlags flags, bool use_jit) {
  if (pattern.size() > kMaxRegexBytes) {
    return RegexError{
        kMaxRegexBytes,
        "longer than " + std::to_string(kMaxRegexBytes) + " bytes"};
  }
  // Verbs at the beginning could lift the limits or switch UTF off.
  if (pattern.substr(0, 2) == "(*") {
    return RegexError{0,
                      "verbs such as (*UTF) are not allowed at the beginning"};
  }
  auto state = std::make_unique<State>();
  state->at_start = flags.at_start;
  state->at_end = flags.at_end;
  const std::uint32_t options = CompileOptions(flags);
  RegexError error;
  state->code = CompileCode(pattern, options, use_jit, &error);
  if (state->code == nullptr) return error;
  if (StartsAtLinesOnly(pattern, state->code)) {
    state->code_for_invalid = CompileCode(
        pattern, options | PCRE2_NO_DOTSTAR_ANCHOR, use_jit, &error);
    if (state->code_for_invalid == nullptr) return error;
  }
  return Regex(std::move(state));
}

RegexVerdict Regex::Search(std::string_view text, RegexScratch& scratch) const {
  scratch.state_->Allow(text.size());
  pcre2_match_data* match = scratch.state_->match_data.get();
  const pcre2_code* code = state_->code.get();
  if (state_->code_for_invalid != nullptr && HasInvalidByte(text)) {
    code = state_->code_for_invalid.get();
  }
  for (std::size_t begin = 0; begin <= text.size();) {
    const int result =
        pcre2_match(code, Bytes(text), text.size(), begin,
                    /*options=*/0, match, scratch.state_->context.get());
    if (result == PCRE2_ERROR_NOMATCH) {
      if (begin == text.size() || !MustSearchEnd(code, text)) break;
      begin = text.size();
      continue;
    }
    if (result < 0) return RegexVerdict::kUndecided;
    // Without JIT, PCRE2 10.42 takes what is behind an invalid byte for the
    // beginning, and what is before one for the end.
    if (state_->at_start && pcre2_get_startchar(match) != 0) break;
    // Zero is a match with more groups than the match data can hold.
    const PCRE2_SIZE end = pcre2_get_ovector_pointer(match)[1];
    if (!state_->at_end || end == text.size()) return RegexVerdict::kMatch;
    if (state_->at_start) break;
    // No match goes over such a byte, so the search goes on behind it.
    begin = end + 1;
  }
  return RegexVerdict::kNoMatch;
}

RegexVerdict Regex::FindAll(
    std::string_view text, RegexScratch& scratch,
    std::vector<std::vector<RegexSpan>>& matches) const {
  scratch.state_->Allow(text.size());
  matches.clear();
  const MatchDataPtr match(
      pcre2_match_data_create_from_pattern(state_->code.get(), nullptr));
  if (match == nullptr) return RegexVerdict::kUndecided;
  const pcre2_code* code = state_->code_for_invalid != nullptr
                               ? state_->code_for_invalid.get()
                               : state_->code.get();
  std::size_t begin = 0;
  std::uint32_t options = 0;
  while (begin <= text.size()) {
    const int result =
        pcre2_match(code, Bytes(text), text.size(), begin, options, match.get(),
                    scratch.state_->context.get());
    if (result == PCRE2_ERROR_NOMATCH) break;
    // `\K` in a look-behind can put the beginning behind the end.
    const PCRE2_SIZE* spans = pcre2_get_ovector_pointer(match.get());
    if (result <= 0 || spans[0] > spans[1] || spans[0] < begin ||
        (matches.size() + 1) * (group_count() + 1) > kMaxRegexSpans) {
      return RegexVerdict::kUndecided;
    }
    std::vector<RegexSpan>& groups = matches.emplace_back(group_count() + 1);
    for (std::size_t i = 0; i < static_cast<std::size_t>(result); ++i) {
      groups[i] = {spans[2 * i], spans[2 * i + 1]};
    }
    begin = spans[1];
    // What comes next must take something if this match took nothing.
    options = spans[0] == spans[1] ? PCRE2_NOTEMPTY_ATSTART : 0;
  }
  return matches.empty() ? RegexVerdict::kNoMatch : RegexVerdict::kMatch;
}

std::size_t Regex::group_count() const {
  std::uint32_t count = 0;
  pcre2_pattern_info(state_->code.get(), PCRE2_INFO_CAPTURECOUNT, &count);
  return count;
}

std::optional<std::size_t> Regex::FindGroup(const std::string& name) const {
  const int number = pcre2_substring_number_from_name(
      state_->code.get(), reinterpret_cast<PCRE2_SPTR>(name.c_str()));
  if (number <= 0) return std::nullopt;
  return static_cast<std::size_t>(number);
}

namespace {

// `what` is one of PCRE2_CONFIG_*, whose answer is a text.
std::string ConfigText(std::uint32_t what) {
  std::array<PCRE2_UCHAR, 64> buffer{};
  const int length = pcre2_config(what, nullptr);
  if (length < 0 || static_cast<std::size_t>(length) > buffer.size()) return "";
  pcre2_config(what, buffer.data());
  return reinterpret_cast<const char*>(buffer.data());
}

}  // namespace

std::string RegexLibraryVersion() { return ConfigText(PCRE2_CONFIG_VERSION); }
std::string RegexUnicodeVersion() {
  return ConfigText(PCRE2_CONFIG_UNICODE_VERSION);
}

}  // namespace hypersigma::internal
