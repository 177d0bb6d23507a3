#include "lib/compile/predicate_table.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace hypersigma::internal {
namespace {

void AppendNumber(std::uint64_t number, std::string& out) {
  out.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

void AppendText(std::string_view text, std::string& out) {
  AppendNumber(text.size(), out);
  out.append(text);
}

// Equal strings for equal predicates, different ones for different.
std::string Serialize(const Predicate& predicate) {
  std::string out;
  AppendNumber(Index(predicate.field), out);
  AppendNumber(static_cast<std::uint64_t>(predicate.op), out);
  AppendNumber(static_cast<std::uint64_t>(predicate.cased), out);
  AppendNumber(
      static_cast<std::uint64_t>(predicate.regex_flags.caseless) |
          static_cast<std::uint64_t>(predicate.regex_flags.multiline) << 1 |
          static_cast<std::uint64_t>(predicate.regex_flags.dot_all) << 2 |
          static_cast<std::uint64_t>(predicate.regex_flags.at_start) << 3 |
          static_cast<std::uint64_t>(predicate.regex_flags.at_end) << 4,
      out);
  AppendNumber(Index(predicate.other_field), out);
  AppendNumber(static_cast<std::uint64_t>(predicate.relation) << 16 |
                   static_cast<std::uint64_t>(predicate.time_part) << 8 |
                   static_cast<std::uint64_t>(predicate.comparison),
               out);
  AppendText(predicate.operand, out);
  for (const PatternPart& part : predicate.glob) {
    AppendNumber(static_cast<std::uint64_t>(part.kind), out);
    AppendText(part.literal, out);
  }
  return out;
}

}  // namespace

PredicateId PredicateTable::Intern(Predicate predicate) {
  const auto [it, is_new] = ids_.try_emplace(
      Serialize(predicate),
      PredicateId{static_cast<std::uint32_t>(predicates_.size())});
  if (is_new) predicates_.push_back(std::move(predicate));
  return it->second;
}

std::vector<Predicate> PredicateTable::Release() {
  ids_.clear();
  return std::exchange(predicates_, {});
}

}  // namespace hypersigma::internal
