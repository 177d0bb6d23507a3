#include "lib/input/arrow_type.h"

#include <algorithm>
#include <array>

namespace hypersigma::internal {
namespace {

struct KnownType {
  std::string_view format;
  ArrowType type;
};

constexpr std::array kKnownTypes = {
    KnownType{"n", {ArrowKind::kNull, 0}},
    KnownType{"b", {ArrowKind::kBool, 0}},
    KnownType{"c", {ArrowKind::kSigned, 1}},
    KnownType{"s", {ArrowKind::kSigned, 2}},
    KnownType{"i", {ArrowKind::kSigned, 4}},
    KnownType{"l", {ArrowKind::kSigned, 8}},
    KnownType{"C", {ArrowKind::kUnsigned, 1}},
    KnownType{"S", {ArrowKind::kUnsigned, 2}},
    KnownType{"I", {ArrowKind::kUnsigned, 4}},
    KnownType{"L", {ArrowKind::kUnsigned, 8}},
    KnownType{"f", {ArrowKind::kFloat, 4}},
    KnownType{"g", {ArrowKind::kFloat, 8}},
    KnownType{"u", {ArrowKind::kText, 4}},
    KnownType{"U", {ArrowKind::kText, 8}},
    KnownType{"vu", {ArrowKind::kTextView, 0}},
    KnownType{"+l", {ArrowKind::kList, 4}},
    KnownType{"+L", {ArrowKind::kList, 8}},
};

// By the beginnings of format strings; the first that fits.
struct NamedFormat {
  std::string_view prefix;
  std::string_view name;
};

constexpr std::array kNamedFormats = {
    NamedFormat{"n", "null"},
    NamedFormat{"b", "bool"},
    NamedFormat{"c", "int8"},
    NamedFormat{"s", "int16"},
    NamedFormat{"i", "int32"},
    NamedFormat{"l", "int64"},
    NamedFormat{"C", "uint8"},
    NamedFormat{"S", "uint16"},
    NamedFormat{"I", "uint32"},
    NamedFormat{"L", "uint64"},
    NamedFormat{"e", "float16"},
    NamedFormat{"f", "float32"},
    NamedFormat{"g", "float64"},
    NamedFormat{"z", "binary"},
    NamedFormat{"Z", "large binary"},
    NamedFormat{"vz", "binary view"},
    NamedFormat{"u", "utf8"},
    NamedFormat{"U", "large utf8"},
    NamedFormat{"vu", "utf8 view"},
    NamedFormat{"d:", "decimal"},
    NamedFormat{"w:", "fixed-width binary"},
    NamedFormat{"td", "date"},
    NamedFormat{"tt", "time"},
    NamedFormat{"ts", "timestamp"},
    NamedFormat{"tD", "duration"},
    NamedFormat{"ti", "interval"},
    NamedFormat{"+l", "list"},
    NamedFormat{"+L", "large list"},
    NamedFormat{"+vl", "list view"},
    NamedFormat{"+vL", "large list view"},
    NamedFormat{"+w:", "fixed-sized list"},
    NamedFormat{"+s", "struct"},
    NamedFormat{"+m", "map"},
    NamedFormat{"+ud:", "dense union"},
    NamedFormat{"+us:", "sparse union"},
    NamedFormat{"+r", "run-end encoded"},
};

// A single letter stands for itself, the others may have parameters behind.
bool IsFormatOf(const NamedFormat& named, std::string_view format) {
  return named.prefix.size() == 1 ? format == named.prefix
                                  : format.starts_with(named.prefix);
}

}  // namespace

std::optional<ArrowType> ParseArrowType(std::string_view format) {
  const auto* const known =
      std::find_if(kKnownTypes.begin(), kKnownTypes.end(),
                   [format](const KnownType& k) { return k.format == format; });
  if (known == kKnownTypes.end()) return std::nullopt;
  return known->type;
}

std::string_view ArrowTypeName(std::string_view format) {
  const auto* const named = std::find_if(
      kNamedFormats.begin(), kNamedFormats.end(),
      [format](const NamedFormat& n) { return IsFormatOf(n, format); });
  return named == kNamedFormats.end() ? "unknown" : named->name;
}

}  // namespace hypersigma::internal
