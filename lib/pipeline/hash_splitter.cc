#include "lib/pipeline/hash_splitter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/pipeline/condition_matcher.h"
#include "lib/pipeline/item_walk.h"
#include "lib/pipeline/plain_text.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

struct Hash {
  std::string algorithm;
  std::string digits;
};

// The algorithms that a length tells.
constexpr std::array<std::pair<std::size_t, std::string_view>, 4> kLengths{
    {{32, "MD5"}, {40, "SHA1"}, {64, "SHA256"}, {128, "SHA512"}}};

std::string_view Strip(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(characters) - begin + 1);
}

std::string UpperCase(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

// Returns the algorithm and the hash that a value's plain text names.
Hash ParseHash(std::string_view text) {
  constexpr std::string_view kWildcards = "*?";
  const char separator = text.find('|') != std::string_view::npos ? '|' : '=';
  const std::size_t at = text.find(separator);
  const bool is_pair = at != std::string_view::npos &&
                       text.find(separator, at + 1) == std::string_view::npos;
  if (is_pair) {
    std::string_view name = text.substr(0, at);
    name.remove_prefix(std::min(name.find_first_not_of('*'), name.size()));
    return {UpperCase(name),
            std::string(Strip(text.substr(at + 1), kWildcards))};
  }
  Hash hash;
  hash.digits = Strip(text.substr(0, at), kWildcards);
  for (const auto& [length, algorithm] : kLengths) {
    if (hash.digits.size() == length) hash.algorithm = algorithm;
  }
  return hash;
}

class HashSplitter {
 public:
  HashSplitter(const SplitHashes& split, const PipelineItem& item, RuleRun& run)
      : split_(split), item_(item), run_(run) {}

  void Split(WorkDetection& detection) {
    const DetectionItem& whole = detection.item;
    const bool is_split =
        whole.field.has_value() && Has(split_.fields, *whole.field) &&
        std::all_of(
            whole.values.begin(), whole.values.end(),
            [](const RuleValue& value) { return !value.patterns.empty(); });
    if (!is_split || !ItemMatches(item_, detection, run_)) return;
    for (const RuleValue& value : whole.values) AddValue(whole, value);
    if (items_.empty()) {
      run_.Fail(Concat({"no value of field ", Quoted(*whole.field),
                        " has a hash of a known algorithm"}));
      return;
    }
    WorkDetection group;
    group.kind = whole.all != whole.neq ? Detection::Kind::kAllOf
                                        : Detection::Kind::kAnyOf;
    for (DetectionItem& item : items_) {
      WorkDetection& child = group.children.emplace_back();
      child.applied = detection.applied;
      if (!item_.id.empty()) child.applied.insert(item_.id);
      child.item = std::move(item);
    }
    items_.clear();
    detection = std::move(group);
  }

 private:
  static bool Has(const std::vector<std::string>& list,
                  const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  }

  void AddValue(const DetectionItem& whole, const RuleValue& value) {
    // All forms of a value are of one algorithm, or it is none.
    RuleValue hashes;
    hashes.kind = RuleValue::Kind::kString;
    hashes.range = value.range;
    std::string algorithm;
    for (const SigmaString& pattern : value.patterns) {
      const Hash hash = ParseHash(PlainTextOf(pattern));
      if (!Has(split_.algorithms, hash.algorithm)) {
        run_.rule().warnings.push_back(Concat(
            {item_.label, ": the value ", Quoted(value.text), " of field ",
             Quoted(*whole.field),
             " names none of the valid hash algorithms; it is dropped"}));
        return;
      }
      algorithm = hash.algorithm;
      hashes.patterns.push_back(SigmaString::Parse(hash.digits));
    }
    hashes.text = SigmaTextOf(hashes.patterns.front());
    DetectionItem& item = ItemOf(whole, algorithm);
    item.values.push_back(std::move(hashes));
  }

  DetectionItem& ItemOf(const DetectionItem& whole,
                        const std::string& algorithm) {
    const std::string field =
        split_.field_prefix + (split_.drop_algorithm ? "" : algorithm);
    for (DetectionItem& item : items_) {
      if (item.field == field) return item;
    }
    DetectionItem& item = items_.emplace_back();
    item.field = field;
    item.all = whole.all;
    item.cased = whole.cased;
    item.neq = whole.neq;
    item.range = whole.range;
    return item;
  }

  const SplitHashes& split_;
  const PipelineItem& item_;
  RuleRun& run_;
  std::vector<DetectionItem> items_;
};

}  // namespace

void SplitHashItems(const SplitHashes& split, const PipelineItem& item,
                    RuleRun& run) {
  HashSplitter splitter(split, item, run);
  ForEachItem(run,
              [&](WorkDetection& detection) { splitter.Split(detection); });
}

}  // namespace hypersigma::internal
