#include "lib/engine/fragment_choice.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace hypersigma::internal {
namespace {

// What logs are full of, as far as they are alike. Each fragment of it is
// frequent, whatever its bytes are.
constexpr std::string_view kUsualText =
    R"({"EventID":4688,"ProcessId":"0x1","SourceName":"Microsoft-Windows-)"
    R"(Security-Auditing","Channel":"Microsoft-Windows-Sysmon/Operational",)"
    R"("ParentImage":"C:\\Program Files (x86)\\Common Files\\explorer.exe",)"
    R"("CommandLine":"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\)"
    R"(powershell.exe","CallTrace":"C:\\WINDOWS\\SYSTEM32\\ntdll.dll+9fc24|)"
    R"(KERNELBASE.dll","TargetObject":"HKLM\\SOFTWARE\\Microsoft\\)"
    R"(CurrentVersion\\Services","Users\\AppData\\Local\\Temp\\setup.tmp",)"
    R"("drivers\\kernel32.sys","AccountName":"NT AUTHORITY\\SYSTEM",)"
    R"("Message":"Process accessed:\r\nRuleName: -\r\nUtcTime: ",)"
    R"("Hashes":"SHA1=,MD5=,SHA256=,IMPHASH=",)"
    R"(GET https://www.example.com/index.html HTTP/1.1" 200 "Mozilla/5.0 )"
    R"(/usr/bin/ /etc/ sudo session opened for user root)";
constexpr double kUsualFrequency = 1e-3;

// REQUIRES: `text` has `size` bytes, two or three, from `at` on.
Fragment FragmentAt(std::string_view text, std::size_t at, std::size_t size) {
  Fragment fragment;
  for (std::size_t n = 0; n < size; ++n) {
    fragment.bytes[n] = static_cast<char>(text[at + n] | Fragment::kFold);
  }
  fragment.size = static_cast<std::uint8_t>(size);
  return fragment;
}

// Calls `use` with each fragment of `text`, once for each place.
template <typename Use>
void ForEachFragment(std::string_view text, const Use& use) {
  for (std::size_t at = 0; at + 2 <= text.size(); ++at) {
    use(FragmentAt(text, at, 2));
    if (at + 3 <= text.size()) use(FragmentAt(text, at, 3));
  }
}

// Sorted, each once. Made when it is first asked for: there are many choices.
const std::vector<Fragment>& UsualFragments() {
  static const std::vector<Fragment> usual = [] {
    std::vector<Fragment> all;
    ForEachFragment(kUsualText,
                    [&all](const Fragment& each) { all.push_back(each); });
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }();
  return usual;
}

// How often a byte is seen in log texts, roughly: what matters is that some are
// ten times as frequent as others.
double FrequencyOf(char byte) {
  // Hexadecimal numbers are everywhere, and so are paths.
  constexpr std::string_view kVeryFrequent = " \\\"|";
  constexpr std::string_view kFrequent = "eitsonrabcdf0123456789";
  constexpr std::string_view kRare = "kvxjqzwy:;_#@!%";
  const auto is_in = [byte](std::string_view bytes) {
    return bytes.find(byte) != std::string_view::npos;
  };
  if (is_in(kVeryFrequent)) return 0.1;
  if (is_in(kFrequent)) return 0.05;
  return is_in(kRare) ? 0.005 : 0.02;
}

double FrequencyOf(const Fragment& fragment) {
  const std::vector<Fragment>& usual = UsualFragments();
  if (std::binary_search(usual.begin(), usual.end(), fragment)) {
    return kUsualFrequency;
  }
  double frequency = 1;
  for (std::size_t i = 0; i < fragment.size; ++i) {
    frequency *= FrequencyOf(fragment.bytes[i]);
  }
  return frequency;
}

// A fragment of some literals.
struct Occurrence {
  double frequency = 0;               // in logs
  std::vector<std::size_t> literals;  // positions of those that have it
};
using Occurrences = std::map<Fragment, Occurrence>;

Occurrences FindFragments(std::span<const Literal> literals) {
  Occurrences occurrences;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    ForEachFragment(literals[i].bytes, [&](const Fragment& fragment) {
      std::vector<std::size_t>& having = occurrences[fragment].literals;
      if (having.empty() || having.back() != i) having.push_back(i);
    });
  }
  for (auto& [fragment, occurrence] : occurrences) {
    occurrence.frequency = FrequencyOf(fragment);
  }
  return occurrences;
}

// The fragment that tells most literals for how often it is seen, or null. One
// that is hardly ever seen is no better than one that is seen once in twenty
// events.
const Occurrences::value_type* Best(const Occurrences& occurrences,
                                    const std::vector<char>& is_covered) {
  constexpr double kRareEnough = 2e-5;
  const Occurrences::value_type* best = nullptr;
  double best_worth = 0;
  for (const auto& each : occurrences) {
    const std::vector<std::size_t>& having = each.second.literals;
    const auto news = std::count_if(
        having.begin(), having.end(),
        [&is_covered](std::size_t i) { return is_covered[i] == 0; });
    const double worth =
        static_cast<double>(news) / (each.second.frequency + kRareEnough);
    if (worth <= best_worth) continue;
    best = &each;
    best_worth = worth;
  }
  return best;
}

// Bytes of the fragments of a set, by position.
class FragmentSet {
 public:
  // How often one is seen, fragment or not.
  double frequency() const { return frequency_; }

  void Add(const Fragment& fragment) {
    size_ = bytes_[0].empty() ? fragment.size : std::min(size_, fragment.size);
    for (std::size_t n = 0; n < fragment.size; ++n) {
      const char byte = fragment.bytes[n];
      if (bytes_[n].find(byte) == std::string::npos) bytes_[n] += byte;
    }
    frequency_ = 1;
    for (std::size_t n = 0; n < size_; ++n) {
      double any = 0;
      for (const char byte : bytes_[n]) any += FrequencyOf(byte);
      frequency_ *= any;
    }
  }

 private:
  std::array<std::string, 3> bytes_;
  std::uint8_t size_ = 0;
  double frequency_ = 0;
};

}  // namespace

std::vector<Fragment> ChooseFragments(std::span<const Literal> literals,
                                      std::size_t most) {
  const Occurrences occurrences = FindFragments(literals);
  std::vector<char> is_covered(literals.size());
  std::vector<Fragment> fragments;
  while (std::count(is_covered.begin(), is_covered.end(), 0) > 0) {
    const Occurrences::value_type* const best = Best(occurrences, is_covered);
    if (best == nullptr || fragments.size() == most) return {};
    fragments.push_back(best->first);
    for (const std::size_t i : best->second.literals) is_covered[i] = 1;
  }
  return fragments;
}

// The rarest fragment is in the piece's middle, as far as there are bytes
// around it: all of them tell the piece from others.
std::size_t FindRarestPiece(std::string_view literal, std::size_t size) {
  if (literal.size() <= size) return 0;
  std::size_t begin = 0;
  std::optional<double> least;
  for (std::size_t at = 0; at + 3 <= literal.size(); ++at) {
    const double frequency = FrequencyOf(FragmentAt(literal, at, 3));
    if (least.has_value() && frequency >= *least) continue;
    least = frequency;
    const std::size_t before = (size - 3) / 2;
    begin = std::min(at - std::min(at, before), literal.size() - size);
  }
  return begin;
}

std::vector<std::size_t> ShareSets(std::span<const Fragment> fragments,
                                   std::size_t set_count) {
  std::vector<FragmentSet> sets(set_count);
  std::vector<std::size_t> set_of;
  for (const Fragment& fragment : fragments) {
    std::size_t best = 0;
    std::optional<double> least;
    for (std::size_t i = 0; i < set_count; ++i) {
      FragmentSet larger = sets[i];
      larger.Add(fragment);
      const double added = larger.frequency() - sets[i].frequency();
      if (least.has_value() && added >= *least) continue;
      best = i;
      least = added;
    }
    sets[best].Add(fragment);
    set_of.push_back(best);
  }
  return set_of;
}

}  // namespace hypersigma::internal
