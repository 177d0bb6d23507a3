#include "lib/pipeline/rule_attributes.h"

#include <algorithm>
#include <array>
#include <span>

#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

constexpr std::array<std::string_view, 5> kLevels{"informational", "low",
                                                  "medium", "high", "critical"};
constexpr std::array<std::string_view, 5> kStatuses{
    "unsupported", "deprecated", "experimental", "test", "stable"};

struct TextAttribute {
  std::string_view name;
  AttributeType type;
  std::string Rule::*member;
};
constexpr std::array<TextAttribute, 9> kTexts{{
    {"author", AttributeType::kText, &Rule::author},
    {"date", AttributeType::kDate, &Rule::date},
    {"description", AttributeType::kText, &Rule::description},
    {"id", AttributeType::kText, &Rule::id},
    {"level", AttributeType::kLevel, &Rule::level},
    {"modified", AttributeType::kDate, &Rule::modified},
    {"name", AttributeType::kText, &Rule::name},
    {"status", AttributeType::kStatus, &Rule::status},
    {"title", AttributeType::kText, &Rule::title},
}};

struct ListAttribute {
  std::string_view name;
  std::vector<std::string> Rule::*member;
};
constexpr std::array<ListAttribute, 3> kLists{{
    {"falsepositives", &Rule::false_positives},
    {"references", &Rule::references},
    {"tags", &Rule::tags},
}};

template <typename Table>
auto FindIn(const Table& table, std::string_view name) {
  return std::find_if(table.begin(), table.end(),
                      [&](const auto& row) { return row.name == name; });
}

// Returns the position of `text` in `names`, ASCII caseless.
std::optional<std::size_t> RankOf(std::span<const std::string_view> names,
                                  std::string_view text) {
  const std::string folded = Fold(text);
  const auto name = std::find(names.begin(), names.end(), folded);
  if (name == names.end()) return std::nullopt;
  return static_cast<std::size_t>(name - names.begin());
}

std::span<const std::string_view> RanksOf(AttributeType type) {
  if (type == AttributeType::kLevel) return kLevels;
  return kStatuses;
}

// Returns `YYYY-MM-DD`, also of a date with slashes; nullopt for others.
std::optional<std::string> DateOf(std::string text) {
  std::replace(text.begin(), text.end(), '/', '-');
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() != kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (is_digit != (kShape[i] == '0')) return std::nullopt;
    if (!is_digit && text[i] != '-') return std::nullopt;
  }
  return text;
}

}  // namespace

AttributeType TypeOfAttribute(std::string_view name) {
  const auto* const text = FindIn(kTexts, name);
  if (text != kTexts.end()) return text->type;
  return FindIn(kLists, name) != kLists.end() ? AttributeType::kList
                                              : AttributeType::kCustom;
}

bool IsUnkeptAttribute(std::string_view name) {
  constexpr std::array<std::string_view, 7> kUnkept{
      "detection", "fields", "license", "logsource",
      "related",   "scope",  "taxonomy"};
  return std::find(kUnkept.begin(), kUnkept.end(), name) != kUnkept.end();
}

bool IsRelationFor(AttributeType type, Relation relation) {
  const bool is_equality =
      relation == Relation::kEq || relation == Relation::kNe;
  const bool is_membership =
      relation == Relation::kIn || relation == Relation::kNotIn;
  switch (type) {
    case AttributeType::kText:
      return is_equality;
    case AttributeType::kLevel:
    case AttributeType::kStatus:
    case AttributeType::kDate:
      return !is_membership;
    case AttributeType::kList:
      return is_membership;
    case AttributeType::kCustom:
      break;
  }
  return true;
}

bool IsValueFor(AttributeType type, const Scalar& value) {
  switch (type) {
    case AttributeType::kLevel:
    case AttributeType::kStatus:
      return RankOf(RanksOf(type), value.text).has_value();
    case AttributeType::kDate:
      return DateOf(value.text).has_value();
    case AttributeType::kText:
    case AttributeType::kList:
    case AttributeType::kCustom:
      break;
  }
  return true;
}

std::optional<Scalar> AttributeOf(const Rule& rule, std::string_view name) {
  const auto* const row = FindIn(kTexts, name);
  if (row == kTexts.end()) return std::nullopt;
  const std::string& text = rule.*(row->member);
  if (text.empty()) return std::nullopt;
  return Scalar{YamlNode::Kind::kString, text};
}

const std::vector<std::string>& AttributeListOf(const Rule& rule,
                                                std::string_view name) {
  return rule.*(FindIn(kLists, name)->member);
}

std::partial_ordering CompareAttribute(AttributeType type,
                                       const Scalar& attribute,
                                       const Scalar& value) {
  switch (type) {
    case AttributeType::kLevel:
    case AttributeType::kStatus: {
      const auto left = RankOf(RanksOf(type), attribute.text);
      const auto right = RankOf(RanksOf(type), value.text);
      if (!left.has_value() || !right.has_value()) break;
      return *left <=> *right;
    }
    case AttributeType::kDate: {
      const auto left = DateOf(attribute.text);
      const auto right = DateOf(value.text);
      if (!left.has_value() || !right.has_value()) break;
      return left->compare(*right) <=> 0;
    }
    case AttributeType::kText:
      // A number or date in a condition is meant as it is written.
      return attribute.text == value.text ? std::partial_ordering::equivalent
                                          : std::partial_ordering::unordered;
    case AttributeType::kList:
    case AttributeType::kCustom:
      return Compare(attribute, value);
  }
  return std::partial_ordering::unordered;
}

}  // namespace hypersigma::internal
