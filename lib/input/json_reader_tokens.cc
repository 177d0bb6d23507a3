#include "lib/input/json_reader_tokens.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/input/json_reader.h"
#include "lib/input/json_text.h"
#include "lib/input/unicode_escapes.h"

namespace hypersigma::internal {
namespace {

static_assert(kTextSlack <= simdjson::SIMDJSON_PADDING);
static_assert(simdjson::SIMDJSON_PADDING <= kJsonPadding);

constexpr std::size_t kFirstBytes = std::size_t{16} << 10;
// Buffers that one huge event has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{64} << 20;
// Positions have 32 bits.
constexpr std::size_t kMaxTextBytes = 0xFFFF'FFFFu - kJsonPadding;

absl::Status NoMemory() {
  return absl::ResourceExhaustedError("no memory for an event this large");
}

absl::Status NoObject() {
  return absl::InvalidArgumentError("byte 1: expected an object");
}

absl::Status NotClosed(std::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat("byte ", text.size(), ": a string is not closed"));
}

}  // namespace

// What a CPU without a look that finds tokens has instead.
class JsonTokens::Parser {
 public:
  // Throws std::bad_alloc.
  explicit Parser(std::size_t capacity) {
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(
            capacity, kMaxJsonDepth, parser_) != simdjson::SUCCESS) {
      throw std::bad_alloc();
    }
    repaired_.Reserve(capacity);
  }

  // Finds the tokens of `text`, or of a copy that is repaired if simdjson
  // refuses its bytes; structure is the same in both.
  simdjson::error_code Find(std::string_view text, bool& repaired) {
    simdjson::error_code error = Index(text.data(), text.size());
    repaired =
        error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS;
    if (!repaired) return error;
    RepairJson(text, repaired_.data());
    return Index(repaired_.data(), text.size());
  }

  const std::uint32_t* begin() const {
    return parser_->structural_indexes.get();
  }
  const std::uint32_t* end() const {
    return begin() + parser_->n_structural_indexes;
  }

 private:
  simdjson::error_code Index(const char* text, std::size_t size) {
    return parser_->stage1(reinterpret_cast<const std::uint8_t*>(text), size,
                           simdjson::stage1_mode::regular);
  }

  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
  JsonBuffer repaired_;
};

JsonTokens::JsonTokens(const LineLook& look) : look_(look) {}
JsonTokens::JsonTokens(JsonTokens&&) noexcept = default;
JsonTokens& JsonTokens::operator=(JsonTokens&&) noexcept = default;
JsonTokens::~JsonTokens() = default;

absl::Status JsonTokens::Find(std::string_view json,
                              std::size_t readable_behind) {
  if (json.size() > kMaxTextBytes) return NoMemory();
  Reserve(json.size());
  text_ = json;
  readable_behind_ = readable_behind;
  if (readable_behind < kJsonPadding) Copy(json);
  facts_ = look_.look(text_.data(), text_.size(), positions_.get());
  if (!look_.finds_tokens) return FindWithParser();
  std::uint32_t* const last = positions_.get() + facts_.token_count;
  std::fill_n(last, kBehindLast, static_cast<std::uint32_t>(text_.size()));
  first_ = positions_.get();
  next_ = first_;
  last_ = last;
  if (!facts_.is_closed) return NotClosed(text_);
  if (facts_.token_count == 0) return NoObject();
  repaired_ = facts_.has_raw_control ||
              (!facts_.is_ascii && !simdjson::validate_utf8(text_));
  return absl::OkStatus();
}

bool JsonTokens::ResolveUnicode() {
  if (!look_.finds_tokens || repaired_ || facts_.has_short_escapes_only ||
      !facts_.has_json_escapes_only) {
    return false;
  }
  if (resolved_.capacity() < scratch_.capacity()) {
    resolved_.Reserve(scratch_.capacity());
  }
  const auto resolved = ResolveUnicodeEscapes(
      text_, {positions_.get(), facts_.token_count}, resolved_.data());
  if (!resolved.has_value()) return false;
  text_ = {resolved_.data(), resolved->byte_count};
  std::memset(resolved_.data() + text_.size(), 0, kJsonPadding);
  readable_behind_ = 0;
  std::fill_n(positions_.get() + facts_.token_count, kBehindLast,
              static_cast<std::uint32_t>(text_.size()));
  facts_.has_short_escapes_only = true;
  facts_.is_ascii &= resolved->is_ascii;
  return true;
}

absl::Status JsonTokens::FindWithParser() {
  const simdjson::error_code error = parser_->Find(text_, repaired_);
  first_ = parser_->begin();
  next_ = first_;
  last_ = parser_->end();
  switch (error) {
    case simdjson::SUCCESS:
      return absl::OkStatus();
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return NoMemory();
    case simdjson::EMPTY:
      return NoObject();
    case simdjson::UNCLOSED_STRING:
      return NotClosed(text_);
    default:
      return absl::InvalidArgumentError(
          absl::StrCat("byte 1: ", simdjson::error_message(error)));
  }
}

// Gives the text the bytes behind it that may be read.
void JsonTokens::Copy(std::string_view json) {
  if (line_.capacity() < scratch_.capacity()) {
    line_.Reserve(scratch_.capacity());
  }
  if (!json.empty()) std::memcpy(line_.data(), json.data(), json.size());
  std::memset(line_.data() + json.size(), 0, kJsonPadding);
  text_ = {line_.data(), json.size()};
  readable_behind_ = 0;
}

void JsonTokens::Reserve(std::size_t size) {
  const bool fits = scratch_.data() != nullptr && size <= scratch_.capacity();
  if (fits && (scratch_.capacity() <= kKeptBytes || size > kKeptBytes)) return;
  const std::size_t capacity =
      size > kKeptBytes ? size : std::max(kFirstBytes, size + size / 2);
  // Its capacity says that all of this has succeeded, so it comes last.
  scratch_.Release();
  line_.Release();
  resolved_.Release();
  positions_.reset();
  parser_.reset();
  if (look_.finds_tokens) {
    positions_.reset(new std::uint32_t[capacity + LineLook::kTokenSlack]);
  } else {
    parser_ = std::make_unique<Parser>(capacity);
  }
  scratch_.Reserve(capacity);
}

std::string JsonLibraryVersion() {
  return absl::StrCat(SIMDJSON_STRINGIFY(SIMDJSON_VERSION), " ",
                      simdjson::get_active_implementation()->name());
}

}  // namespace hypersigma::internal
