#include "tests/planted/literal_sets.h"

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "hypersigma/rule_set.h"
#include "lib/base/status_macros.h"
#include "lib/compile/plan.h"

namespace hypersigma::planted {
namespace {

using generator::Random;
using internal::Literal;

constexpr std::size_t kMaxLiterals = 24;
constexpr std::size_t kMaxBytes = 40;

constexpr std::array<std::string_view, 32> kWords = {
    "powershell", "cmd",    ".exe",     "\\",     "/",         "-enc",
    "--",         ":",      "HKLM",     " ",      "Software",  "System32",
    "Temp",       "http",   "=",        "svc",    "net user",  ".dll",
    "Windows",    "Run",    "$env",     "'",      "rundll32",  ",",
    "C:\\",       "image/", "priority", "SHA256", "Get-Item ", "(",
    ".ps1",       "0x1f"};
constexpr std::string_view kFewLetters = "ab-c/\\. ";

LiteralSet SetOf(std::string name, const internal::FieldPlan& plan) {
  LiteralSet set{std::move(name), {}};
  for (const internal::Pattern& pattern : plan.patterns) {
    set.literals.push_back({pattern.literal, pattern.cased});
  }
  return set;
}

std::string Words(std::size_t size, Random& random) {
  std::string bytes;
  while (bytes.size() < size) bytes += random.Pick(kWords);
  return bytes.substr(random.Below(bytes.size() - size + 1), size);
}

std::string Letters(std::size_t size, Random& random) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += random.Pick(kFewLetters);
  return bytes;
}

// A prefix, a suffix, or a suffix with more after it.
std::string PartOf(const std::string& bytes, Random& random) {
  const std::size_t size = random.Between(1, bytes.size());
  if (random.Chance(33)) return bytes.substr(0, size);
  std::string part = bytes.substr(bytes.size() - size);
  if (random.Chance(50)) part += Letters(random.Between(1, 3), random);
  return part.substr(0, kMaxBytes);
}

Literal RandomLiteral(const std::vector<Literal>& others, bool few_letters,
                      Random& random) {
  const std::size_t size = random.Between(1, random.Chance(50) ? 6 : kMaxBytes);
  Literal literal;
  if (!others.empty() && random.Chance(20)) {
    literal.bytes = PartOf(random.Pick(others).bytes, random);
  } else if (few_letters) {
    literal.bytes = Letters(size, random);
  } else {
    literal.bytes = Words(size, random);
  }
  literal.cased = random.Chance(15);
  literal.once = random.Chance(15);
  return literal;
}

}  // namespace

absl::StatusOr<std::vector<LiteralSet>> FieldSets(const std::string& folder) {
  const std::vector<std::string> paths = {folder};
  HS_ASSIGN_OR_RETURN(const RuleSet rules, RuleSet::FromPaths(paths));
  const internal::Plan plan = internal::CompilePlan(rules.detection_rules());
  std::vector<LiteralSet> sets;
  for (std::size_t i = 0; i < plan.field_plans.size(); ++i) {
    LiteralSet set = SetOf("field " + std::to_string(i), plan.field_plans[i]);
    if (!set.literals.empty()) sets.push_back(std::move(set));
  }
  sets.push_back(SetOf("keywords", plan.keyword_plan));
  return sets;
}

std::vector<LiteralSet> RandomSets(std::size_t count, Random& random) {
  std::vector<LiteralSet> sets;
  for (std::size_t i = 0; i < count; ++i) {
    LiteralSet set{"random " + std::to_string(i), {}};
    const bool few_letters = random.Chance(50);
    const std::size_t size =
        random.Between(1, random.Chance(50) ? 4 : kMaxLiterals);
    while (set.literals.size() < size) {
      set.literals.push_back(RandomLiteral(set.literals, few_letters, random));
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<LiteralSet> LargeSets(std::size_t count, Random& random) {
  constexpr std::array<std::size_t, 7> kSizes = {30,  60,  100,  240,
                                                 500, 850, 1'500};
  std::vector<LiteralSet> sets;
  for (std::size_t i = 0; i < count; ++i) {
    LiteralSet set{"large " + std::to_string(i), {}};
    const std::size_t size = random.Pick(kSizes);
    const std::size_t shortest = random.Between(2, 9);
    const std::size_t longest =
        random.Chance(50) ? shortest + 4 : shortest + kMaxBytes;
    while (set.literals.size() < size) {
      const std::size_t bytes = random.Between(shortest, longest);
      const bool once = random.Chance(50);
      set.literals.push_back(
          {random.Chance(30) ? Letters(bytes, random) : Words(bytes, random),
           random.Chance(15), once});
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

std::vector<LiteralSet> WeakSets() {
  return {
      // At the end of texts of 18 to 32 bytes, with AVX2.
      {"three", {{"-b"}, {".aaab"}, {"a .-aaa"}}},
      {"either case", {{"a/", true}, {"bb.///"}}},
      {"four", {{"-a\\ "}, {"\\c"}, {"/b "}, {"/- --//\\a   "}}},
      {"with a guard of 8 bytes", {{"/."}, {"-.\\-. \\bbb"}}},
      {"with 8 guards of 8 bytes", {{"- \\"}, {"a  ///"}}},
      // In texts of 70 bytes and more, with AVX-512.
      {"pair", {{"image/"}, {"--cpu-priority"}}},
  };
}

std::vector<LiteralSet> SpecialSets() {
  LiteralSet one_byte{"one byte each", {}};
  for (int c = 1; c < 256; ++c) {
    one_byte.literals.push_back({std::string(1, static_cast<char>(c)), true});
  }
  LiteralSet many{"ten thousand", {}};
  for (int i = 0; i < 10'000; ++i) {
    many.literals.push_back({"value-" + std::to_string(i * 7919) + ".com"});
  }
  const std::string longest(16'000, 'x');
  return {
      {"one byte", {{"#"}}},
      {"one letter", {{"a"}}},
      {"one byte, once", {{"#", false, true}}},
      {"one byte and longer", {{"#"}, {"## "}, {"a"}, {"ab"}, {"abc"}}},
      {"equal", {{"Net"}, {"Net", true}, {"Net"}, {"nET", true}}},
      {"prefixes", {{"net user /add"}, {"net user"}, {"net "}, {"n"}}},
      {"suffixes", {{"\\temp\\a.exe"}, {"a.exe"}, {".exe"}, {"exe"}, {"e"}}},
      {"overlaps", {{"abab"}, {"baba"}, {"aba"}, {"bab"}, {"ab"}}},
      {"repeats",
       {{"aaaa"}, {"aaa"}, {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}},
      {"bytes over 0x7f", {{"\xc3\xa9"}, {"\xfe"}, {"\xff\xfe"}, {"\xf0\x9f"}}},
      {"longest", {{longest}, {"y" + longest.substr(1)}, {"xy"}}},
      std::move(one_byte),
      std::move(many),
  };
}

}  // namespace hypersigma::planted
