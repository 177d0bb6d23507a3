// Literals required by a regular expression: whenever PCRE2 matches a text, one
// of the literals is in the folded text.
//
// The first line has flags: i, m, s, ^ (at the start), $ (at the end), and 1 or
// 2 for the shortest literal. The last line is a text, between stands the
// expression.

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/base/regex.h"
#include "lib/base/text.h"
#include "lib/compile/regex_literals.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

using internal::Regex;
using internal::RegexFlags;
using internal::RegexVerdict;

// Longer texts are not taken apart.
constexpr std::size_t kMaxVariedBytes = 200;

class Checker {
 public:
  Checker(const Regex& regex, std::vector<std::string> literals)
      : regex_(regex), literals_(std::move(literals)) {
    Require(scratch_.ok(), "scratch memory is there");
  }

  // `text`, and what is left of it without one of its characters or with
  // another in its place: what may be missing must not be required.
  void CheckNear(const std::string& text) {
    Check(text);
    if (text.size() > kMaxVariedBytes) return;
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string near = text;
      near[i] = near[i] == 'x' ? 'y' : 'x';
      Check(near);
      near.erase(i, 1);
      Check(near);
      Check(text.substr(i));
      Check(text.substr(0, i));
    }
  }

 private:
  void Check(const std::string& text) {
    const std::string folded = internal::Fold(text);
    for (const std::string& literal : literals_) {
      if (folded.find(literal) != std::string::npos) return;
    }
    if (regex_.Search(text, *scratch_) != RegexVerdict::kMatch) return;
    std::string message = "matches without a required literal: " + text;
    for (const std::string& literal : literals_) message += "\n  " + literal;
    Fail(message);
  }

  const Regex& regex_;
  const std::vector<std::string> literals_;
  absl::StatusOr<internal::RegexScratch> scratch_ =
      internal::RegexScratch::Create();
};

// The expression's characters that mean themselves: a text that it may match.
std::string Plain(std::string_view pattern) {
  static constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";
  std::string plain;
  for (const char c : pattern) {
    if (kSpecial.find(c) == std::string_view::npos) plain += c;
  }
  return plain;
}

void CheckLiterals(const std::vector<std::string>& literals,
                   std::size_t min_bytes) {
  Require(literals.size() <= 64, "at most 64 literals");
  Require(std::is_sorted(literals.begin(), literals.end()), "sorted");
  for (const std::string& literal : literals) {
    Require(literal.size() >= min_bytes && literal.size() <= 256,
            "literals of the right size");
    Require(internal::IsAscii(literal) && internal::Fold(literal) == literal &&
                literal.find('\0') == std::string::npos,
            "folded ASCII without NUL");
  }
}

void Check(std::string_view input) {
  const std::string_view first = TakeUntil("\n", input);
  const std::size_t end = input.rfind('\n');
  const std::string_view pattern = input.substr(0, end);
  const auto has = [first](char c) {
    return first.find(c) != std::string_view::npos;
  };
  const RegexFlags flags{has('i'), has('m'), has('s'), has('^'), has('$')};
  const auto regex = Regex::Compile(pattern, flags);
  if (!std::holds_alternative<Regex>(regex)) return;
  const std::size_t min_bytes = has('1') ? 1 : has('2') ? 2 : 3;
  const auto literals = internal::RequiredLiterals(pattern, flags, min_bytes);
  CheckLiterals(literals, min_bytes);
  if (literals.empty()) return;
  Checker checker(std::get<Regex>(regex), literals);
  if (end != std::string_view::npos) {
    checker.CheckNear(std::string(input.substr(end + 1)));
  }
  checker.CheckNear(std::string(pattern));
  checker.CheckNear(Plain(pattern));
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
