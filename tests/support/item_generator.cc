// Items whose values are no texts are in scalar_item_generator.cc.

#include "tests/support/item_generator.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <utility>

#include "lib/reference/text.h"
#include "lib/reference/value.h"
#include "tests/support/scalar_item_generator.h"
#include "tests/support/text_generator.h"

namespace hypersigma::generator {
namespace {

using reference::JsonValue;

// The modifiers of a text item.
struct TextModifiers {
  std::vector<std::string> steps;  // what is applied to the value, in order
  std::string affix;
  bool all = false;
  bool cased = false;

  bool Has(std::string_view name) const {
    return std::find(steps.begin(), steps.end(), name) != steps.end();
  }
  bool has_base64() const { return Has("base64") || Has("base64offset"); }
};

// Puts `name` anywhere from `first` on.
void Insert(const std::string& name, std::size_t first, Random& random,
            std::vector<std::string>& steps) {
  const std::size_t place = random.Between(first, steps.size());
  steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(place), name);
}

TextModifiers RandomTextModifiers(Random& random) {
  static const std::string kAffixes[] = {"", "contains", "contains",
                                         "startswith", "endswith"};
  static const std::string kUtf16[] = {"wide", "utf16le", "utf16be", "utf16"};
  static const std::string kBase64[] = {"base64", "base64offset",
                                        "base64offset"};
  TextModifiers modifiers;
  std::vector<std::string>& steps = modifiers.steps;
  if (random.Chance(11)) steps.push_back(random.Pick(kUtf16));
  if (random.Chance(15)) Insert("windash", 0, random, steps);
  // What Base64 encodes must not have placeholders any more.
  if (random.Chance(10)) Insert(random.Pick(kBase64), 0, random, steps);
  if (random.Chance(12)) {
    steps.insert(modifiers.has_base64()
                     ? steps.begin()
                     : steps.begin() + static_cast<std::ptrdiff_t>(
                                           random.Below(steps.size() + 1)),
                 "expand");
  }
  modifiers.affix = random.Pick(kAffixes);
  if (!modifiers.affix.empty()) {
    Insert(modifiers.affix, modifiers.has_base64() ? steps.size() : 0, random,
           steps);
  }
  modifiers.all = random.Chance(modifiers.affix == "contains" ? 30 : 10);
  modifiers.cased = random.Chance(20);
  return modifiers;
}

// `all` and `cased` stand anywhere.
std::string Chain(const TextModifiers& modifiers, Random& random) {
  std::vector<std::string> names = modifiers.steps;
  if (modifiers.all) Insert("all", 0, random, names);
  if (modifiers.cased) Insert("cased", 0, random, names);
  std::string chain;
  for (const std::string& name : names) chain += "|" + name;
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
  if (modifiers.Has("expand")) return RandomExpandSource(random);
  if (modifiers.Has("windash")) return RandomDashSource(random);
  // Wildcards under Base64 are refused; rarely is that tried.
  if (modifiers.has_base64() && random.Chance(97)) {
    static const std::string kPlain[] = {"cmd", "É\\*", "-a b", "\\\\x",
                                         "http"};
    return random.Chance(50) ? random.Pick(kPlain) : RandomDashSource(random);
  }
  static const std::string kWholes[] = {"",     "*",   "**", "?",  "true",
                                        "4624", "1.5", "\\", "\\*"};
  return random.Chance(7) ? random.Pick(kWholes) : RandomSigmaSource(random);
}

// A text that the source matches under the modifiers, as field value or,
// without field, as part of one.
std::string MatchingText(const TextModifiers& modifiers,
                         const std::string& source, bool is_keyword,
                         Random& random) {
  internal::YamlNode node;
  node.kind = internal::YamlNode::Kind::kString;
  node.text = source;
  const auto value = reference::MakeRuleValue(node, modifiers.steps, is_keyword,
                                              GeneratedPlaceholders());
  if (!value.ok() || value->patterns.empty()) return RandomText(random);
  const auto variants = reference::ExpandDashes(random.Pick(value->patterns));
  if (!variants.ok()) return RandomText(random);
  return TextMatching(random.Pick(*variants), !modifiers.cased, random);
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
    std::string text = MatchingText(modifiers, source, field.empty(), random);
    joined += text;
    if (modifiers.Has("windash") && random.Chance(30)) {
      text = SwapDash(text, random);
    }
    texts.push_back(JsonValue::String(text));
  }
  if (random.Chance(5)) values.emplace_back(random.Chance(50) ? "10" : "true");
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
  GeneratedItem item =
      random.Chance(45) ? RandomScalarItem(field, random)
                        : TextItem(field, RandomTextModifiers(random), random);
  if (random.Chance(7)) item.key += "|neq";
  return item;
}

GeneratedItem RandomKeywordItem(Random& random) {
  if (random.Chance(20)) return RegexItem("", random);
  TextModifiers modifiers = RandomTextModifiers(random);
  if (random.Chance(50)) std::erase(modifiers.steps, modifiers.affix);
  modifiers.all = random.Chance(60);
  GeneratedItem item = TextItem("", modifiers, random);
  if (item.key.empty()) item.key = "|cased";
  return item;
}

GeneratedItem RandomPlainKeyword(Random& random) {
  const std::string source =
      random.Chance(90) ? RandomSigmaSource(random) : std::string("4624");
  GeneratedItem item;
  item.value = random.Chance(3) ? "42" : YamlQuoted(source, random);
  item.examples.push_back(
      {"", false,
       JsonValue::String(MatchingText(TextModifiers(), source,
                                      /*is_keyword=*/true, random))});
  return item;
}

}  // namespace hypersigma::generator
