// Proves a literal database with planted literals before it is used.
//
// Declared in hyperscan.h and asks LiteralDatabase only, as any caller does.
// What a plant looks like follows from the losses seen in Vectorscan 5.4.9: at
// the end of texts of 18 to 32 bytes, and in texts of 70 bytes and more.

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"
#include "lib/engine/hyperscan.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kMaxLead = 130;
constexpr std::size_t kTail = 70;
constexpr std::size_t kSmallSet = 64;
// For larger sets: the first positions of vectors of 16, 32 and 64 bytes, the
// last ones, and some in between.
constexpr std::array<std::size_t, 8> kLeads = {0, 1, 15, 16, 23, 32, 63, 130};

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }

std::string FlipCase(std::string_view bytes) {
  std::string flipped(bytes);
  for (char& c : flipped) {
    if (IsLower(c) || IsUpper(c)) c = static_cast<char>(c ^ 0x20);
  }
  return flipped;
}

// Returns the ASCII byte that begins the fewest literals in either case, and of
// those the one that occurs least in them.
char ChooseFiller(std::span<const Literal> literals) {
  std::array<std::size_t, 256> first{};
  std::array<std::size_t, 256> all{};
  for (const Literal& literal : literals) {
    for (const std::string& bytes : {literal.bytes, FlipCase(literal.bytes)}) {
      ++first[static_cast<unsigned char>(bytes[0])];
      for (const char c : bytes) ++all[static_cast<unsigned char>(c)];
    }
  }
  unsigned best = '~';
  for (unsigned c = 1; c < 0x80; ++c) {
    if (std::pair(first[c], all[c]) < std::pair(first[best], all[best])) {
      best = c;
    }
  }
  return static_cast<char>(best);
}

// One match that must come.
struct Expected {
  std::uint32_t literal;
  std::size_t end;
  bool any_end;
  bool seen = false;
};

void OnMatch(void* context, std::uint32_t literal, std::size_t end) {
  auto* expected = static_cast<Expected*>(context);
  if (literal != expected->literal) return;
  if (end == expected->end || expected->any_end) expected->seen = true;
}

class Prover {
 public:
  Prover(const LiteralDatabase& database, std::span<const Literal> literals)
      : database_(database),
        literals_(literals),
        filler_(ChooseFiller(literals)) {}

  absl::Status Prove() {
    HS_RETURN_IF_ERROR(scratch_.Reserve(database_));
    for (std::uint32_t i = 0; i < literals_.size(); ++i) {
      const std::string& bytes = literals_[i].bytes;
      HS_RETURN_IF_ERROR(PlantAtLeads(i, bytes));
      if (literals_[i].cased) continue;
      const std::string flipped = FlipCase(bytes);
      if (flipped != bytes) HS_RETURN_IF_ERROR(PlantAtLeads(i, flipped));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status PlantAtLeads(std::uint32_t literal, std::string_view bytes) {
    text_.assign(kMaxLead + bytes.size() + kTail, filler_);
    if (literals_.size() >= kSmallSet) {
      for (const std::size_t lead : kLeads) {
        HS_RETURN_IF_ERROR(Plant(literal, bytes, lead));
      }
      return absl::OkStatus();
    }
    for (std::size_t lead = 0; lead <= kMaxLead; ++lead) {
      HS_RETURN_IF_ERROR(Plant(literal, bytes, lead));
    }
    return absl::OkStatus();
  }

  // text_ is nothing but filler before and after.
  absl::Status Plant(std::uint32_t literal, std::string_view bytes,
                     std::size_t lead) {
    const auto place = text_.begin() + static_cast<std::ptrdiff_t>(lead);
    std::copy(bytes.begin(), bytes.end(), place);
    const std::size_t end = lead + bytes.size();
    for (const std::size_t tail : {std::size_t{0}, kTail}) {
      Expected expected{literal, end, literals_[literal].once};
      HS_RETURN_IF_ERROR(
          database_.Scan(std::string_view(text_).substr(0, end + tail),
                         scratch_, OnMatch, &expected));
      if (!expected.seen) return Lost(literal, lead, tail);
    }
    std::fill_n(place, bytes.size(), filler_);
    return absl::OkStatus();
  }

  absl::Status Lost(std::uint32_t literal, std::size_t lead,
                    std::size_t tail) const {
    constexpr std::size_t kShownBytes = 80;
    const std::string shown = literals_[literal].bytes.substr(0, kShownBytes);
    return absl::InternalError(absl::StrCat(
        "libhs ", LiteralLibraryVersion(), " lost the planted literal \"",
        absl::CHexEscape(shown), "\" of ", literals_[literal].bytes.size(),
        " bytes at lead ", lead, ", tail ", tail, ", in a set of ",
        literals_.size()));
  }

  const LiteralDatabase& database_;
  std::span<const Literal> literals_;
  char filler_;
  LiteralScratch scratch_;
  std::string text_;
};

}  // namespace

absl::Status ProveDatabase(const LiteralDatabase& database,
                           std::span<const Literal> literals) {
  return Prover(database, literals).Prove();
}

}  // namespace hypersigma::internal
