#include "lib/catalog/explain_members.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/number.h"
#include "lib/input/json_text.h"

namespace hypersigma::internal {
namespace {

// A member's name joined by dots, with `*` for any.
bool MatchesPlace(std::string_view place, std::string_view member) {
  const std::size_t star = place.find('*');
  if (star == std::string_view::npos) return place == member;
  if (!member.starts_with(place.substr(0, star))) return false;
  place.remove_prefix(star + 1);
  member.remove_prefix(star);
  for (std::size_t i = 1; i <= member.size(); ++i) {
    if (MatchesPlace(place, member.substr(i))) return true;
  }
  return false;
}

void AddPlace(std::string place, std::string_view text_member,
              std::vector<std::string>& places) {
  if (!text_member.empty()) {
    places.push_back(absl::StrCat(
        place, ".", absl::string_view(text_member.data(), text_member.size())));
  }
  places.push_back(std::move(place));
}

// The places of a field, the best first. Source: docs/log_sources.md.
std::vector<std::string> PlacesOf(const std::string& field,
                                  const EventLayout* layout) {
  std::vector<std::string> places;
  if (layout == nullptr) return {field};
  const std::string_view text = layout->text_member;
  const auto named =
      std::find_if(layout->names.begin(), layout->names.end(),
                   [&field](const auto& name) { return name.field == field; });
  if (named != layout->names.end()) {
    for (const std::string& place : named->places)
      AddPlace(place, text, places);
  } else {
    for (const std::string& place : layout->places) {
      if (!place.ends_with('*')) continue;
      AddPlace(place.substr(0, place.size() - 1) + field, text, places);
    }
  }
  AddPlace(field, text, places);
  return places;
}

// A listed text, and who would like to know where it stands.
struct Wanted {
  std::size_t field = 0;
  std::size_t value = 0;
  std::size_t rank = static_cast<std::size_t>(-1);
};

class MemberFinder {
 public:
  MemberFinder(std::string_view json, const EventLayout* layout,
               std::vector<SeenField>& fields)
      : json_(json), fields_(fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const SeenField& field = fields[i];
      places_.push_back(
          PlacesOf(field.alias.empty() ? field.name : field.alias, layout));
      for (std::size_t k = 0; k < field.values.size(); ++k) {
        const SeenValue& value = field.values[k];
        wanted_[{value.kind, value.text}].push_back({i, k});
      }
    }
    buffer_.resize(json.size() + kTextSlack);
  }

  void Run() {
    padded_.assign(json_);
    padded_.append(kTextSlack, ' ');
    json_ = std::string_view(padded_).substr(0, json_.size());
    at_ = std::min(json_.find('{'), json_.size());
    WalkValue(0);
  }

 private:
  void SkipBlanks() {
    while (at_ < json_.size() && std::string_view(" \t\r\n").find(json_[at_]) !=
                                     std::string_view::npos) {
      ++at_;
    }
  }
  void Step() { at_ = std::min(at_ + 1, json_.size()); }
  char Next() const { return at_ < json_.size() ? json_[at_] : '\0'; }

  // Returns what is between the quotes at the position, unescaped.
  std::string String() {
    Step();
    const std::size_t begin = at_;
    while (at_ < json_.size() && json_[at_] != '"') {
      at_ += json_[at_] == '\\' ? 2 : 1;
    }
    at_ = std::min(at_, json_.size());
    const std::string_view raw = json_.substr(begin, at_ - begin);
    if (at_ < json_.size()) ++at_;
    const UnescapedText text = Unescape(raw, buffer_.data());
    return text.same ? std::string(raw)
                     : std::string(buffer_.data(), text.byte_count);
  }

  void WalkValue(int depth) {
    if (depth > kMaxJsonDepth) return;
    SkipBlanks();
    switch (Next()) {
      case '{':
        See(ValueKind::kObject, "");
        return WalkObject(depth);
      case '[':
        return WalkArray(depth);
      case '"':
        return See(ValueKind::kString, String());
      default:
        return WalkWord();
    }
  }

  void WalkObject(int depth) {
    Step();
    for (SkipBlanks(); Next() == '"'; SkipBlanks()) {
      const std::size_t outer = path_.size();
      const std::string key = String();
      if (outer > 0) path_ += '.';
      path_ += key;
      SkipBlanks();
      Step();  // the colon
      WalkValue(depth + 1);
      path_.resize(outer);
      SkipBlanks();
      if (Next() == ',') Step();
    }
    Step();
  }

  void WalkArray(int depth) {
    Step();
    SkipBlanks();
    if (Next() == ']') See(ValueKind::kEmptyArray, "");
    while (Next() != ']' && at_ < json_.size()) {
      WalkValue(depth + 1);
      SkipBlanks();
      if (Next() == ',') Step();
      SkipBlanks();
    }
    Step();
  }

  void WalkWord() {
    const std::size_t begin = at_;
    while (at_ < json_.size() &&
           std::string_view(",]} \t\r\n").find(json_[at_]) ==
               std::string_view::npos) {
      ++at_;
    }
    const std::string_view word = json_.substr(begin, at_ - begin);
    if (word == "null") return See(ValueKind::kNull, "");
    if (word == "true" || word == "false") {
      return See(ValueKind::kBool, std::string(word));
    }
    std::string text;
    if (const auto number = Number::Parse(word)) number->AppendText(&text);
    See(ValueKind::kNumber, text);
    if (at_ == begin) at_ = json_.size();  // no JSON: the walk ends
  }

  void See(ValueKind kind, std::string text) {
    const auto found = wanted_.find({kind, std::move(text)});
    if (found == wanted_.end() || path_.size() > kMaxMemberBytes) return;
    for (Wanted& wanted : found->second) {
      if (comparisons_left_ == 0) return;
      --comparisons_left_;
      SeenField& field = fields_[wanted.field];
      const std::size_t rank = field.name.empty() ? 0 : RankOf(wanted.field);
      if (rank >= wanted.rank) continue;
      wanted.rank = rank;
      field.values[wanted.value].member = path_;
    }
  }

  std::size_t RankOf(std::size_t field) const {
    const std::vector<std::string>& places = places_[field];
    const auto place = std::find_if(
        places.begin(), places.end(),
        [this](const std::string& each) { return MatchesPlace(each, path_); });
    return place == places.end()
               ? static_cast<std::size_t>(-1)
               : static_cast<std::size_t>(place - places.begin());
  }

  std::string_view json_;
  std::string padded_;
  std::size_t at_ = 0;
  std::string path_;
  std::vector<char> buffer_;
  std::vector<SeenField>& fields_;
  std::vector<std::vector<std::string>> places_;  // by field
  absl::flat_hash_map<std::pair<ValueKind, std::string>, std::vector<Wanted>>
      wanted_;
  std::size_t comparisons_left_ = kMaxFlipSteps;
};

}  // namespace

void NameMembers(std::string_view json, const EventLayout* layout,
                 std::vector<SeenField>& fields) {
  MemberFinder(json, layout, fields).Run();
}

}  // namespace hypersigma::internal
