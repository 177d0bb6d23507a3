#include "tests/support/event_generator.h"

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "tests/support/text_generator.h"

namespace hypersigma::generator {
namespace {

using reference::JsonValue;

// Values that each field shall have.
using Wishes = std::map<std::string, std::vector<JsonValue>>;

const std::string kOtherFields[] = {"other", "a.x", "deep.er", "list"};

JsonValue RandomOddValue(Random& random) {
  switch (random.Below(8)) {
    case 0:
      return JsonValue::Null();
    case 1:
      return JsonValue::String("");
    case 2:
      return JsonValue::Array({});
    case 3:
      return JsonValue::Object({});
    case 4:
      return JsonValue::Bool(random.Chance(50));
    case 5:
      return JsonValue::Array({JsonValue::Null(), JsonValue::Array({})});
    case 6:
      return JsonValue::Object({{"b", JsonValue::String("ab")}});
    default:
      return JsonValue::String(RandomText(random));
  }
}

bool IsJsonInteger(const std::string& text) {
  return !text.empty() && text.size() < 30 &&
         text.find_first_not_of("0123456789") == std::string::npos &&
         (text == "0" || text[0] != '0');
}

// The same number in another form, or one next to it.
JsonValue ChangeNumber(const JsonValue& number, Random& random) {
  const std::string& token = number.text;
  const bool is_integer = token.find_first_of(".eE") == std::string::npos;
  switch (random.Below(6)) {
    case 0:
      return JsonValue::String(token);
    case 1:
      return JsonValue::Number(is_integer ? token + ".0" : token);
    case 2:
      return JsonValue::Number(is_integer ? token + "e0" : token);
    case 3:
      return JsonValue::Number(is_integer && token != "0" ? token + "1" : "1");
    case 4:
      return JsonValue::String(token + (random.Chance(50) ? " " : ".0"));
    default:
      return JsonValue::Number(is_integer ? token + ".5" : "-1e3");
  }
}

JsonValue Change(JsonValue value, Random& random) {
  switch (value.kind) {
    case JsonValue::Kind::kString:
      if (IsJsonInteger(value.text) && random.Chance(50)) {
        return JsonValue::Number(value.text);
      }
      return JsonValue::String(Mutate(value.text, random));
    case JsonValue::Kind::kNumber:
      return ChangeNumber(value, random);
    case JsonValue::Kind::kBool:
      return JsonValue::String(value.text);
    case JsonValue::Kind::kNull:
    case JsonValue::Kind::kArray:
    case JsonValue::Kind::kObject:
      break;
  }
  return random.Chance(50) ? value : RandomOddValue(random);
}

class EventMaker {
 public:
  EventMaker(const std::vector<GeneratedRule>& rules, Random& random)
      : rules_(rules), random_(random) {}

  JsonValue Make() {
    for (std::size_t i = random_.Between(1, 3); i > 0; --i) {
      AddWishes(random_.Pick(rules_).examples);
    }
    for (const std::string& field : GeneratedFields()) {
      if (random_.Chance(50)) ReplaceWishes(field);
      if (wishes_.count(field) == 0 && random_.Chance(30)) {
        wishes_[field].push_back(RandomOddValue(random_));
      }
    }
    JsonValue event = JsonValue::Object({});
    for (auto& [field, values] : wishes_) {
      if (values.empty()) continue;
      Place(event, field, Merge(values));
      // The same name in another form: one of the two must win.
      if (random_.Chance(15)) Place(event, field, random_.Pick(values));
      if (random_.Chance(5)) Place(event, field, RandomOddValue(random_));
    }
    return event;
  }

 private:
  void AddWishes(const std::vector<Example>& examples) {
    for (const Example& example : examples) {
      if (random_.Chance(15)) continue;
      const std::string& field = !example.field.empty() ? example.field
                                 : random_.Chance(50)
                                     ? random_.Pick(kOtherFields)
                                     : random_.Pick(GeneratedFields());
      if (example.missing) {
        if (random_.Chance(50)) wishes_[field].clear();
        continue;
      }
      wishes_[field].push_back(
          random_.Chance(30) ? Change(example.value, random_) : example.value);
    }
  }

  // Gives the field one value that was made for it, in place of its wishes:
  // numbers, networks and the like are lost among texts.
  void ReplaceWishes(const std::string& field) {
    for (int attempts = 10; attempts > 0; --attempts) {
      const GeneratedRule& rule = random_.Pick(rules_);
      for (const Example& example : rule.examples) {
        const bool is_short =
            !example.missing && example.value.text.size() < 24;
        if (example.field != field || !is_short) continue;
        wishes_[field] = {random_.Chance(85) ? example.value
                                             : Change(example.value, random_)};
        return;
      }
    }
  }

  // Makes one value of several.
  JsonValue Merge(std::vector<JsonValue> values) {
    if (values.size() == 1 && random_.Chance(90)) return values[0];
    if (random_.Chance(40)) return random_.Pick(values);
    if (random_.Chance(50)) return Concatenate(values);
    if (random_.Chance(20)) values.push_back(RandomOddValue(random_));
    if (random_.Chance(20)) values = {JsonValue::Array(std::move(values))};
    return JsonValue::Array(std::move(values));
  }

  // The texts in a row, with filler between them, often of some length.
  JsonValue Concatenate(const std::vector<JsonValue>& values) {
    std::string text;
    const std::size_t gap = random_.Chance(70) ? 2 : random_.Below(300);
    for (const JsonValue& value : values) {
      text += RandomFiller(random_, random_.Below(gap + 1)) + value.text;
    }
    if (random_.Chance(2)) text += RandomFiller(random_, random_.Below(8192));
    return JsonValue::String(std::move(text));
  }

  // Puts `value` where a look-up of `field` finds it, or nearly so.
  void Place(JsonValue& object, const std::string& field, JsonValue value) {
    const std::size_t dot = field.find('.');
    if (dot != std::string::npos && random_.Chance(70)) {
      const std::string rest = field.substr(dot + 1);
      JsonValue& parent = Parent(object, field.substr(0, dot));
      if (parent.kind == JsonValue::Kind::kObject) {
        return Place(parent, rest, std::move(value));
      }
      JsonValue element = JsonValue::Object({});
      Place(element, rest, std::move(value));
      parent.elements.push_back(std::move(element));
      return;
    }
    object.members.emplace_back(field, std::move(value));
    if (random_.Chance(3)) {
      object.members.emplace_back(field, RandomOddValue(random_));
    }
  }

  // The object or array under `name`, a known one or a new one.
  JsonValue& Parent(JsonValue& object, const std::string& name) {
    for (JsonValue::Member& member : object.members) {
      const bool fits = !member.second.is_scalar();
      if (member.first == name && fits && random_.Chance(80)) {
        return member.second;
      }
    }
    object.members.emplace_back(name, JsonValue::Object({}));
    JsonValue& parent = object.members.back().second;
    if (random_.Chance(25)) {
      parent = JsonValue::Array({JsonValue::Object({})});
      if (random_.Chance(30)) parent.elements.push_back(JsonValue::Null());
    }
    return parent;
  }

  const std::vector<GeneratedRule>& rules_;
  Random& random_;
  Wishes wishes_;
};

}  // namespace

JsonValue RandomEvent(const std::vector<GeneratedRule>& rules, Random& random) {
  return EventMaker(rules, random).Make();
}

}  // namespace hypersigma::generator
