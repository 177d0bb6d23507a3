#include "tests/support/json_writer.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <string_view>
#include <utility>

#include "lib/reference/text.h"

namespace hypersigma::reference {
namespace {

class Writer {
 public:
  // Without `random` the shortest form.
  explicit Writer(generator::Random* random)
      : random_(random),
        escape_percent_(random == nullptr || !random->Chance(30) ? 0 : 10),
        raw_percent_(random == nullptr || !random->Chance(2) ? 0 : 50),
        blank_percent_(random == nullptr || !random->Chance(30) ? 0 : 40) {}

  std::string Take() { return std::move(out_); }

  void Value(const JsonValue& value) {
    switch (value.kind) {
      case JsonValue::Kind::kNull:
        out_ += "null";
        break;
      case JsonValue::Kind::kBool:
      case JsonValue::Kind::kNumber:
        out_ += value.text;
        break;
      case JsonValue::Kind::kString:
        String(value.text);
        break;
      case JsonValue::Kind::kArray:
        Array(value);
        break;
      case JsonValue::Kind::kObject:
        Object(value);
        break;
    }
  }

 private:
  bool Chance(std::size_t percent) {
    return random_ != nullptr && percent > 0 && random_->Chance(percent);
  }

  void Blanks() {
    while (Chance(blank_percent_)) out_ += random_->Chance(80) ? ' ' : '\t';
  }

  void Array(const JsonValue& value) {
    out_ += '[';
    Blanks();
    for (const JsonValue& element : value.elements) {
      if (&element != value.elements.data()) Separator(',');
      Value(element);
    }
    Blanks();
    out_ += ']';
  }

  void Object(const JsonValue& value) {
    out_ += '{';
    Blanks();
    for (const JsonValue::Member& member : value.members) {
      if (&member != value.members.data()) Separator(',');
      String(member.first);
      Separator(':');
      Value(member.second);
    }
    Blanks();
    out_ += '}';
  }

  void Separator(char c) {
    Blanks();
    out_ += c;
    Blanks();
  }

  void String(std::string_view bytes) {
    out_ += '"';
    for (const char32_t c : DecodeUtf8(bytes)) Character(c);
    out_ += '"';
  }

  void Character(char32_t c) {
    const bool must_escape = c < 0x20 && !Chance(raw_percent_);
    if (c < kInvalidByte && (must_escape || Chance(escape_percent_))) {
      Escape(c);
    } else if (c == U'"' || c == U'\\' ||
               (c == U'/' && Chance(escape_percent_))) {
      out_ += '\\';
      out_ += static_cast<char>(c);
    } else {
      out_ += EncodeUtf8(Text(1, c));
    }
  }

  void Escape(char32_t c) {
    static constexpr std::string_view kMeanings = "\b\f\n\r\t";
    static constexpr std::string_view kLetters = "bfnrt";
    const std::size_t letter =
        c < 0x20 ? kMeanings.find(static_cast<char>(c)) : kMeanings.npos;
    if (letter != kMeanings.npos && !Chance(escape_percent_)) {
      out_ += '\\';
      out_ += kLetters[letter];
    } else if (c < 0x10000) {
      Unit(c);
    } else {
      Unit(0xD800 + ((c - 0x10000) >> 10));
      Unit(0xDC00 + (c & 0x3FF));
    }
  }

  void Unit(char32_t unit) {
    const bool upper = Chance(50);
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), upper ? "\\u%04X" : "\\u%04x",
                  static_cast<unsigned>(unit));
    out_ += text.data();
  }

  generator::Random* random_;
  std::size_t escape_percent_;
  std::size_t raw_percent_;
  std::size_t blank_percent_;
  std::string out_;
};

}  // namespace

std::string WriteJson(const JsonValue& value) {
  Writer writer(nullptr);
  writer.Value(value);
  return writer.Take();
}

std::string WriteJsonRandomly(const JsonValue& value,
                              generator::Random& random) {
  Writer writer(&random);
  writer.Value(value);
  return writer.Take();
}

}  // namespace hypersigma::reference
