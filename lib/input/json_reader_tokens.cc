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

constexpr std::size_t kFirstBytes = std::size_t{16} << 10;
// Buffers that one huge event has grown past this are given back.
constexpr std::size_t kKeptBytes = std::size_t{64} << 20;

}  // namespace

// Copies the line and has simdjson find its tokens, of a repaired copy if it
// refuses the bytes of this one.
absl::Status JsonTokens::Find(std::string_view json) {
  Reserve(json.size());
  line_bytes_ = json.size();
  if (!json.empty()) std::memcpy(line_.data(), json.data(), json.size());
  std::memset(line_.data() + json.size(), 0, simdjson::SIMDJSON_PADDING);
  simdjson::error_code error = Index(line_.data());
  repaired_ =
      error == simdjson::UTF8_ERROR || error == simdjson::UNESCAPED_CHARS;
  if (repaired_) {
    if (repaired_line_.capacity() < line_.capacity()) {
      repaired_line_.Reserve(line_.capacity());
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

simdjson::error_code JsonTokens::Index(const char* bytes) {
  indexed_ = bytes;
  return parser_
      ->iterate_raw(simdjson::padded_string_view(
          bytes, line_bytes_, line_bytes_ + simdjson::SIMDJSON_PADDING))
      .get(tokens_);
}

void JsonTokens::Reserve(std::size_t size) {
  const bool fits = line_.data() != nullptr && size <= line_.capacity();
  if (fits && (line_.capacity() <= kKeptBytes || size > kKeptBytes)) return;
  const std::size_t capacity =
      size > kKeptBytes ? size : std::max(kFirstBytes, size + size / 2);
  // The line comes last: its capacity says that all of this has succeeded.
  line_.Release();
  repaired_line_.Release();
  scratch_.Reserve(capacity);
  parser_ = std::make_unique<simdjson::ondemand::parser>();
  if (parser_->allocate(capacity, kMaxJsonDepth) != simdjson::SUCCESS) {
    throw std::bad_alloc();
  }
  line_.Reserve(capacity);
}

std::string JsonLibraryVersion() {
  return absl::StrCat(SIMDJSON_STRINGIFY(SIMDJSON_VERSION), " ",
                      simdjson::get_active_implementation()->name());
}

}  // namespace hypersigma::internal
