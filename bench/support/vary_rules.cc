#include "bench/support/vary_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "absl/strings/ascii.h"
#include "bench/support/literal_places.h"
#include "bench/support/or_die.h"
#include "lib/base/source.h"
#include "lib/rule/rule_text.h"
#include "tests/support/random.h"

namespace hypersigma::bench {
namespace {

using generator::Random;
using internal::YamlNode;

constexpr std::array<std::string_view, 14> kFixed = {
    "cidr", "expand", "exists", "fieldref", "lt",   "lte",   "gt",
    "gte",  "minute", "hour",   "day",      "week", "month", "year"};

// Whether `key`, a field with its modifiers, has `modifier`.
bool HasModifier(std::string_view key, std::string_view modifier) {
  for (std::size_t bar = key.find('|'); bar != std::string_view::npos;
       bar = key.find('|')) {
    key.remove_prefix(bar + 1);
    if (key.substr(0, key.find('|')) == modifier) return true;
  }
  return false;
}

bool IsFixed(std::string_view key) {
  return std::any_of(
      kFixed.begin(), kFixed.end(),
      [key](std::string_view modifier) { return HasModifier(key, modifier); });
}

// Another character of the same class; never 0, which could make a number
// shorter.
char OtherOfClass(char c, Random& random) {
  const char first = absl::ascii_isdigit(static_cast<unsigned char>(c))   ? '1'
                     : absl::ascii_islower(static_cast<unsigned char>(c)) ? 'a'
                                                                          : 'A';
  const std::size_t size = first == '1' ? 9 : 26;
  while (true) {
    const char other =
        static_cast<char>(first + static_cast<char>(random.Below(size)));
    if (other != c) return other;
  }
}

// The texts of rules, and those among them that hold one rule and nothing else.
struct Streams {
  std::vector<RuleStream> all;
  std::vector<RuleStream> singles;
};

Streams StreamsOf(const RuleSet& rules) {
  Streams streams;
  const std::vector<Document>& documents = rules.report().documents;
  const std::span<const internal::RuleText> texts = rules.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::size_t begin = texts[i].first_document;
    const std::size_t end =
        i + 1 < texts.size() ? texts[i + 1].first_document : documents.size();
    streams.all.push_back({texts[i].label, texts[i].yaml});
    if (end - begin == 1 && documents[begin].rule.has_value()) {
      streams.singles.push_back(streams.all.back());
    }
  }
  return streams;
}

}  // namespace

VariedRule::VariedRule(std::string yaml) : yaml_(std::move(yaml)) {
  const internal::Source source("<rule>", yaml_);
  const std::vector<internal::YamlDocument> documents =
      internal::ParseYaml(source);
  if (documents.empty()) return;
  const YamlNode& root = documents.front().root;
  if (const YamlNode* const id = root.Find("id")) AddId(*id);
  const YamlNode* const detection = root.Find("detection");
  if (detection == nullptr) return;
  for (const YamlNode::Entry& entry : detection->entries) {
    if (entry.key.text == "condition" || entry.key.text == "timeframe") {
      continue;
    }
    AddDetection(entry.value, "");
  }
}

void VariedRule::AddDetection(const YamlNode& node, std::string_view key) {
  if (node.is_scalar()) {
    if (!IsFixed(key)) AddLiteral(node, HasModifier(key, "re"));
    return;
  }
  for (const YamlNode& item : node.items) AddDetection(item, key);
  for (const YamlNode::Entry& entry : node.entries) {
    AddDetection(entry.value, entry.key.text);
  }
}

void VariedRule::AddLiteral(const YamlNode& node, bool is_regex) {
  Places places =
      is_regex                                ? RegexPlaces(yaml_, node.range)
      : node.kind == YamlNode::Kind::kString  ? TextPlaces(yaml_, node.range)
      : node.kind == YamlNode::Kind::kInteger ? IntegerPlaces(yaml_, node.range)
                                              : Places();
  if (places.empty() || !IsNew(places)) return;
  has_text_ = has_text_ || node.kind == YamlNode::Kind::kString;
  literals_.push_back(std::move(places));
}

// An alias stands for a literal that was there before.
bool VariedRule::IsNew(const Places& places) const {
  return std::none_of(literals_.begin(), literals_.end(),
                      [&places](const Places& known) {
                        return known.front() == places.front();
                      });
}

void VariedRule::AddId(const YamlNode& id) {
  for (std::uint32_t i = id.range.begin; i < id.range.end; ++i) {
    if (yaml_[i] == '-') id_digits_.clear();
    if (absl::ascii_isxdigit(static_cast<unsigned char>(yaml_[i]))) {
      id_digits_.push_back(i);
    }
  }
}

std::string VariedRule::Copy(std::uint64_t number) const {
  std::string copy = yaml_;
  Random random(number);
  for (const std::uint32_t digit : id_digits_) {
    copy[digit] = "0123456789abcdef"[random.Below(16)];
  }
  for (const Places& places : literals_) {
    char& c = copy[random.Pick(places)];
    c = OtherOfClass(c, random);
  }
  return copy;
}

RuleSet CopiesOf(const RuleSet& rules, std::size_t copies, std::uint64_t seed) {
  Random random(seed);
  std::vector<RuleStream> streams;
  for (const RuleStream& single : StreamsOf(rules).singles) {
    const VariedRule varied(single.yaml);
    if (!varied.has_text()) continue;
    for (std::size_t i = 0; i < copies; ++i) {
      streams.push_back({single.label, varied.Copy(random.Next())});
    }
  }
  return RuleSet::FromStreams(streams, rules.options());
}

RuleSet RulesOfCount(const RuleSet& rules, std::size_t count,
                     std::uint64_t seed, const FileNames& not_copied) {
  Streams streams = StreamsOf(rules);
  Random random(seed);
  for (std::size_t i = streams.singles.size(); i > 1; --i) {
    std::swap(streams.singles[i - 1], streams.singles[random.Below(i)]);
  }
  const std::size_t known = rules.rules().size();
  if (count < known) {
    streams.singles.resize(std::min(count, streams.singles.size()));
    return RuleSet::FromStreams(streams.singles, rules.options());
  }
  std::vector<VariedRule> varied;
  for (RuleStream& single : streams.singles) {
    if (not_copied.contains(single.label)) continue;
    VariedRule rule(std::move(single.yaml));
    if (rule.has_text()) varied.push_back(std::move(rule));
  }
  if (varied.empty() && count > known) Die("there is no rule to be copied");
  for (std::size_t i = 0; i < count - known; ++i) {
    streams.all.push_back({"copy " + std::to_string(i),
                           varied[i % varied.size()].Copy(random.Next())});
  }
  return RuleSet::FromStreams(streams.all, rules.options());
}

}  // namespace hypersigma::bench
