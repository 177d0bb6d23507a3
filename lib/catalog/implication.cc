#include "lib/catalog/implication.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/base/cidr.h"
#include "lib/base/number.h"
#include "lib/base/text.h"

namespace hypersigma::internal {
namespace {

// Characters of a pattern, with wildcards as characters of their own.
constexpr std::uint32_t kAnyRun = 0xFFFFFFFEu;
constexpr std::uint32_t kAnyOne = 0xFFFFFFFDu;
constexpr std::size_t kMaxSymbols = 1'000;
// Every number below has one text only.
constexpr std::size_t kMaxExactDigits = 15;

using Symbols = std::vector<std::uint32_t>;

bool IsText(Operator op) {
  switch (op) {
    case Operator::kEquals:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kContains:
    case Operator::kGlob:
      return true;
    default:
      return false;
  }
}

bool IsComparison(Operator op) {
  return op == Operator::kLt || op == Operator::kLte || op == Operator::kGt ||
         op == Operator::kGte;
}

// Whether values with the number or the text `digits` are the same ones.
bool IsExactNumber(std::string_view digits) {
  return digits.size() <= kMaxExactDigits && IsPlainInteger(digits) &&
         !digits.starts_with('-');
}

// Returns false where a literal is not UTF-8 or too long.
bool AppendLiteral(std::string_view literal, Symbols& symbols) {
  while (!literal.empty()) {
    const CodePoint next = DecodeCodePoint(literal);
    if (next.value == kInvalidCodePoint || symbols.size() >= kMaxSymbols) {
      return false;
    }
    symbols.push_back(next.value);
    literal.remove_prefix(next.byte_count);
  }
  return true;
}

// Returns the pattern of a text predicate; nullopt where it has parts that this
// file does not compare. `fold`: as for caseless comparison.
std::optional<Symbols> SymbolsOf(const Predicate& predicate, bool fold) {
  const auto text = [fold](const std::string& literal) {
    return fold ? Fold(literal) : literal;
  };
  Symbols symbols;
  if (predicate.op != Operator::kGlob) {
    const bool open_start = predicate.op == Operator::kEndsWith ||
                            predicate.op == Operator::kContains;
    const bool open_end = predicate.op == Operator::kStartsWith ||
                          predicate.op == Operator::kContains;
    if (open_start) symbols.push_back(kAnyRun);
    if (!AppendLiteral(text(predicate.operand), symbols)) return std::nullopt;
    if (open_end) symbols.push_back(kAnyRun);
    return symbols;
  }
  for (const PatternPart& part : predicate.glob) {
    switch (part.kind) {
      case PatternPart::Kind::kLiteral:
        if (!AppendLiteral(text(part.literal), symbols)) return std::nullopt;
        break;
      case PatternPart::Kind::kAnyRun:
        symbols.push_back(kAnyRun);
        break;
      case PatternPart::Kind::kAnyOne:
        symbols.push_back(kAnyOne);
        break;
      case PatternPart::Kind::kAnyDash:
      case PatternPart::Kind::kPlaceholder:
        return std::nullopt;
    }
  }
  return symbols;
}

// Whether `wide` takes every text that `narrow` takes: it is matched against
// `narrow` as if that were a text, in which only a wildcard takes a wildcard.
bool Covers(const Symbols& wide, const Symbols& narrow) {
  std::size_t at = 0;
  std::size_t next = 0;
  std::size_t run = wide.size();  // the last run that was met; none
  std::size_t run_end = 0;        // where in `narrow` it ends
  while (next < narrow.size()) {
    if (at < wide.size() && wide[at] == kAnyRun) {
      run = at++;
      run_end = next;
    } else if (at < wide.size() && narrow[next] != kAnyRun &&
               (wide[at] == narrow[next] || wide[at] == kAnyOne)) {
      ++at;
      ++next;
    } else if (run < wide.size()) {
      at = run + 1;
      next = ++run_end;
    } else {
      return false;
    }
  }
  while (at < wide.size() && wide[at] == kAnyRun) ++at;
  return at == wide.size();
}

bool ImpliesPattern(const Predicate& narrow, const Predicate& wide) {
  const bool fold = narrow.cased && !wide.cased;
  const std::optional<Symbols> inner = SymbolsOf(narrow, fold);
  if (!inner.has_value()) return false;
  const std::optional<Symbols> outer = SymbolsOf(wide, /*fold=*/false);
  return outer.has_value() && Covers(*outer, *inner);
}

// Both are literals of the same case: bytes are enough.
bool ImpliesLiteral(const Predicate& narrow, const Predicate& wide) {
  const std::string_view text = narrow.operand;
  const std::string_view part = wide.operand;
  switch (wide.op) {
    case Operator::kEquals:
      return narrow.op == Operator::kEquals && text == part;
    case Operator::kStartsWith:
      return (narrow.op == Operator::kEquals ||
              narrow.op == Operator::kStartsWith) &&
             text.starts_with(part);
    case Operator::kEndsWith:
      return (narrow.op == Operator::kEquals ||
              narrow.op == Operator::kEndsWith) &&
             text.ends_with(part);
    default:
      return FindText(text, part) != std::string_view::npos;
  }
}

bool ImpliesText(const Predicate& narrow, const Predicate& wide) {
  // What holds in one case only says nothing about the case.
  if (wide.cased && !narrow.cased) return false;
  if (narrow.op != Operator::kGlob && wide.op != Operator::kGlob &&
      narrow.cased == wide.cased) {
    return ImpliesLiteral(narrow, wide);
  }
  return ImpliesPattern(narrow, wide);
}

// Whether each number that `narrow` takes is one that `wide` takes. Both are
// comparisons, or `narrow` is an equality.
bool ImpliesComparison(const Predicate& narrow, const Predicate& wide) {
  const auto inner = Number::Parse(narrow.operand);
  const auto outer = Number::Parse(wide.operand);
  if (!inner.has_value() || !outer.has_value()) return false;
  const std::partial_ordering order = Number::Compare(*inner, *outer);
  const bool is_equality = narrow.op == Operator::kNumberEquals;
  switch (wide.op) {
    case Operator::kLt:
      if (is_equality || narrow.op == Operator::kLte) return order < 0;
      return narrow.op == Operator::kLt && order <= 0;
    case Operator::kLte:
      return (is_equality || narrow.op == Operator::kLt ||
              narrow.op == Operator::kLte) &&
             order <= 0;
    case Operator::kGt:
      if (is_equality || narrow.op == Operator::kGte) return order > 0;
      return narrow.op == Operator::kGt && order >= 0;
    default:
      return (is_equality || narrow.op == Operator::kGt ||
              narrow.op == Operator::kGte) &&
             order >= 0;
  }
}

bool ImpliesNetwork(const Predicate& narrow, const Predicate& wide) {
  const auto inner = Cidr::Parse(narrow.operand);
  const auto outer = Cidr::Parse(wide.operand);
  return inner.has_value() && outer.has_value() &&
         outer->prefix_bits <= inner->prefix_bits &&
         outer->Contains(inner->network);
}

// A number whose values have one text, as an equality of text.
std::optional<Predicate> AsText(const Predicate& number) {
  if (!IsExactNumber(number.operand)) return std::nullopt;
  Predicate text = number;
  text.op = Operator::kEquals;
  return text;
}

bool ImpliesNumber(const Predicate& narrow, const Predicate& wide) {
  if (narrow.op == Operator::kNumberEquals) {
    const auto a = Number::Parse(narrow.operand);
    const auto b = Number::Parse(wide.operand);
    // Texts of large numbers differ where the numbers are equal.
    return a.has_value() && b.has_value() && a->is_integer() &&
           b->is_integer() && Number::Compare(*a, *b) == 0;
  }
  return narrow.op == Operator::kEquals && narrow.operand == wide.operand &&
         IsExactNumber(wide.operand);
}

bool HasText(Operator op) {
  switch (op) {
    case Operator::kRegex:
    case Operator::kCidr:
    case Operator::kFieldRef:
    case Operator::kNumberEquals:
    case Operator::kBool:
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
    case Operator::kTimePart:
    case Operator::kAnyText:
      return true;
    default:
      return IsText(op);
  }
}

}  // namespace

bool NeedsField(const Predicate& predicate) {
  return predicate.op != Operator::kNull && predicate.op != Operator::kMissing;
}

bool Implies(const Predicate& narrow, const Predicate& wide) {
  if (narrow.field != wide.field) return false;
  if (narrow == wide) return true;
  switch (wide.op) {
    case Operator::kExists:
      return NeedsField(narrow) && narrow.field != kUnnamedField;
    case Operator::kNull:
      return narrow.op == Operator::kMissing;
    case Operator::kAnyText:
      return HasText(narrow.op);
    case Operator::kNumberEquals:
      return ImpliesNumber(narrow, wide);
    case Operator::kLt:
    case Operator::kLte:
    case Operator::kGt:
    case Operator::kGte:
      return (IsComparison(narrow.op) ||
              narrow.op == Operator::kNumberEquals) &&
             ImpliesComparison(narrow, wide);
    case Operator::kCidr:
      return narrow.op == Operator::kCidr && ImpliesNetwork(narrow, wide);
    case Operator::kEquals:
    case Operator::kStartsWith:
    case Operator::kEndsWith:
    case Operator::kContains:
    case Operator::kGlob:
      break;
    case Operator::kRegex:
    case Operator::kFieldRef:
    case Operator::kBool:
    case Operator::kTimePart:
    case Operator::kMissing:
      return false;
  }
  if (narrow.op == Operator::kNumberEquals) {
    const std::optional<Predicate> text = AsText(narrow);
    return text.has_value() && ImpliesText(*text, wide);
  }
  return IsText(narrow.op) && ImpliesText(narrow, wide);
}

}  // namespace hypersigma::internal
