#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lib/base/field_table.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"
#include "lib/engine/profile_text.h"
#include "lib/engine/rule_groups.h"
#include "lib/input/json_reader.h"

namespace hypersigma::internal {
namespace {

// Counts are read into doubles without loss, and 1,024 of them added.
constexpr std::uint64_t kMostEvents = std::uint64_t{1} << 53;

// Members, in the order of their ids. Others are passed over.
enum Member : std::uint32_t {
  kSchema,
  kEvents,
  kLogSources,
  kPredicates,
  kField,
  kOperation,
  kOperand,
  kOperandHex,
  kCased,
  kFired,
  kMemberCount,
};
constexpr std::array<std::string_view, kMemberCount> kMemberNames = {
    "hypersigma_profile",
    "events",
    "log_sources",
    "predicates",
    "field",
    "op",
    "operand",
    "operand_hex",
    "cased",
    "fired"};

absl::Status Wrong(const std::string& message) {
  return absl::InvalidArgumentError(message);
}

absl::Status WrongMember(Member member, std::string_view expected) {
  std::string message = "'";
  message += kMemberNames[member];
  message += "': expected ";
  message += expected;
  return Wrong(message);
}

// Returns nullopt for what is no number below `limit`.
std::optional<std::uint64_t> NumberOf(const Value& value, std::uint64_t limit) {
  constexpr std::size_t kMostDigits = 16;
  if (value.kind != ValueKind::kNumber || value.text.size() > kMostDigits) {
    return std::nullopt;
  }
  std::uint64_t number = 0;
  for (const char c : value.text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + static_cast<std::uint64_t>(c - '0');
  }
  if (number >= limit) return std::nullopt;
  return number;
}

std::optional<std::string> BytesOfHex(std::string_view digits) {
  const auto value_of = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
  };
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int high = value_of(digits[i]);
    const int low = value_of(digits[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(16 * high + low);
  }
  return bytes;
}

// The values of one line, by member; an array is its elements.
class Line {
 public:
  explicit Line(Event event) {
    for (const FieldValue& pair : event) {
      const auto member = static_cast<std::uint32_t>(pair.field);
      if (member < kMemberCount) values_[member].push_back(pair.value);
    }
  }

  bool Has(Member member) const { return !values_[member].empty(); }
  const std::vector<Value>& All(Member member) const { return values_[member]; }

  absl::StatusOr<std::uint64_t> Number(Member member,
                                       std::uint64_t limit) const {
    const std::vector<Value>& values = values_[member];
    if (values.size() == 1) {
      if (const auto number = NumberOf(values.front(), limit)) return *number;
    }
    return WrongMember(member, "a number below " + std::to_string(limit));
  }

  absl::StatusOr<std::string> Text(Member member) const {
    const std::vector<Value>& values = values_[member];
    if (values.size() != 1 || values.front().kind != ValueKind::kString ||
        values.front().text.size() > 2 * kMaxProfileNameBytes) {
      return WrongMember(member, "a text of at most " +
                                     std::to_string(2 * kMaxProfileNameBytes) +
                                     " bytes");
    }
    return std::string(values.front().text);
  }

 private:
  std::array<std::vector<Value>, kMemberCount> values_;
};

struct Header {
  std::uint64_t events = 0;
  std::uint64_t slices = 0;
  std::uint64_t predicates = 0;
};

absl::StatusOr<Header> ReadHeader(const Line& line) {
  if (!line.Has(kSchema)) {
    return Wrong("not a profile: expected 'hypersigma_profile' first");
  }
  HS_ASSIGN_OR_RETURN(const std::uint64_t schema,
                      line.Number(kSchema, kMostEvents));
  if (schema != kProfileSchema) {
    return Wrong("a profile of version " + std::to_string(schema) +
                 ", which this version does not read; expected " +
                 std::to_string(kProfileSchema));
  }
  Header header;
  HS_ASSIGN_OR_RETURN(header.events, line.Number(kEvents, kMostEvents));
  HS_ASSIGN_OR_RETURN(header.slices, line.Number(kLogSources, kMaxRoutes + 1));
  HS_ASSIGN_OR_RETURN(header.predicates,
                      line.Number(kPredicates, kMaxProfilePredicates + 1));
  return header;
}

absl::StatusOr<SampleSlice> ReadSlice(const Line& line) {
  SampleSlice slice;
  HS_ASSIGN_OR_RETURN(slice.events, line.Number(kEvents, kMostEvents));
  std::vector<std::string> texts;
  for (const Value& value : line.All(kLogSources)) {
    if (value.kind == ValueKind::kEmptyArray) continue;
    if (value.kind != ValueKind::kString) {
      return WrongMember(kLogSources, "texts");
    }
    texts.emplace_back(value.text);
  }
  if (texts.size() % 3 != 0) {
    return WrongMember(kLogSources, "product, category and service of each");
  }
  for (std::size_t i = 0; i < texts.size(); i += 3) {
    slice.log_sources.push_back(
        FoldLogSource({texts[i], texts[i + 1], texts[i + 2]}));
  }
  return slice;
}

absl::StatusOr<PredicateName> ReadName(const Line& line) {
  PredicateName name;
  HS_ASSIGN_OR_RETURN(name.operation, line.Text(kOperation));
  const bool is_keyword = name.operation.starts_with("keyword ");
  if (is_keyword == line.Has(kField)) {
    return WrongMember(kField, "it unless 'op' is about a keyword");
  }
  if (!is_keyword) {
    HS_ASSIGN_OR_RETURN(name.field, line.Text(kField));
  }
  if (line.Has(kOperandHex)) {
    HS_ASSIGN_OR_RETURN(const std::string digits, line.Text(kOperandHex));
    std::optional<std::string> bytes = BytesOfHex(digits);
    if (!bytes.has_value()) {
      return WrongMember(kOperandHex, "two digits of 0-9a-f for each byte");
    }
    name.operand = *std::move(bytes);
  } else {
    HS_ASSIGN_OR_RETURN(name.operand, line.Text(kOperand));
  }
  if (line.Has(kCased)) {
    const std::vector<Value>& cased = line.All(kCased);
    if (cased.size() != 1 || cased.front().kind != ValueKind::kBool) {
      return WrongMember(kCased, "true or false");
    }
    name.cased = cased.front().text == "true";
  }
  return name;
}

absl::StatusOr<std::vector<SliceCount>> ReadCounts(
    const Line& line, const std::vector<SampleSlice>& slices) {
  std::vector<SliceCount> counts;
  const std::vector<Value>& values = line.All(kFired);
  if (values.size() == 1 && values.front().kind == ValueKind::kEmptyArray) {
    return counts;
  }
  if (values.empty() || values.size() % 2 != 0) {
    return WrongMember(kFired, "pairs of log sources and events");
  }
  std::uint64_t least = 0;
  for (std::size_t i = 0; i < values.size(); i += 2) {
    const auto slice = NumberOf(values[i], slices.size());
    if (!slice.has_value() || *slice < least) {
      return WrongMember(kFired, "positions of log sources, counting up");
    }
    const auto events = NumberOf(values[i + 1], slices[*slice].events + 1);
    if (!events.has_value() || *events == 0) {
      return WrongMember(kFired, "no more events than its log sources have");
    }
    counts.push_back({static_cast<std::uint32_t>(*slice), *events});
    least = *slice + 1;
  }
  return counts;
}

class Reader {
 public:
  absl::Status Add(const Line& line) {
    if (!header_.has_value()) {
      HS_ASSIGN_OR_RETURN(header_, ReadHeader(line));
      return absl::OkStatus();
    }
    if (sample_.slices.size() < header_->slices) {
      HS_ASSIGN_OR_RETURN(SampleSlice slice, ReadSlice(line));
      events_ += slice.events;
      sample_.slices.push_back(std::move(slice));
      return absl::OkStatus();
    }
    HS_ASSIGN_OR_RETURN(PredicateName name, ReadName(line));
    HS_ASSIGN_OR_RETURN(std::vector<SliceCount> counts,
                        ReadCounts(line, sample_.slices));
    if (!sample_.fired.try_emplace(std::move(name), std::move(counts)).second) {
      return Wrong("this predicate stands there twice");
    }
    return absl::OkStatus();
  }

  absl::StatusOr<FiringSample> Finish() && {
    if (!header_.has_value()) return Wrong("not a profile: the text is empty");
    if (sample_.slices.size() != header_->slices ||
        sample_.fired.size() != header_->predicates ||
        events_ != header_->events) {
      return Wrong(
          "the first line says something else of log sources, events "
          "or predicates than all lines do");
    }
    return std::move(sample_);
  }

 private:
  std::optional<Header> header_;
  FiringSample sample_;
  std::uint64_t events_ = 0;
};

absl::Status At(std::string_view label, std::size_t line,
                const absl::Status& status) {
  std::string message(label);
  message += ':' + std::to_string(line) + ": ";
  message.append(status.message().data(), status.message().size());
  return absl::Status(status.code(), message);
}

absl::Status AddLine(std::string_view json, JsonReader& json_reader,
                     Reader& reader) {
  HS_ASSIGN_OR_RETURN(const JsonEvent event, json_reader.Read(json));
  if (event.repaired) return Wrong("expected UTF-8 without controls");
  return reader.Add(Line(event.values));
}

}  // namespace

absl::StatusOr<FiringSample> ReadProfile(std::string_view text,
                                         std::string_view label) {
  if (text.size() > kMaxProfileBytes) {
    return At(label, 1,
              absl::ResourceExhaustedError("a profile has at most " +
                                           std::to_string(kMaxProfileBytes) +
                                           " bytes"));
  }
  FieldTable members;
  for (const std::string_view name : kMemberNames) members.Intern(name);
  JsonReader json_reader(members, {}, {});
  Reader reader;
  std::size_t number = 1;
  for (; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) {
      const absl::Status status =
          AddLine(text.substr(0, end), json_reader, reader);
      if (!status.ok()) return At(label, number, status);
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  absl::StatusOr<FiringSample> sample = std::move(reader).Finish();
  if (!sample.ok()) return At(label, number, sample.status());
  return sample;
}

}  // namespace hypersigma::internal
