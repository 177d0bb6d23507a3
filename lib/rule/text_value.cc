// Text modifiers: one function for each kind.

#include "lib/rule/text_value.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "lib/base/limits.h"
#include "lib/rule/encoding.h"
#include "lib/rule/windash.h"
#include "lib/rule/wording.h"
#include "lib/rule/yaml_scalar.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kTooManyOfARule =
    "the values of this rule stand for too many patterns from here on, "
    "expected "
    "at most ";

SigmaString OpenEnds(const SigmaString& value, bool open_start, bool open_end) {
  SigmaString opened;
  if (open_start) opened.AppendAnyRun();
  opened.Append(value);
  if (open_end) opened.AppendAnyRun();
  return opened;
}

// Applies one modifier after the other to all patterns. After an error there
// are no patterns left, and nothing more to report.
class TextModifiers {
 public:
  TextModifiers(const YamlNode& node, const ValueContext& context)
      : node_(node), context_(context) {}

  std::vector<SigmaString> Apply(SigmaString value);

 private:
  void Apply(Modifier modifier);
  void Expand();
  void EncodeUtf16(Utf16Form form);
  void EncodeBase64(bool at_offsets);
  // The text of `pattern` as bytes; nullopt, and an error, if it is not plain.
  std::optional<std::string> BytesOf(const SigmaString& pattern,
                                     std::string_view modifier);
  // Replaces each pattern by what `replace` makes of it.
  template <typename Replace>
  void ReplaceEach(Replace replace);
  void ReportMissing(const Expansion& expansion);
  void ReportTooMany();
  void Charge();
  void Fail(std::string message);

  const YamlNode& node_;
  const ValueContext& context_;
  std::vector<SigmaString> patterns_;
  // A UTF-16 modifier made the characters: each is a byte.
  bool holds_bytes_ = false;
};

std::vector<SigmaString> TextModifiers::Apply(SigmaString value) {
  patterns_.push_back(std::move(value));
  for (const Modifier modifier : context_.chain.modifiers) {
    if (patterns_.empty()) return {};
    Apply(modifier);
  }
  const bool has_affix = context_.chain.Has(Modifier::kContains) ||
                         context_.chain.Has(Modifier::kStartsWith) ||
                         context_.chain.Has(Modifier::kEndsWith);
  if (context_.is_keyword && !has_affix) Apply(Modifier::kContains);
  Charge();
  return std::move(patterns_);
}

void TextModifiers::Apply(Modifier modifier) {
  switch (modifier) {
    case Modifier::kContains:
    case Modifier::kStartsWith:
    case Modifier::kEndsWith:
      for (SigmaString& pattern : patterns_) {
        pattern = OpenEnds(pattern, modifier != Modifier::kStartsWith,
                           modifier != Modifier::kEndsWith);
      }
      return;
    case Modifier::kWindash:
      return ReplaceEach(ExpandWindash);
    case Modifier::kExpand:
      return Expand();
    case Modifier::kUtf16:
      return EncodeUtf16(Utf16Form::kMarked);
    case Modifier::kUtf16Be:
      return EncodeUtf16(Utf16Form::kBigEndian);
    case Modifier::kUtf16Le:
      return EncodeUtf16(Utf16Form::kLittleEndian);
    case Modifier::kBase64:
      return EncodeBase64(/*at_offsets=*/false);
    case Modifier::kBase64Offset:
      return EncodeBase64(/*at_offsets=*/true);
    default:
      return;  // no chain has others beside these
  }
}

void TextModifiers::Expand() {
  ReplaceEach([this](const SigmaString& pattern) {
    Expansion expansion = ExpandPlaceholders(pattern, context_.placeholders);
    ReportMissing(expansion);
    if (expansion.is_too_large) ReportTooMany();
    return std::move(expansion.patterns);
  });
}

void TextModifiers::EncodeUtf16(Utf16Form form) {
  ReplaceEach([this, form](const SigmaString& pattern) {
    std::vector<SigmaString> encoded;
    const auto is_dash = [](const PatternPart& part) {
      return part.kind == PatternPart::Kind::kAnyDash;
    };
    if (std::any_of(pattern.parts().begin(), pattern.parts().end(), is_dash)) {
      Fail(
          "the value has too many flag dashes to be encoded, expected at most "
          "three");
    } else {
      encoded.push_back(internal::EncodeUtf16(pattern, form));
    }
    return encoded;
  });
  holds_bytes_ = true;
}

void TextModifiers::EncodeBase64(bool at_offsets) {
  const std::string_view name = at_offsets ? "base64offset" : "base64";
  bool is_short = false;
  ReplaceEach([&](const SigmaString& pattern) {
    std::vector<SigmaString> encoded;
    const std::optional<std::string> bytes = BytesOf(pattern, name);
    if (!bytes.has_value()) return encoded;
    if (!at_offsets) {
      encoded.push_back(SigmaString::Literal(internal::EncodeBase64(*bytes)));
      return encoded;
    }
    for (const std::string& text : EncodeBase64AtOffsets(*bytes)) {
      is_short = is_short || text.empty();
      encoded.push_back(SigmaString::Literal(text));
    }
    return encoded;
  });
  holds_bytes_ = false;
  if (!is_short) return;
  context_.reporter.Warning(
      node_.range,
      "the value is so short that at some offset no character of its Base64 "
      "text is its own; there it is taken as the empty string, which is within "
      "every value");
}

std::optional<std::string> TextModifiers::BytesOf(const SigmaString& pattern,
                                                  std::string_view modifier) {
  if (pattern.has_wildcard()) {
    const auto is_placeholder = [](const PatternPart& part) {
      return part.kind == PatternPart::Kind::kPlaceholder;
    };
    const bool has_placeholder = std::any_of(
        pattern.parts().begin(), pattern.parts().end(), is_placeholder);
    Fail(
        has_placeholder
            ? Concat({"modifier ", Quoted(modifier),
                      " stands before 'expand' and finds a placeholder; write ",
                      Quoted(Concat({"expand|", modifier}))})
            : Concat({"the value of modifier ", Quoted(modifier),
                      " has a wildcard, expected plain text; write '\\*' or "
                      "'\\?' for the characters themselves"}));
    return std::nullopt;
  }
  if (holds_bytes_) return BytesOfCharacters(pattern.literal());
  return std::string(pattern.literal());
}

template <typename Replace>
void TextModifiers::ReplaceEach(Replace replace) {
  std::vector<SigmaString> replaced;
  std::size_t bytes = 0;
  for (const SigmaString& pattern : patterns_) {
    std::vector<SigmaString> variants = replace(pattern);
    if (variants.empty()) {
      replaced.clear();
      break;
    }
    for (SigmaString& variant : variants) {
      bytes += variant.byte_count();
      replaced.push_back(std::move(variant));
    }
    if (replaced.size() > kMaxExpansions || bytes > context_.budget.bytes) {
      ReportTooMany();
      replaced.clear();
      break;
    }
  }
  patterns_ = std::move(replaced);
}

void TextModifiers::ReportMissing(const Expansion& expansion) {
  for (const std::string& name : expansion.missing) {
    const std::string written = Concat({"%", name, "%"});
    const std::size_t begin = node_.text.find(written);
    context_.reporter.Error(
        PlaceInScalar(context_.reporter.source(), node_, begin,
                      begin + written.size()),
        Concat({"placeholder ", Quoted(written),
                " has no values, expected values from the caller"}),
        Quoted(written), "values from the caller");
  }
}

void TextModifiers::ReportTooMany() {
  Fail(Concat({"this value stands for more than ",
               std::to_string(kMaxExpansions),
               " patterns, or for too many bytes of them, expected fewer "
               "placeholders, dashes or encodings"}));
}

// Takes what the patterns need from the rule's budget.
void TextModifiers::Charge() {
  PatternBudget& budget = context_.budget;
  std::size_t bytes = 0;
  for (const SigmaString& pattern : patterns_) bytes += pattern.byte_count();
  if (patterns_.size() <= budget.patterns && bytes <= budget.bytes) {
    budget.patterns -= patterns_.size();
    budget.bytes -= bytes;
    return;
  }
  patterns_.clear();
  if (std::exchange(budget.is_exceeded, true)) return;
  Fail(
      Concat({kTooManyOfARule, std::to_string(kMaxRulePatterns), " of at most ",
              std::to_string(kMaxRulePatternBytes), " bytes"}));
}

void TextModifiers::Fail(std::string message) {
  context_.reporter.Error(node_.range, std::move(message));
}

}  // namespace

std::vector<SigmaString> MakeTextPatterns(const YamlNode& node,
                                          SigmaString value,
                                          const ValueContext& context) {
  return TextModifiers(node, context).Apply(std::move(value));
}

}  // namespace hypersigma::internal
