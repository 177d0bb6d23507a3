#include "lib/input/unicode_escapes.h"

#include <algorithm>
#include <bit>

#include "lib/input/byte_mask.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

// What follows the backslash of a character that JSON wants escaped; 0 if there
// is nothing of one character.
char ShortEscapeOf(std::uint32_t code_point) {
  switch (code_point) {
    case '"':
    case '\\':
      return static_cast<char>(code_point);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return '\0';
  }
}

class Resolver {
 public:
  Resolver(std::string_view text, std::span<std::uint32_t> tokens, char* out)
      : text_(text), tokens_(tokens), begin_(out), out_(out) {}

  std::optional<ResolvedText> Run() {
    for (std::size_t at = 0; at < text_.size(); at += kByteMaskBytes) {
      const std::size_t size = std::min(kByteMaskBytes, text_.size() - at);
      const char* const step = text_.data() + at;
      std::uint64_t escapes = MaskOfByte(step + 1, size, 'u');
      if (escapes != 0) escapes &= MaskOfByte(step, size, '\\');
      for (; escapes != 0; escapes &= escapes - 1) {
        const std::size_t escape =
            at + static_cast<std::size_t>(std::countr_zero(escapes));
        // What was read with the one before, or is escaped itself, is none.
        if (escape < read_ || IsEscaped(escape)) continue;
        if (!Resolve(escape)) return std::nullopt;
      }
    }
    CopyTo(text_.size());
    ResolvedText resolved;
    resolved.byte_count = static_cast<std::size_t>(out_ - begin_);
    resolved.is_ascii = is_ascii_;
    return resolved;
  }

 private:
  bool IsEscaped(std::size_t at) const {
    std::size_t slashes = 0;
    while (at - slashes > read_ && text_[at - slashes - 1] == '\\') ++slashes;
    return slashes % 2 != 0;
  }

  // Copies what comes before `at`, and moves the tokens that begin there.
  void CopyTo(std::size_t at) {
    const auto removed = static_cast<std::uint32_t>(
        static_cast<std::ptrdiff_t>(read_) - (out_ - begin_));
    while (next_token_ < tokens_.size() && tokens_[next_token_] < at) {
      tokens_[next_token_++] -= removed;
    }
    if (at > read_) {
      out_ = CopyParts(text_.data() + read_, at - read_, out_);
    }
    read_ = at;
  }

  // Whether the last token that was copied is a string.
  bool IsInString() const {
    return next_token_ > 0 && begin_[tokens_[next_token_ - 1]] == '"';
  }

  bool Resolve(std::size_t at) {
    CopyTo(at);
    if (!IsInString()) return false;
    const UnicodeEscape escape = ReadUnicodeEscape(
        text_.data() + at, text_.data() + text_.size());
    if (escape.code_point == UnicodeEscape::kMalformed || escape.lone) {
      return false;
    }
    if (const char c = ShortEscapeOf(escape.code_point); c != '\0') {
      *out_++ = '\\';
      *out_++ = c;
    } else if (escape.code_point < 0x20) {
      return false;
    } else {
      out_ = WriteUtf8(escape.code_point, out_);
    }
    is_ascii_ &= escape.code_point < 0x80;
    read_ = at + static_cast<std::size_t>(escape.raw_bytes);
    return true;
  }

  std::string_view text_;
  std::span<std::uint32_t> tokens_;
  char* begin_;
  char* out_;
  std::size_t read_ = 0;  // up to the end of an escape, or 0
  std::size_t next_token_ = 0;
  bool is_ascii_ = true;
};

}  // namespace

std::optional<ResolvedText> ResolveUnicodeEscapes(
    std::string_view text, std::span<std::uint32_t> tokens, char* out) {
  return Resolver(text, tokens, out).Run();
}

}  // namespace hypersigma::internal
