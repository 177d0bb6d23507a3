// Items whose values are no texts are in scalar_item_generator.cc.

#include "tests/support/item_generator.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "tests/support/reference_text.h"
#include "tests/support/scalar_item_generator.h"
#include "tests/support/text_generator.h"

namespace hypersigma::generator {
namespace {

using reference::JsonValue;
using reference::Pattern;

// The modifiers of a text item, before they are put in an order.
struct TextModifiers {
  std::string affix;
  bool all = false;
  bool cased = false;
  bool windash = false;
  bool expand = false;
};

TextModifiers RandomTextModifiers(Random& random) {
  static const std::string kAffixes[] = {"", "contains", "contains",
                                         "startswith", "endswith"};
  TextModifiers modifiers;
  modifiers.affix = random.Pick(kAffixes);
  modifiers.all = random.Chance(modifiers.affix == "contains" ? 30 : 10);
  modifiers.cased = random.Chance(20);
  modifiers.windash = random.Chance(15);
  modifiers.expand = random.Chance(12);
  return modifiers;
}

// Any order, but `windash` after `expand`.
std::string Chain(const TextModifiers& modifiers, Random& random) {
  std::vector<std::string> names;
  if (!modifiers.affix.empty()) names.push_back(modifiers.affix);
  if (modifiers.all) names.emplace_back("all");
  if (modifiers.cased) names.emplace_back("cased");
  const std::string expand = modifiers.expand ? "|expand" : "";
  const std::string windash = modifiers.windash ? "|windash" : "";
  if (!(expand + windash).empty()) {
    names.push_back((expand + windash).substr(1));
  }
  std::string chain;
  while (!names.empty()) {
    const std::size_t next = random.Below(names.size());
    chain += "|" + names[next];
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(next));
  }
  return chain;
}

std::string RandomExpandSource(Random& random) {
  static const std::string kPieces[] = {
      "%user%", "%dom%", "%odd%", "%one%", "a", "-", "*", "\\%", " ", "a-b ",
  };
  std::string source = random.Pick(kPieces);
  if (random.Chance(60)) source += random.Pick(kPieces);
  return source;
}

std::string RandomSource(const TextModifiers& modifiers, Random& random) {
  if (modifiers.expand) return RandomExpandSource(random);
  if (modifiers.windash) return RandomDashSource(random);
  static const std::string kWholes[] = {"",     "*",   "**", "?",  "true",
                                        "4624", "1.5", "\\", "\\*"};
  return random.Chance(7) ? random.Pick(kWholes) : RandomSigmaSource(random);
}

// One of the patterns that the source stands for, affix left out.
Pattern OnePattern(const TextModifiers& modifiers, const std::string& source,
                   Random& random) {
  Pattern pattern = reference::ParsePattern(source, modifiers.expand);
  if (modifiers.expand) {
    pattern = random.Pick(
        *reference::ExpandPlaceholders(pattern, GeneratedPlaceholders()));
  }
  if (modifiers.windash) {
    pattern = random.Pick(reference::ExpandWindash(pattern));
  }
  return pattern;
}

Pattern AddAffix(const TextModifiers& modifiers, const Pattern& pattern) {
  if (modifiers.affix == "contains") return reference::AddContains(pattern);
  if (modifiers.affix == "startswith") {
    return reference::AddStartsWith(pattern);
  }
  if (modifiers.affix == "endswith") return reference::AddEndsWith(pattern);
  return pattern;
}

std::string ListOf(const std::vector<std::string>& values, Random& random) {
  if (values.size() == 1 && random.Chance(80)) return values[0];
  std::string list = "[";
  for (const std::string& value : values) {
    if (list.size() > 1) list += ", ";
    list += value;
  }
  return list + "]";
}

// How many values an item has: mostly few, sometimes enough for a large set.
std::size_t ValueCount(Random& random) {
  if (random.Chance(50)) return 1;
  return random.Chance(95) ? random.Between(2, 4) : random.Between(20, 60);
}

GeneratedItem TextItem(const std::string& field, const TextModifiers& modifiers,
                       Random& random) {
  GeneratedItem item;
  item.key = field + Chain(modifiers, random);
  std::vector<std::string> values;
  std::vector<JsonValue> texts;
  std::string joined;
  for (std::size_t i = ValueCount(random); i > 0; --i) {
    const std::string source = RandomSource(modifiers, random);
    values.push_back(YamlQuoted(source, random));
    const Pattern pattern = OnePattern(modifiers, source, random);
    const bool swap = !modifiers.cased;
    joined += TextMatching(pattern, swap, random);
    std::string text = TextMatching(AddAffix(modifiers, pattern), swap, random);
    if (modifiers.windash && random.Chance(30)) text = SwapDash(text, random);
    texts.push_back(JsonValue::String(text));
  }
  if (!modifiers.windash && !modifiers.expand && random.Chance(5)) {
    values.emplace_back(random.Chance(50) ? "10" : "true");
  }
  item.value = ListOf(values, random);
  if (!modifiers.all) {
    item.examples.push_back({field, false, random.Pick(texts)});
  } else if (modifiers.affix == "contains") {
    item.examples.push_back({field, false, JsonValue::String(joined)});
  } else {
    item.examples.push_back({field, false, JsonValue::Array(texts)});
  }
  return item;
}

void AppendEscaped(char32_t c, std::string& out) {
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\x%02X",
                static_cast<unsigned>(c));
  out += escape.data();
}

}  // namespace

const reference::Placeholders& GeneratedPlaceholders() {
  static const reference::Placeholders kPlaceholders = {
      {"user", {"alice", "bob*"}},
      {"dom", {"corp", "l?b", "É"}},
      {"odd", {"\\*x", "-y", "a\\"}},
      {"one", {"ab"}},
  };
  return kPlaceholders;
}

const std::vector<std::string>& GeneratedFields() {
  static const std::vector<std::string> kFields = {
      "Image", "CommandLine", "user.name", "a.b.c", "a.b", "F 1[0]", "É",
  };
  return kFields;
}

std::string YamlQuoted(std::string_view text, Random& random) {
  bool has_controls = false;
  for (const char c : text) {
    has_controls |= static_cast<unsigned char>(c) < 0x20;
  }
  const bool is_double = has_controls || random.Chance(50);
  const char32_t quote = is_double ? U'"' : U'\'';
  std::string quoted(1, static_cast<char>(quote));
  for (const char32_t c : reference::DecodeUtf8(text)) {
    if (is_double && (c < 0x20 || c == U'"' || c == U'\\')) {
      AppendEscaped(c, quoted);
    } else {
      quoted += reference::EncodeUtf8(reference::Text(c == quote ? 2 : 1, c));
    }
  }
  return quoted + static_cast<char>(quote);
}

GeneratedItem RandomItem(Random& random) {
  const std::string& field = random.Pick(GeneratedFields());
  if (random.Chance(45)) return RandomScalarItem(field, random);
  return TextItem(field, RandomTextModifiers(random), random);
}

GeneratedItem RandomKeywordItem(Random& random) {
  if (random.Chance(20)) return RegexItem("", random);
  TextModifiers modifiers = RandomTextModifiers(random);
  if (random.Chance(50)) modifiers.affix.clear();
  modifiers.all = random.Chance(60);
  GeneratedItem item = TextItem("", modifiers, random);
  if (item.key.empty()) item.key = "|cased";
  return item;
}

GeneratedItem RandomPlainKeyword(Random& random) {
  TextModifiers modifiers;
  const std::string source =
      random.Chance(90) ? RandomSigmaSource(random) : std::string("4624");
  GeneratedItem item;
  item.value = random.Chance(3) ? "42" : YamlQuoted(source, random);
  const Pattern pattern = OnePattern(modifiers, source, random);
  item.examples.push_back(
      {"", false, JsonValue::String(TextMatching(pattern, true, random))});
  return item;
}

}  // namespace hypersigma::generator
