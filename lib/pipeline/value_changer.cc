#include "lib/pipeline/value_changer.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/base/number.h"
#include "lib/base/text.h"
#include "lib/pipeline/condition_matcher.h"
#include "lib/pipeline/item_walk.h"
#include "lib/pipeline/plain_text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

using Kind = RuleValue::Kind;
using Patterns = std::vector<SigmaString>;
// Returns what a pattern becomes; nullopt where it stays.
using NewPatterns = std::function<std::optional<Patterns>(const SigmaString&)>;

// A number that is compared as a number.
bool IsPlainNumber(const DetectionItem& item, const RuleValue& value) {
  return value.is_number() && value.patterns.empty() && item.modifiers.empty();
}

void MakeText(RuleValue& value) {
  if (const auto number = Number::Parse(value.text)) {
    std::string text;
    number->AppendText(&text);
    value.text = std::move(text);
  }
  value.kind = Kind::kString;
  value.patterns.push_back(SigmaString::Literal(value.text));
}

// Whether modifiers made the patterns something else than the text with open
// ends.
bool HasOtherForms(const DetectionItem& item) {
  return std::any_of(item.modifiers.begin(), item.modifiers.end(),
                     [](Modifier modifier) {
                       return modifier != Modifier::kContains &&
                              modifier != Modifier::kStartsWith &&
                              modifier != Modifier::kEndsWith;
                     });
}

// Returns the text that stands for `pattern` under the item's modifiers:
// without the wildcards that they add.
std::string TextUnder(const DetectionItem& item, const SigmaString& pattern) {
  const bool both = item.is_keyword() || item.Has(Modifier::kContains);
  const auto& parts = pattern.parts();
  std::size_t begin = 0;
  std::size_t end = parts.size();
  const auto is_open = [&](std::size_t i) {
    return end - begin > 1 && parts[i].kind == PatternPart::Kind::kAnyRun;
  };
  if ((both || item.Has(Modifier::kEndsWith)) && is_open(begin)) ++begin;
  if ((both || item.Has(Modifier::kStartsWith)) && is_open(end - 1)) --end;
  SigmaString inner;
  for (std::size_t i = begin; i < end; ++i) inner.Append(parts[i]);
  return SigmaTextOf(inner);
}

class TextChanger {
 public:
  TextChanger(NewPatterns new_patterns, const PipelineItem& item, RuleRun& run)
      : new_patterns_(std::move(new_patterns)), item_(item), run_(run) {}

  void Change(bool numbers_too) {
    ForEachItem(run_, [&](WorkDetection& detection) {
      if (ItemMatches(item_, detection, run_)) {
        ChangeItem(detection, numbers_too);
      }
    });
  }

 private:
  void ChangeItem(WorkDetection& detection, bool numbers_too) {
    DetectionItem& item = detection.item;
    bool changed = false;
    std::vector<RuleValue> values;
    for (RuleValue& value : item.values) {
      if (numbers_too && IsPlainNumber(item, value)) MakeText(value);
      if (value.patterns.empty()) {
        values.push_back(std::move(value));
      } else {
        changed = ChangeValue(item, std::move(value), values) || changed;
      }
    }
    item.values = std::move(values);
    if (changed && !item_.id.empty()) detection.applied.insert(item_.id);
  }

  // Appends what becomes of the value; returns whether it changed.
  bool ChangeValue(const DetectionItem& item, RuleValue value,
                   std::vector<RuleValue>& values) {
    const std::size_t cost_before = CostOf(value);
    bool changed = false;
    Patterns patterns;
    for (SigmaString& pattern : value.patterns) {
      std::optional<Patterns> made = new_patterns_(pattern);
      changed = changed || made.has_value();
      if (made.has_value()) {
        std::move(made->begin(), made->end(), std::back_inserter(patterns));
      } else {
        patterns.push_back(std::move(pattern));
      }
    }
    const bool can_split = value.patterns.size() == 1 && !item.all;
    value.patterns = std::move(patterns);
    if (!changed) {
      values.push_back(std::move(value));
      return false;
    }
    value.kind = Kind::kString;
    const std::size_t cost = CostOf(value);
    if (cost > cost_before && !run_.Charge(cost - cost_before)) return true;
    if (can_split && value.patterns.size() > 1) {
      Split(item, value, values);
    } else {
      UpdateText(item, value);
      values.push_back(std::move(value));
    }
    return true;
  }

  void Split(const DetectionItem& item, const RuleValue& value,
             std::vector<RuleValue>& values) {
    for (const SigmaString& pattern : value.patterns) {
      RuleValue& one = values.emplace_back();
      one.kind = Kind::kString;
      one.range = value.range;
      one.text = TextUnder(item, pattern);
      one.patterns.push_back(pattern);
    }
  }

  void UpdateText(const DetectionItem& item, RuleValue& value) {
    if (value.patterns.size() == 1 && !HasOtherForms(item)) {
      value.text = TextUnder(item, value.patterns.front());
    } else if (auto made = new_patterns_(SigmaString::Parse(value.text))) {
      value.text = SigmaTextOf(made->front());
    }
  }

  const NewPatterns new_patterns_;
  const PipelineItem& item_;
  RuleRun& run_;
};

class Replacer {
 public:
  Replacer(const ReplaceString& replace, RuleRun& run)
      : replace_(replace), run_(run) {}

  SigmaString Replace(const SigmaString& pattern) const {
    return replace_.skip_special ? ReplaceBetween(pattern)
                                 : ReplaceAll(pattern);
  }

 private:
  SigmaString ReplaceAll(const SigmaString& pattern) const {
    const PlainText plain(pattern);
    SigmaString result;
    std::size_t next = 0;
    for (const auto& groups : run_.FindAll(*replace_.pattern, plain.text())) {
      plain.AppendTo(next, groups[0].begin, result);
      next = groups[0].end;
      for (const ReplacementPart& part : replace_.replacement) {
        if (!part.group.has_value()) {
          AppendWithWildcards(part.text, result);
        } else if (const RegexSpan group = groups[*part.group];
                   group.begin != std::string::npos) {
          plain.AppendTo(group.begin, group.end, result);
        }
      }
    }
    plain.AppendTo(next, plain.text().size(), result);
    return result;
  }

  SigmaString ReplaceBetween(const SigmaString& pattern) const {
    SigmaString result;
    for (const PatternPart& part : pattern.parts()) {
      if (part.kind == PatternPart::Kind::kLiteral) {
        ReplaceIn(part.literal, result);
      } else {
        result.Append(part);
      }
    }
    return result;
  }

  void ReplaceIn(std::string_view text, SigmaString& result) const {
    std::size_t next = 0;
    for (const auto& groups : run_.FindAll(*replace_.pattern, text)) {
      result.AppendLiteral(text.substr(next, groups[0].begin - next));
      next = groups[0].end;
      for (const ReplacementPart& part : replace_.replacement) {
        if (part.group.has_value()) {
          const RegexSpan group = groups[*part.group];
          if (group.begin == std::string::npos) continue;
          result.AppendLiteral(
              text.substr(group.begin, group.end - group.begin));
        } else if (replace_.interpret_special) {
          result.Append(SigmaString::Parse(part.text));
        } else {
          result.AppendLiteral(part.text);
        }
      }
    }
    result.AppendLiteral(text.substr(next));
  }

  const ReplaceString& replace_;
  RuleRun& run_;
};

std::string SnakeCase(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && text[i] >= 'A' && text[i] <= 'Z') result.push_back('_');
    result.push_back(text[i]);
  }
  return result;
}

std::string InCase(std::string_view text, ChangeCase::To to) {
  std::string result;
  switch (to) {
    case ChangeCase::To::kLower:
      AppendLowerCase(text, &result);
      break;
    case ChangeCase::To::kUpper:
      AppendUpperCase(text, &result);
      break;
    case ChangeCase::To::kSnakeCase:
      AppendLowerCase(SnakeCase(text), &result);
      break;
  }
  return result;
}

// Returns the number that a pattern is as a whole.
std::optional<RuleValue> NumberOf(const SigmaString& pattern,
                                  SourceRange range) {
  if (pattern.has_wildcard()) return std::nullopt;
  const std::string text(pattern.literal());
  const std::optional<Number> number = Number::Parse(text);
  if (!number.has_value()) return std::nullopt;
  RuleValue value;
  value.kind = number->is_integer() ? Kind::kInteger : Kind::kFloat;
  number->AppendText(&value.text);
  value.range = range;
  return value;
}

// Makes numbers of texts; returns whether there was one.
bool MakeNumbers(DetectionItem& item, RuleRun& run) {
  bool changed = false;
  std::vector<RuleValue> values;
  for (RuleValue& value : item.values) {
    if (value.patterns.empty()) {
      values.push_back(std::move(value));
      continue;
    }
    if (item.all && value.patterns.size() > 1) {
      run.Fail("several forms of a value under 'all' cannot be made numbers");
      return changed;
    }
    for (const SigmaString& pattern : value.patterns) {
      auto number = NumberOf(pattern, value.range);
      if (!number.has_value()) {
        run.Fail(Concat(
            {"the value ", Quoted(PlainTextOf(pattern)), " is no number"}));
        return changed;
      }
      values.push_back(*std::move(number));
      changed = true;
    }
  }
  item.values = std::move(values);
  return changed;
}

bool MakeTexts(DetectionItem& item) {
  bool changed = false;
  for (RuleValue& value : item.values) {
    if (!IsPlainNumber(item, value)) continue;
    MakeText(value);
    changed = true;
  }
  return changed;
}

}  // namespace

void ChangeValues(const ReplaceString& replace, const PipelineItem& item,
                  RuleRun& run) {
  const Replacer replacer(replace, run);
  TextChanger(
      [&](const SigmaString& pattern) -> std::optional<Patterns> {
        return Patterns{replacer.Replace(pattern)};
      },
      item, run)
      .Change(/*numbers_too=*/true);
}

void ChangeValues(const MapString& map, const PipelineItem& item,
                  RuleRun& run) {
  TextChanger(
      [&](const SigmaString& pattern) -> std::optional<Patterns> {
        const auto texts = map.texts.find(PlainTextOf(pattern));
        if (texts == map.texts.end()) return std::nullopt;
        Patterns patterns;
        for (const std::string& text : texts->second) {
          patterns.push_back(SigmaString::Parse(text));
        }
        return patterns;
      },
      item, run)
      .Change(/*numbers_too=*/false);
}

void ChangeValues(const ChangeCase& change, const PipelineItem& item,
                  RuleRun& run) {
  TextChanger(
      [&](const SigmaString& pattern) -> std::optional<Patterns> {
        SigmaString changed;
        for (PatternPart part : pattern.parts()) {
          part.literal = InCase(part.literal, change.to);
          changed.Append(part);
        }
        return Patterns{std::move(changed)};
      },
      item, run)
      .Change(/*numbers_too=*/false);
}

void ChangeValues(const SetValue& set, const PipelineItem& item, RuleRun& run) {
  ForEachItem(run, [&](WorkDetection& detection) {
    if (!ItemMatches(item, detection, run)) return;
    DetectionItem& rule_item = detection.item;
    RuleValue value = set.value;
    value.range = rule_item.values.front().range;
    if (rule_item.is_keyword()) {
      if (value.kind == Kind::kNull) {
        run.Fail("a keyword cannot be null");
        return;
      }
      if (value.patterns.empty()) {
        value.patterns.push_back(SigmaString::Literal(value.text));
      }
      SigmaString open;
      open.AppendAnyRun();
      open.Append(value.patterns.front());
      open.AppendAnyRun();
      value.patterns.front() = std::move(open);
    }
    rule_item.modifiers.clear();
    rule_item.all = false;
    rule_item.cased = false;
    rule_item.values.assign(1, value);
    if (!item.id.empty()) detection.applied.insert(item.id);
  });
}

void ChangeValues(const ConvertType& convert, const PipelineItem& item,
                  RuleRun& run) {
  ForEachItem(run, [&](WorkDetection& detection) {
    // Keywords are looked for as texts, whatever they are.
    if (detection.item.is_keyword()) return;
    if (!ItemMatches(item, detection, run)) return;
    const bool changed = convert.to_number ? MakeNumbers(detection.item, run)
                                           : MakeTexts(detection.item);
    if (changed && !item.id.empty()) detection.applied.insert(item.id);
  });
}

}  // namespace hypersigma::internal
