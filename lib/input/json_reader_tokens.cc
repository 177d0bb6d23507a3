#include "lib/input/json_reader_tokens.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/input/json_reader.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

static_assert(kTextSlack <= simdjson::SIMDJSON_PADDING);
static_assert(simdjson::SIMDJSON_PADDING <= kJsonPadding);

constexpr std::size_t kFirstBytes = std::size_t{16} << 10;
// Buffers that one huge event has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{64} << 20;

}  // namespace

// Has simdjson find the tokens of the text, or of a repaired copy if it refuses
// its bytes.
absl::Status JsonTokens::Find(std::string_view json,
                              std::size_t readable_behind) {
  Reserve(json.size());
  text_ = json;
  readable_behind_ = readable_behind;
  if (readable_behind < kJsonPadding) Copy(json);
  simdjson::error_code error = Index(text_.data());
  repaired_ =
      error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS;
  if (repaired_) {
    if (repaired_line_.capacity() < scratch_.capacity()) {
      repaired_line_.Reserve(scratch_.capacity());
    }
    RepairJson(json, repaired_line_.data());
    std::memset(repaired_line_.data() + json.size(), 0,
                simdjson::SIMDJSON_PADDING);
    error = Index(repaired_line_.data());
  }
  switch (error) {
    case simdjson::SUCCESS:
      return absl::OkStatus();
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
      return absl::ResourceExhaustedError("no memory for an event this large");
    case simdjson::EMPTY:
      return absl::InvalidArgumentError("byte 1: expected an object");
    case simdjson::UNCLOSED_STRING:
      return absl::InvalidArgumentError(
          absl::StrCat("byte ", json.size(), ": a string is not closed"));
    default:
      return absl::InvalidArgumentError(
          absl::StrCat("byte 1: ", simdjson::error_message(error)));
  }
}

// Gives the text the bytes behind it that simdjson reads.
void JsonTokens::Copy(std::string_view json) {
  if (line_.capacity() < scratch_.capacity()) {
    line_.Reserve(scratch_.capacity());
  }
  if (!json.empty()) std::memcpy(line_.data(), json.data(), json.size());
  std::memset(line_.data() + json.size(), 0, simdjson::SIMDJSON_PADDING);
  text_ = {line_.data(), json.size()};
  readable_behind_ = 0;
}

simdjson::error_code JsonTokens::Index(const char* bytes) {
  indexed_ = bytes;
  return parser_
      ->iterate_raw(simdjson::padded_string_view(
          bytes, text_.size(), text_.size() + simdjson::SIMDJSON_PADDING))
      .get(tokens_);
}

void JsonTokens::Reserve(std::size_t size) {
  const bool fits = scratch_.data() != nullptr && size <= scratch_.capacity();
  if (fits && (scratch_.capacity() <= kKeptBytes || size > kKeptBytes)) return;
  const std::size_t capacity =
      size > kKeptBytes ? size : std::max(kFirstBytes, size + size / 2);
  // Its capacity says that all of this has succeeded, so it comes last.
  scratch_.Release();
  line_.Release();
  repaired_line_.Release();
  parser_ = std::make_unique<simdjson::ondemand::parser>();
  if (parser_->allocate(capacity, kMaxJsonDepth) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
  scratch_.Reserve(capacity);
}

std::string JsonLibraryVersion() {
  return absl::StrCat(SIMDJSON_STRINGIFY(SIMDJSON_VERSION), " ",
                      simdjson::get_active_implementation()->name());
}

}  // namespace hypersigma::internal
