#include "tests/planted/planter.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "lib/base/status_macros.h"

namespace hypersigma::planted {
namespace {

using generator::Random;
using internal::Literal;
using internal::LiteralDatabase;
using internal::LiteralScratch;

constexpr std::size_t kLeads = 200;
constexpr std::size_t kTails = 100;
// Texts start at any of these places in memory.
constexpr std::size_t kAlignments = 64;
constexpr std::size_t kSmallSet = 64;
constexpr std::size_t kTailsPerLead = 5;
constexpr std::size_t kShortLeads = 48;
constexpr std::size_t kPlantsInLargeSets = 20;

constexpr std::string_view kLongText =
    "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -NoProfile "
    "-Command \"Get-Item 'HKLM:\\Software\\Example'; net user /domain\" ";

enum class Filler { kUnused, kCommandLine, kOwnBytes };

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

char FlipCase(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80 || std::isalpha(byte) == 0) return c;
  return static_cast<char>(byte ^ 0x20);
}

class Planter {
 public:
  Planter(const LiteralSet& set, const LiteralDatabase& database,
          Random& random, Tally& tally)
      : set_(set), database_(database), random_(random), tally_(tally) {}

  absl::Status PlantAll() {
    HS_RETURN_IF_ERROR(scratch_.Reserve(database_));
    for (std::uint32_t i = 0; i < set_.literals.size(); ++i) {
      Fill(set_.literals[i].bytes.size());
      HS_RETURN_IF_ERROR(set_.literals.size() < kSmallSet ? PlantDensely(i)
                                                          : PlantSparsely(i));
    }
    return absl::OkStatus();
  }

 private:
  void Fill(std::size_t literal_size) {
    constexpr Filler kFillers[] = {Filler::kUnused, Filler::kCommandLine,
                                   Filler::kOwnBytes};
    const Filler filler = random_.Pick(kFillers);
    text_.clear();
    const std::size_t size = kAlignments + kLeads + literal_size + kTails;
    while (text_.size() < size) {
      switch (filler) {
        case Filler::kUnused:
          text_ += '\x01';
          break;
        case Filler::kCommandLine:
          text_ += kLongText;
          break;
        case Filler::kOwnBytes:
          text_ += random_.Pick(random_.Pick(set_.literals).bytes);
          break;
      }
    }
  }

  absl::Status PlantDensely(std::uint32_t literal) {
    for (std::size_t lead = 0; lead < kLeads; ++lead) {
      for (std::size_t i = 0; i < kTailsPerLead; ++i) {
        HS_RETURN_IF_ERROR(Plant(literal, lead, random_.Below(kTails)));
      }
    }
    for (std::size_t lead = 0; lead < kShortLeads; ++lead) {
      HS_RETURN_IF_ERROR(Plant(literal, lead, 0));
    }
    return absl::OkStatus();
  }

  absl::Status PlantSparsely(std::uint32_t literal) {
    for (std::size_t i = 0; i < kPlantsInLargeSets; ++i) {
      const bool at_end = i % 2 == 0;
      HS_RETURN_IF_ERROR(Plant(literal,
                               random_.Below(at_end ? kShortLeads : kLeads),
                               at_end ? 0 : random_.Below(kTails)));
    }
    return absl::OkStatus();
  }

  absl::Status Plant(std::uint32_t literal, std::size_t lead,
                     std::size_t tail) {
    const Literal& wanted = set_.literals[literal];
    const std::size_t start = random_.Below(kAlignments);
    const std::size_t size = wanted.bytes.size();
    covered_.assign(text_, start + lead, size);
    text_.replace(start + lead, size, wanted.bytes);
    if (!wanted.cased && random_.Chance(50)) {
      const auto place =
          text_.begin() + static_cast<std::ptrdiff_t>(start + lead);
      std::transform(place, place + static_cast<std::ptrdiff_t>(size), place,
                     FlipCase);
    }
    const auto text = std::string_view(text_).substr(start, lead + size + tail);
    Expected expected{literal, lead + size, wanted.once};
    HS_RETURN_IF_ERROR(database_.Scan(text, scratch_, OnMatch, &expected));
    ++tally_.planted;
    if (!expected.seen) Lost(wanted, lead, tail);
    text_.replace(start + lead, size, covered_);
    return absl::OkStatus();
  }

  void Lost(const Literal& literal, std::size_t lead, std::size_t tail) {
    constexpr std::size_t kShownLosses = 5;
    ++tally_.lost;
    if (tally_.first_losses.size() >= kShownLosses) return;
    tally_.first_losses.push_back(absl::StrCat(
        "set '", set_.name, "': lost \"", absl::CHexEscape(literal.bytes),
        "\" at lead ", lead, ", tail ", tail));
  }

  const LiteralSet& set_;
  const LiteralDatabase& database_;
  Random& random_;
  Tally& tally_;
  LiteralScratch scratch_;
  std::string text_;
  std::string covered_;
};

}  // namespace

absl::Status PlantSet(const LiteralSet& set, const PlantOptions& options,
                      Random& random, Tally& tally) {
  HS_ASSIGN_OR_RETURN(
      const LiteralDatabase database,
      LiteralDatabase::Compile(set.literals, {.guard = options.guard}));
  const std::uint64_t lost_before = tally.lost;
  HS_RETURN_IF_ERROR(Planter(set, database, random, tally).PlantAll());
  ++tally.sets;
  if (tally.lost > lost_before) ++tally.sets_with_losses;
  return absl::OkStatus();
}

}  // namespace hypersigma::planted
