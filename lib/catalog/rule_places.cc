#include "lib/catalog/rule_places.h"

#include <algorithm>
#include <utility>

#include "lib/base/text.h"
#include "lib/catalog/address.h"
#include "lib/rule/rule_text.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Where the line of `offset` begins, and where it ends, without its newline.
std::size_t LineBegin(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t newline = text.rfind('\n', offset - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}
std::size_t LineEnd(std::string_view text, std::size_t offset) {
  return std::min(text.find('\n', offset), text.size());
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(kBlanks) == std::string_view::npos;
}

bool IsMarker(std::string_view line) {
  return line.starts_with("---") || line.starts_with("...");
}

std::size_t Indent(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

// Takes in lines after `end` that are deeper than `indent`: what closes a flow
// list is no part of a value.
std::size_t WithDeeperLines(std::string_view text, std::size_t end,
                            std::size_t indent) {
  while (end < text.size()) {
    const std::size_t next_end = LineEnd(text, end + 1);
    const std::string_view line = text.substr(end + 1, next_end - end - 1);
    if (IsBlank(line) || Indent(line) <= indent || IsMarker(line) ||
        line[Indent(line)] == '#') {
      break;
    }
    end = next_end;
  }
  return end;
}

// The end of the last value of `detection` that lies between the two.
void ExtendTo(const Detection& detection, std::uint32_t begin,
              std::uint32_t limit, std::uint32_t& end) {
  const auto extend = [&](const SourceRange& range) {
    if (range.begin >= begin && range.end <= limit) {
      end = std::max(end, range.end);
    }
  };
  if (detection.kind == Detection::Kind::kItem) {
    extend(detection.item.range);
    for (const RuleValue& value : detection.item.values) extend(value.range);
  }
  for (const Detection& child : detection.children) {
    ExtendTo(child, begin, limit, end);
  }
}

// A document's lines from `begin` on, without the markers around it.
std::pair<std::size_t, std::size_t> TrimDocument(std::string_view text,
                                                 std::size_t begin,
                                                 std::size_t end) {
  while (begin < end) {
    const std::size_t line_end = std::min(LineEnd(text, begin), end);
    const std::string_view line = text.substr(begin, line_end - begin);
    if (!IsBlank(line) &&
        line.substr(0, line.find_last_not_of(kBlanks) + 1) != "---") {
      break;
    }
    begin = std::min(line_end + 1, end);
  }
  while (begin < end) {
    const std::size_t line_begin = std::max(LineBegin(text, end - 1), begin);
    const std::string_view line = text.substr(line_begin, end - line_begin);
    if (!IsBlank(line) && !IsMarker(line)) break;
    end = line_begin;
    if (end > begin) --end;
  }
  return {begin, end};
}

// Offsets of the lines, from 1, of a text.
class LineOffsets {
 public:
  explicit LineOffsets(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size(); at = LineEnd(text, at) + 1) {
      begins_.push_back(at);
    }
  }

  std::size_t BeginOf(std::uint32_t line) const {
    return line == 0 || line > begins_.size() ? text_.size()
                                              : begins_[line - 1];
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> begins_;
};

std::string_view WithoutSlash(std::string_view root) {
  while (root.size() > 1 && root.back() == '/') root.remove_suffix(1);
  return root;
}

}  // namespace

SourcePath FindSource(std::string_view file,
                      std::span<const CatalogSource> sources) {
  SourcePath found{sources.size(), std::string(file)};
  std::size_t longest = 0;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const std::string_view root = WithoutSlash(sources[i].root);
    if (!file.starts_with(root) || root.empty()) continue;
    std::string_view rest = file.substr(root.size());
    const bool is_file = rest.empty();
    if (!is_file && !rest.starts_with('/') && root != "/") continue;
    if (found.source < sources.size() && root.size() <= longest) continue;
    longest = root.size();
    while (rest.starts_with('/')) rest.remove_prefix(1);
    found = {i, std::string(is_file ? root.substr(root.rfind('/') + 1) : rest)};
  }
  return found;
}

RulePlaces::RulePlaces(const RuleSet& rules,
                       std::span<const CatalogSource> sources)
    : places_(rules.rules().size()) {
  streams_.reserve(rules.texts().size());
  for (std::size_t i = 0; i < rules.texts().size(); ++i) {
    AddStream(rules, i, sources);
  }
  AddKeys(rules.rules(), sources);
}

void RulePlaces::AddStream(const RuleSet& rules, std::size_t stream,
                           std::span<const CatalogSource> sources) {
  const std::span<const RuleText> texts = rules.texts();
  const std::vector<Document>& documents = rules.report().documents;
  const RuleText& text = texts[stream];
  streams_.emplace_back(text.label, text.yaml);
  const std::size_t end = stream + 1 < texts.size()
                              ? texts[stream + 1].first_document
                              : documents.size();
  const SourcePath path = FindSource(text.label, sources);
  const LineOffsets lines(text.yaml);
  for (std::size_t i = text.first_document; i < end; ++i) {
    const Document& document = documents[i];
    if (!document.rule.has_value()) continue;
    const bool is_last = i + 1 >= end || documents[i + 1].line == 0;
    const auto [from, to] = TrimDocument(
        text.yaml, lines.BeginOf(document.index == 0 ? 1 : document.line),
        is_last ? text.yaml.size() : lines.BeginOf(documents[i + 1].line));
    RulePlace& place = places_[static_cast<std::size_t>(*document.rule)];
    place.path = path.path;
    place.source = static_cast<std::uint32_t>(path.source);
    place.document = document.index;
    place.stream = static_cast<std::uint32_t>(stream);
    place.body = LinesBetween(*document.rule, static_cast<std::uint32_t>(from),
                              static_cast<std::uint32_t>(to));
  }
}

void RulePlaces::AddKeys(std::span<const Rule> rules,
                         std::span<const CatalogSource> sources) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    RulePlace& place = places_[i];
    std::string key = AddressOfId(rules[i].id);
    if (key.empty() || by_key_.contains(key)) {
      const std::string label =
          place.source < sources.size() ? sources[place.source].label : "";
      const std::string document = std::to_string(place.document);
      const std::string prefix = key.empty() ? "rule" : key;
      key = prefix + "-" + AddressOf({label, place.path, document});
      // Files of one label and path, or a hash of another's.
      for (int n = 2; by_key_.contains(key); ++n) {
        key = prefix + "-" +
              AddressOf({label, place.path, document, std::to_string(n)});
      }
    }
    by_key_.emplace(key, RuleId{i});
    place.key = std::move(key);
  }
}

std::optional<RuleId> RulePlaces::Find(std::string_view key) const {
  const auto found = by_key_.find(FoldedAscii(key));
  if (found == by_key_.end()) return std::nullopt;
  return found->second;
}

TextLines RulePlaces::LinesBetween(RuleId rule, std::uint32_t begin,
                                   std::uint32_t end) const {
  const Source& stream = streams_[Of(rule).stream];
  const std::string_view text = stream.text();
  while (end > begin && kBlanks.find(text[end - 1]) != std::string_view::npos) {
    --end;
  }
  const std::size_t first = LineBegin(text, begin);
  const std::size_t last = LineEnd(text, end > begin ? end - 1 : begin);
  return {text.substr(first, last - first), stream.PositionOf(begin).line,
          stream.PositionOf(end > begin ? end - 1 : begin).line};
}

std::optional<TextLines> RulePlaces::LinesOf(RuleId rule,
                                             const Selection& selection) const {
  if (selection.is_filter) return std::nullopt;
  const std::string_view text = streams_[Of(rule).stream].text();
  const auto limit = static_cast<std::uint32_t>(text.size());
  std::uint32_t end = selection.range.end;
  if (selection.range.begin >= end || end > limit) return std::nullopt;
  ExtendTo(selection.detection, selection.range.begin, limit, end);
  // A block scalar ends where the next line begins.
  while (end > selection.range.end &&
         kBlanks.find(text[end - 1]) != std::string_view::npos) {
    --end;
  }
  const std::size_t begin = LineBegin(text, selection.range.begin);
  const std::size_t last = LineEnd(text, end - 1);
  const std::size_t indent = selection.range.begin - begin;
  return LinesBetween(
      rule, selection.range.begin,
      static_cast<std::uint32_t>(WithDeeperLines(text, last, indent)));
}

std::optional<TextLines> RulePlaces::LinesOfCondition(
    RuleId rule, const DetectionRule& detection) const {
  const SourceRange range = detection.condition_range;
  const std::string_view text = streams_[Of(rule).stream].text();
  if (range.begin >= range.end || range.end > text.size()) return std::nullopt;
  // The key stands before the value, perhaps on an earlier line.
  const std::size_t key = text.rfind("condition", range.begin);
  const std::size_t between =
      key == std::string_view::npos
          ? std::string_view::npos
          : text.find_first_not_of(" \t\r\n:\"'-", key + 9);
  const bool is_before =
      between != std::string_view::npos && between >= range.begin;
  return LinesBetween(rule,
                      is_before ? static_cast<std::uint32_t>(key) : range.begin,
                      range.end);
}

bool RulePlaces::IsCollected(RuleId rule,
                             const DetectionRule& detection) const {
  const TextLines& body = Of(rule).body;
  const auto is_outside = [&body](const std::optional<TextLines>& lines) {
    return lines.has_value() &&
           (lines->first < body.first || lines->last > body.last);
  };
  if (is_outside(LinesOfCondition(rule, detection))) return true;
  return std::any_of(detection.selections.begin(), detection.selections.end(),
                     [&](const Selection& selection) {
                       return is_outside(LinesOf(rule, selection));
                     });
}

}  // namespace hypersigma::internal
