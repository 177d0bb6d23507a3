// The tokens of one JSON text: what simdjson finds, and the memory for it. Door
// to simdjson, with json_reader_tokens.cc.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_
#define HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"

namespace hypersigma::internal {

// Bytes with the padding that simdjson wants.
class JsonBuffer {
 public:
  char* data() { return bytes_.get(); }

  // Keeps no content. Throws std::bad_alloc.
  void Reserve(std::size_t size) {
    Release();
    bytes_.reset(new char[size + simdjson::SIMDJSON_PADDING]);
    capacity_ = size;
  }
  void Release() {
    bytes_.reset();
    capacity_ = 0;
  }
  std::size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
};

// Holds one text after the other. Throws std::bad_alloc.
class JsonTokens {
 public:
  // Finds the tokens of `json`, those of a repaired copy if simdjson refuses
  // its bytes. Borrows `json` if `readable_behind` it, the bytes there that may
  // be read, are enough; else copies it. Errors: kInvalidArgument
  // ("byte N: ..."), kResourceExhausted.
  absl::Status Find(std::string_view json, std::size_t readable_behind);

  // Steps over a token and returns where it begins in the text, or end() after
  // the last one.
  const char* Next() {
    if (tokens_.at_end()) return end();
    const auto* token =
        reinterpret_cast<const char*>(tokens_.return_current_and_advance());
    return text_.data() + (token - indexed_);
  }

  // The token that Next() returns after `steps` more; up to two behind the last
  // one are what stands behind the text, whatever that is. REQUIRES:
  // !repaired().
  const char* Peek(std::uint32_t steps) const {
    return reinterpret_cast<const char*>(
        tokens_.peek(static_cast<std::int32_t>(steps)));
  }
  void Skip(std::uint32_t steps) {
    while (steps-- > 0) tokens_.return_current_and_advance();
  }

  // Has the CPU fetch what is `offset` bytes behind the text, if that may be
  // read: the next text, most likely.
  void FetchBehind(std::size_t offset) const {
    if (offset >= readable_behind_) return;
    __builtin_prefetch(text_.data() + text_.size() + offset);
  }

  bool NextIs(char c) const {
    return !tokens_.at_end() && *tokens_.peek() == static_cast<std::uint8_t>(c);
  }

  bool at_end() const { return tokens_.at_end(); }

  // Bytes from the last token to the next.
  std::size_t last_bytes() const { return tokens_.peek_length(-1); }

  // As it was given, with SIMDJSON_PADDING readable bytes behind it.
  std::string_view text() const { return text_; }
  // A NUL somewhere.
  const char* end() const { return &kNul; }
  // Where in the text a token is, from 0.
  std::size_t OffsetOf(const char* token) const {
    return token == end() ? text_.size()
                          : static_cast<std::size_t>(token - text_.data());
  }

  // Whether a repaired copy was needed.
  bool repaired() const { return repaired_; }

  // As many bytes as the text has, and padding, for its unescaped parts.
  char* scratch() { return scratch_.data(); }

 private:
  static constexpr char kNul = '\0';

  simdjson::error_code Index(const char* bytes);
  void Reserve(std::size_t size);
  void Copy(std::string_view json);

  std::unique_ptr<simdjson::ondemand::parser> parser_;
  simdjson::ondemand::json_iterator tokens_;
  // What simdjson was given: `text_`, or its repaired copy. Structure is the
  // same in both; names and values are taken from `text_`.
  const char* indexed_ = nullptr;
  std::string_view text_;
  std::size_t readable_behind_ = 0;  // 0: it is a copy
  JsonBuffer line_;
  JsonBuffer repaired_line_;
  JsonBuffer scratch_;  // its capacity is that of the parser, too
  bool repaired_ = false;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_
