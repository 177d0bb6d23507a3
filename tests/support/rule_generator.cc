#include "tests/support/rule_generator.h"

#include <cstddef>
#include <set>
#include <utility>

namespace hypersigma::generator {
namespace {

const std::string kNames[] = {
    "sel",     "sel_a", "sel-b",     "selection", "filter_1", "filter_2",
    "_hidden", "not_x", "all_of_it", "SEL",       "x1",
};

const std::string kPatterns[] = {
    "them", "sel*", "filter_*", "*", "s*l*", "_*", "nothing*", "*_*", "*1",
};

class RuleMaker {
 public:
  explicit RuleMaker(Random& random) : random_(random) {}

  GeneratedRule Make(const std::string& title) {
    rule_.yaml =
        "title: " + title + "\nlogsource: {category: test}\ndetection:\n";
    for (std::size_t i = random_.Between(1, 3); i > 0; --i) AddSelection();
    rule_.yaml += "  condition: " + Conditions() + "\n";
    return std::move(rule_);
  }

 private:
  void AddSelection() {
    const std::string& name = random_.Pick(kNames);
    for (const std::string& known : names_) {
      if (known == name) return;
    }
    names_.push_back(name);
    rule_.yaml += "  " + name + ": " + Body(2) + "\n";
  }

  // Keeps the item's examples and returns its value.
  std::string Value(GeneratedItem item) {
    for (Example& example : item.examples) {
      rule_.examples.push_back(std::move(example));
    }
    return std::move(item.value);
  }

  std::string Body(int depth) {
    if (random_.Chance(75)) return Map();
    if (random_.Chance(30)) return Value(RandomPlainKeyword(random_));
    std::string list = "[";
    for (std::size_t i = random_.Between(1, 3); i > 0; --i) {
      if (list.size() > 1) list += ", ";
      list += depth > 0 ? Body(depth - 1) : Map();
    }
    return list + "]";
  }

  std::string Map() {
    std::string map = "{";
    std::set<std::string> keys;
    for (std::size_t i = random_.Between(1, 3); i > 0; --i) {
      GeneratedItem item =
          random_.Chance(95) ? RandomItem(random_) : RandomKeywordItem(random_);
      if (!keys.insert(item.key).second) continue;
      if (map.size() > 1) map += ", ";
      map += YamlQuoted(item.key, random_) + ": ";
      map += Value(std::move(item));
    }
    return map + "}";
  }

  std::string Conditions() {
    // Alone, since it hardly decides a larger condition.
    if (random_.Chance(8)) {
      return random_.Chance(30) ? "not 2 of them" : "2 of them";
    }
    if (random_.Chance(92)) return "'" + Or(2) + "'";
    return "['" + Or(1) + "', '" + Or(1) + "']";
  }

  std::string Or(int depth) {
    std::string text = And(depth);
    while (random_.Chance(25)) text += " or " + And(depth);
    return text;
  }

  std::string And(int depth) {
    std::string text = Not(depth);
    while (random_.Chance(25)) text += " and " + Not(depth);
    return text;
  }

  std::string Not(int depth) {
    return (random_.Chance(20) ? "not " : "") + Atom(depth);
  }

  std::string Atom(int depth) {
    if (depth > 0 && random_.Chance(15)) return "(" + Or(depth - 1) + ")";
    if (random_.Chance(70)) return random_.Pick(names_);
    static const std::string kQuantifiers[] = {"1", "any", "all", "all", "2"};
    const std::string& pattern =
        random_.Chance(80) ? random_.Pick(kPatterns) : random_.Pick(names_);
    return random_.Pick(kQuantifiers) + " of " + pattern;
  }

  Random& random_;
  GeneratedRule rule_;
  std::vector<std::string> names_;
};

}  // namespace

GeneratedRule RandomRule(const std::string& title, Random& random) {
  return RuleMaker(random).Make(title);
}

}  // namespace hypersigma::generator
