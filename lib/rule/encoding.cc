// Encodings.

#include "lib/rule/encoding.h"

#include <cstddef>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

void AppendByte(std::uint32_t byte, std::string& out) {
  AppendCodePoint(byte & 0xFF, &out);
}

void AppendUnit(std::uint32_t unit, bool big_endian, std::string& out) {
  AppendByte(big_endian ? unit >> 8 : unit, out);
  AppendByte(big_endian ? unit : unit >> 8, out);
}

std::string Utf16Text(std::string_view text, bool big_endian) {
  std::string out;
  while (!text.empty()) {
    const CodePoint code_point = DecodeCodePoint(text);
    text.remove_prefix(code_point.byte_count);
    const auto value = static_cast<std::uint32_t>(code_point.value);
    if (value < 0x10000) {
      AppendUnit(value, big_endian, out);
    } else {
      AppendUnit(0xD800 + ((value - 0x10000) >> 10), big_endian, out);
      AppendUnit(0xDC00 + ((value - 0x10000) & 0x3FF), big_endian, out);
    }
  }
  return out;
}

}  // namespace

SigmaString EncodeUtf16(const SigmaString& value, Utf16Form form) {
  SigmaString encoded;
  if (form == Utf16Form::kMarked) encoded.AppendLiteral("\u00FF\u00FE");
  for (const PatternPart& part : value.parts()) {
    if (part.kind == PatternPart::Kind::kLiteral) {
      encoded.AppendLiteral(
          Utf16Text(part.literal, form == Utf16Form::kBigEndian));
    } else {
      encoded.Append(part);
    }
  }
  return encoded;
}

std::string BytesOfCharacters(std::string_view characters) {
  std::string bytes;
  while (!characters.empty()) {
    const CodePoint code_point = DecodeCodePoint(characters);
    characters.remove_prefix(code_point.byte_count);
    bytes.push_back(static_cast<char>(code_point.value));
  }
  return bytes;
}

std::string EncodeBase64(std::string_view bytes) {
  return absl::Base64Escape(absl::string_view(bytes.data(), bytes.size()));
}

std::array<std::string, 3> EncodeBase64AtOffsets(std::string_view bytes) {
  // Characters that depend on what stands before and after, too.
  static constexpr std::array<std::size_t, 3> kMixedFront = {0, 2, 3};
  static constexpr std::array<std::size_t, 3> kMixedBack = {0, 3, 2};
  std::array<std::string, 3> encoded;
  for (std::size_t offset = 0; offset < encoded.size(); ++offset) {
    std::string filled(offset, ' ');
    filled.append(bytes);
    const std::string text = EncodeBase64(filled);
    const std::size_t cut = kMixedFront[offset] + kMixedBack[filled.size() % 3];
    if (cut < text.size()) {
      encoded[offset] = text.substr(kMixedFront[offset], text.size() - cut);
    }
  }
  return encoded;
}

}  // namespace hypersigma::internal
