// Where the tokens of one JSON text begin, and the memory for it.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_
#define HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "hypersigma/event.h"
#include "lib/input/line_facts.h"

namespace hypersigma::internal {

// Bytes with kJsonPadding of them behind.
class JsonBuffer {
 public:
  char* data() { return bytes_.get(); }

  // Keeps no content. Throws std::bad_alloc.
  void Reserve(std::size_t size) {
    Release();
    bytes_.reset(new char[size + kJsonPadding]);
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
  explicit JsonTokens(const LineLook& look);
  JsonTokens(JsonTokens&&) noexcept;
  JsonTokens& operator=(JsonTokens&&) noexcept;
  ~JsonTokens();

  // Finds the tokens of `json`, each of which may be malformed. Borrows `json`
  // if `readable_behind` it, the bytes there that may be read, are enough; else
  // copies it. Errors: kInvalidArgument ("byte N: ..."), kResourceExhausted.
  absl::Status Find(std::string_view json, std::size_t readable_behind);

  // Makes the text one that has no `\u` escapes and says the same, with its
  // tokens. False: it has none, or some that only reading it value by value can
  // judge; the text must be given to Find() again then.
  bool ResolveUnicode();

  // What else is known of the text.
  const LineFacts& facts() const { return facts_; }

  // Steps over a token and returns where it begins in the text, or end() after
  // the last one.
  const char* Next() {
    if (next_ == last_) return end();
    return text_.data() + *next_++;
  }

  // The tokens that Next() is going to return; up to three behind the last one
  // are what stands behind the text or at its beginning, whatever that is.
  // Valid until the next one is stepped over.
  struct Ahead {
    const char* operator[](std::uint32_t steps) const {
      return text + positions[steps];
    }

    const char* text;
    const std::uint32_t* positions;
  };
  Ahead ahead() const { return {text_.data(), next_}; }

  void Skip(std::uint32_t steps) { next_ += steps; }

  // Has the CPU fetch what is `offset` bytes behind the text, if that may be
  // read: the next text, most likely.
  void FetchBehind(std::size_t offset) const {
    if (offset >= readable_behind_) return;
    __builtin_prefetch(text_.data() + text_.size() + offset);
  }

  bool NextIs(char c) const { return !at_end() && text_[*next_] == c; }

  bool at_end() const { return next_ == last_; }

  // Bytes from the last token to the next, or to the end of the text.
  std::size_t last_bytes() const { return next_[0] - next_[-1]; }

  // Where all tokens begin.
  std::span<const std::uint32_t> positions() const { return {first_, last_}; }

  // As it was given or resolved, with kJsonPadding readable bytes behind it.
  std::string_view text() const { return text_; }
  // A NUL somewhere.
  const char* end() const { return &kNul; }
  // Where in the text a token is, from 0.
  std::size_t OffsetOf(const char* token) const {
    return token == end() ? text_.size()
                          : static_cast<std::size_t>(token - text_.data());
  }

  // Whether the text is not valid UTF-8 or has raw control bytes in strings.
  bool repaired() const { return repaired_; }

  // As many bytes as the text has, and padding, for its unescaped parts.
  char* scratch() { return scratch_.data(); }

 private:
  class Parser;  // simdjson's

  static constexpr char kNul = '\0';
  static constexpr std::size_t kBehindLast = 3;
  static_assert(kBehindLast <= LineLook::kTokenSlack);

  absl::Status FindWithParser();
  void Reserve(std::size_t size);
  void Copy(std::string_view json);

  LineLook look_;
  LineFacts facts_;
  std::string_view text_;
  std::size_t readable_behind_ = 0;  // 0: it is a copy
  bool repaired_ = false;
  // Positions in the text. Behind the last token comes the text's size, some of
  // the kBehindLast times.
  const std::uint32_t* first_ = nullptr;
  const std::uint32_t* next_ = nullptr;
  const std::uint32_t* last_ = nullptr;
  std::unique_ptr<std::uint32_t[]> positions_;  // if the look finds them
  std::unique_ptr<Parser> parser_;              // if it does not
  JsonBuffer line_;
  JsonBuffer resolved_;
  JsonBuffer scratch_;  // its capacity is that of all that is for one text
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_READER_TOKENS_H_
