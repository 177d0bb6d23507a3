// The atoms cover what an engine that looks for required literals can get
// wrong: optional parts, alternatives, assertions, flags within the pattern,
// quoting, classes, references.

#include "tests/support/regex_generator.h"

#include <cstddef>

#include "tests/support/text_generator.h"

namespace hypersigma::generator {
namespace {

const RegexSample kAtoms[] = {
    {"ab?c", "ac"},
    {"ab*c", "abbc"},
    {"ab+", "abb"},
    {"(?:abc)?d", "d"},
    {"(abc)*d", "abcd"},
    {"(?:abc)*d", "d"},
    {"(abcd){0,2}x", "x"},
    {"(ab|cd)", "cd"},
    {"(?:cmd|power)shell", "powershell"},
    {"(?:a|)b", "b"},
    {"abc{0}", "ab"},
    {"ab{0,1}c", "ac"},
    {"(?:ab){2}", "abab"},
    {"(?:abc){0}x", "x"},
    {"a{2,}", "aaa"},
    {"(?=ab)a", "ab"},
    {"(?!zz)a", "a"},
    {"(?<=a)b", "ab"},
    {"(?<!a)b", "b"},
    {"\\x41b", "Ab"},
    {"\\x{e9}b", "éb"},
    {"\\Qa.b*\\E", "a.b*"},
    {"\\Qab\\E?c", "ac"},
    {"(a)\\1", "aa"},
    {"(?<n>ab)\\k<n>", "abab"},
    {"(?#not this)ab", "ab"},
    {"[[:alpha:]]b", "cb"},
    {"[]a]b", "]b"},
    {"[^x]y", "zy"},
    {"[a\\]b]c", "]c"},
    {"\\p{L}x", "éx"},
    {"(?-i)AB", "AB"},
    {"(?i:AB)c", "abc"},
    {"(?i)ABC", "abc"},
    {"a(?i)b", "aB"},
    {"(?x) a b  # c\n", "ab"},
    {"(?s).b", "\nb"},
    {"(?m)^ab$", "x\nab\ny"},
    {"a++b", "aab"},
    {"ab?+c", "abc"},
    {"a.*?b", "axxb"},
    {"(?|(a)|(b))c", "bc"},
    {"(?>ab|a)c", "abc"},
    {"(?(?=a)ab|cd)", "cd"},
    {"\\bcmd\\b", " cmd "},
    {"\\Bb", "ab"},
    {"ab\\Kc", "abc"},
    {"\\R", "\n"},
    {"\\h+a", "  a"},
    {"\\d+", "42"},
    {"\\w{2,3}", "é_1"},
    {"\\S+x", "abx"},
    {"\\s*", " "},
    {"\\.exe", ".exe"},
    {"\\\\\\\\host", "\\\\host"},
    {"\\/c", "/c"},
    {"é+b", "ééb"},
    {"É", "É"},
    {"k", "\u212A"},
    {"\\-enc", "-enc"},
    {"\\x00", std::string(1, '\0')},
    {"\\t", "\t"},
    {".", "x"},
    {".*", "xyz"},
    {"abcdefgh", "abcdefgh"},
    {"shell32\\.dll", "shell32.dll"},
};

std::string Join(Random& random) { return random.Chance(90) ? "" : "|"; }

}  // namespace

RegexSample RandomRegex(Random& random) {
  RegexSample sample;
  for (std::size_t i = random.Between(1, 3); i > 0; --i) {
    const RegexSample& atom = random.Pick(kAtoms);
    const std::string join = sample.regex.empty() ? "" : Join(random);
    sample.regex += join + atom.regex;
    sample.text = join.empty() ? sample.text + atom.text : atom.text;
  }
  if (random.Chance(10)) {
    sample.regex = "^" + sample.regex;
  } else if (random.Chance(50)) {
    sample.text = RandomText(random) + sample.text;
  }
  if (random.Chance(10)) {
    sample.regex += "$";
  } else if (random.Chance(50)) {
    sample.text += RandomText(random);
  }
  return sample;
}

}  // namespace hypersigma::generator
