#include "tests/support/scalar_item_generator.h"

#include <cstddef>
#include <iterator>
#include <utility>

#include "tests/support/regex_generator.h"
#include "tests/support/text_generator.h"

namespace hypersigma::generator {
namespace {

using reference::JsonValue;

const std::string kNumbers[] = {
    "10",
    "42",
    "4624",
    "0",
    "1",
    "-1",
    "1.5",
    "-2.25",
    "0.1",
    "1e3",
    "1e16",
    "1e16",
    "10000000000000000",
    "1.5e-7",
    "9007199254740992",
    "9007199254740993",
    "18446744073709551615",
    "123456789012345678901234567890",
};

// Few of them often, so that rules and events meet.
const std::string& RandomNumber(Random& random) {
  return kNumbers[random.Below(random.Chance(60) ? 3 : std::size(kNumbers))];
}

struct Network {
  std::string network;
  std::string inside;
};

const Network kNetworks[] = {
    {"10.0.0.0/8", "10.255.0.1"},
    {"10.1.2.3", "10.1.2.3"},
    {"192.168.0.0/16", "192.168.0.255"},
    {"192.168.1.128/25", "192.168.1.200"},
    {"0.0.0.0/0", "255.1.2.3"},
    {"10.1.2.3/9", "10.127.9.9"},
    {"127.0.0.1/32", "127.0.0.1"},
    {"::1/128", "0:0:0:0:0:0:0:1"},
    {"fe80::/10", "febf::1"},
    {"2001:db8::/33", "2001:DB8:7fff::1"},
    {"::/0", "::ffff:10.1.2.3"},
    {"::ffff:10.0.0.0/104", "::ffff:10.1.2.3"},
};

const Network& RandomNetwork(Random& random) {
  return kNetworks[random.Below(random.Chance(60) ? 3 : std::size(kNetworks))];
}

GeneratedItem NumberItem(const std::string& field, Random& random) {
  GeneratedItem item;
  item.key = field;
  const std::string& number = RandomNumber(random);
  item.value = random.Chance(70)
                   ? number
                   : "[" + number + ", " + RandomNumber(random) + "]";
  // The digits of a number whose text has an exponent are another text.
  item.examples.push_back({field, false,
                           number == "1e16"
                               ? JsonValue::String("10000000000000000")
                               : JsonValue::Number(number)});
  return item;
}

GeneratedItem ComparisonItem(const std::string& field, Random& random) {
  static const std::string kComparisons[] = {"lt", "lte", "gt", "gte"};
  GeneratedItem item;
  item.key = field + "|" + random.Pick(kComparisons);
  const std::string& number = RandomNumber(random);
  item.value = random.Chance(90) ? number : "'" + number + "'";
  static const std::string kFarNumbers[] = {"-1e3", "99999999999999999999999",
                                            "-12345", "5000"};
  const std::string& other =
      random.Chance(40) ? number : random.Pick(kFarNumbers);
  item.examples.push_back({field, false, JsonValue::Number(other)});
  return item;
}

GeneratedItem CidrItem(const std::string& field, Random& random) {
  GeneratedItem item;
  item.key = field + "|cidr";
  const Network& network = RandomNetwork(random);
  item.value = "['" + network.network + "'";
  if (random.Chance(40))
    item.value += ", '" + RandomNetwork(random).network + "'";
  item.value += "]";
  // Sometimes an address of another network, perhaps of the other family.
  const Network& other = kNetworks[random.Below(std::size(kNetworks))];
  item.examples.push_back(
      {field, false,
       JsonValue::String(random.Chance(25) ? other.inside : network.inside)});
  return item;
}

GeneratedItem ExistsItem(const std::string& field, Random& random) {
  static const std::string kTrue[] = {"true", "'true'", "True"};
  const bool exists = random.Chance(50);
  GeneratedItem item;
  item.key = field + "|exists";
  item.value = exists ? random.Pick(kTrue) : "false";
  item.examples.push_back(
      {field, !exists,
       random.Chance(70) ? JsonValue::String("x") : JsonValue::Null()});
  return item;
}

GeneratedItem NullItem(const std::string& field, Random& random) {
  static const std::string kNulls[] = {"null", "~", "[]", "", "[null, ab]"};
  GeneratedItem item;
  item.key = field;
  item.value = random.Pick(kNulls);
  item.examples.push_back({field, random.Chance(50), JsonValue::Null()});
  return item;
}

GeneratedItem BoolItem(const std::string& field, Random& random) {
  const bool value = random.Chance(50);
  const std::string text = value ? "true" : "false";
  GeneratedItem item;
  item.key = field;
  item.value = random.Chance(80) ? text : "'" + text + "'";
  item.examples.push_back(
      {field, false,
       random.Chance(50) ? JsonValue::Bool(value)
                         : JsonValue::String(SwapSomeCases(text, random))});
  return item;
}

GeneratedItem FieldRefItem(const std::string& field, Random& random) {
  static const std::string kRelations[] = {"", "|startswith", "|endswith",
                                           "|contains"};
  const std::string& other = random.Pick(GeneratedFields());
  const std::string& relation = random.Pick(kRelations);
  GeneratedItem item;
  item.key = field + "|fieldref" + relation;
  if (random.Chance(20)) item.key += "|cased";
  item.value = YamlQuoted(other, random);
  const std::string text = RandomText(random);
  std::string around = SwapSomeCases(text, random);
  if (relation != "|startswith" && !relation.empty()) {
    around = RandomText(random) + around;
  }
  if (relation == "|startswith" || relation == "|contains") {
    around += RandomText(random);
  }
  item.examples.push_back({other, false, JsonValue::String(text)});
  item.examples.push_back({field, false, JsonValue::String(around)});
  return item;
}

GeneratedItem TimePartItem(const std::string& field, Random& random) {
  struct Part {
    std::string name;
    std::vector<std::string> numbers;
  };
  static const std::vector<Part> kParts = {
      {"minute", {"0", "23", "59"}},     {"hour", {"7", "0", "23"}},
      {"day", {"24", "1", "31"}},        {"week", {"48", "1", "53"}},
      {"month", {"11", "1", "12", "2"}}, {"year", {"2026", "2020", "1969"}}};
  static const std::string kTimes[] = {
      "2026-11-24T07:23:16Z",          "2026-11-24 07:23",      "2020-12-31",
      "2021-01-01T00:00:00.000+02:00", "2024-12-30 23:59:59.9", "2026-02-29"};
  static const std::string kEpochs[] = {"1795504996", "1795504996123", "-1",
                                        "1609459199.5", "1e9"};
  static const std::string kComparisons[] = {"|lt", "|lte", "|gt", "|gte"};
  const Part& part = random.Pick(kParts);
  GeneratedItem item;
  item.key = field + "|" + part.name;
  if (random.Chance(50)) item.key += random.Pick(kComparisons);
  item.value = random.Pick(part.numbers);
  item.examples.push_back({field, false,
                           random.Chance(70)
                               ? JsonValue::String(random.Pick(kTimes))
                               : JsonValue::Number(random.Pick(kEpochs))});
  return item;
}

}  // namespace

GeneratedItem RegexItem(const std::string& field, Random& random) {
  static const std::string kFlags[] = {
      "|i",         "|i",         "|ignorecase", "|ignorecase", "|m",
      "|m",         "|s",         "|s",          "|i|m|s",      "|multiline",
      "|multiline", "|dotall",    "|dotall",     "|startswith", "|endswith",
      "|contains",  "|i|endswith"};
  GeneratedItem item;
  item.key = field + "|re";
  const bool has_flags = random.Chance(70);
  if (has_flags) item.key += random.Pick(kFlags);
  const RegexSample sample = RandomRegex(random);
  item.value = YamlQuoted(sample.regex, random);
  if (random.Chance(20)) {
    item.value = "[" + item.value + ", " +
                 YamlQuoted(RandomRegex(random).regex, random) + "]";
  }
  const bool swap = has_flags && random.Chance(50);
  item.examples.push_back(
      {field, false,
       JsonValue::String(swap ? SwapSomeCases(sample.text, random)
                              : sample.text)});
  return item;
}

GeneratedItem RandomScalarItem(const std::string& field, Random& random) {
  switch (random.Below(28)) {
    case 0:
    case 1:
      return NumberItem(field, random);
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 13:
      return ComparisonItem(field, random);
    case 7:
    case 8:
      return CidrItem(field, random);
    case 9:
      return ExistsItem(field, random);
    case 10:
      return NullItem(field, random);
    case 11:
    case 12:
      return BoolItem(field, random);
    case 14:
    case 15:
    case 16:
    case 17:
      return FieldRefItem(field, random);
    case 18:
    case 19:
    case 20:
    case 21:
    case 22:
      return TimePartItem(field, random);
    default:
      return RegexItem(field, random);
  }
}

}  // namespace hypersigma::generator
