#include "lib/catalog/json_writer.h"

#include <cstddef>

#include "lib/engine/ndjson_writer.h"

namespace hypersigma::internal {
namespace {

// Characters that HTML obeys stand in JSON for themselves only, inside of
// strings: escapes may replace them wherever they are.
void EscapeMarkup(std::size_t begin, std::string& text) {
  constexpr std::string_view kMarkup = "<>&";
  std::size_t at = text.find_first_of(kMarkup, begin);
  if (at == std::string::npos) return;
  const std::string rest = text.substr(at);
  text.resize(at);
  for (const char c : rest) {
    if (kMarkup.find(c) == std::string_view::npos) {
      text += c;
    } else {
      AppendControl(static_cast<std::uint32_t>(c), &text);
    }
  }
}

}  // namespace

void JsonWriter::Separate() {
  if (needs_comma_) *out_ += ',';
  needs_comma_ = true;
}

void JsonWriter::Open(char bracket) {
  Separate();
  *out_ += bracket;
  needs_comma_ = false;
}

void JsonWriter::Close(char bracket) {
  *out_ += bracket;
  needs_comma_ = true;
}

void JsonWriter::Bare(std::string_view text) {
  Separate();
  *out_ += text;
}

void JsonWriter::Key(std::string_view name) {
  String(name);
  *out_ += ':';
  needs_comma_ = false;
}

void JsonWriter::String(std::string_view text) {
  Separate();
  const std::size_t begin = out_->size();
  AppendJsonString(text, out_);
  EscapeMarkup(begin, *out_);
}

void JsonWriter::Number(std::uint64_t number) { Bare(std::to_string(number)); }

void JsonWriter::Member(std::string_view name, std::string_view text) {
  Key(name);
  String(text);
}

void JsonWriter::Member(std::string_view name, std::uint64_t number) {
  Key(name);
  Number(number);
}

void JsonWriter::MemberBool(std::string_view name, bool value) {
  Key(name);
  Bool(value);
}

void JsonWriter::MemberNull(std::string_view name) {
  Key(name);
  Null();
}

void JsonWriter::MemberOrNull(std::string_view name, std::string_view text) {
  if (text.data() == nullptr) {
    MemberNull(name);
  } else {
    Member(name, text);
  }
}

}  // namespace hypersigma::internal
