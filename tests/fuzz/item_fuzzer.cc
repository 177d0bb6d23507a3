// A rule of one item, and an event: engine and slow path agree.
//
// The first line is the item's key, `field|modifiers`; the last line is the
// value of the field `f` or, as a JSON object, the whole event; between them
// stands the value of the item. Values that are JSON are taken as JSON, others
// as strings.

#include <string>

#include "lib/reference/json_value.h"
#include "tests/fuzz/compare.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/item_generator.h"
#include "tests/support/json_writer.h"
#include "tests/support/text_generator.h"

namespace hypersigma::fuzz {
namespace {

using reference::JsonValue;

std::string YamlText(std::string_view text) {
  const auto json = reference::ParseJson(text);
  if (json.ok() && json->kind != JsonValue::Kind::kObject) {
    return std::string(text);
  }
  generator::Random random(text.size());
  return generator::YamlQuoted(text, random);
}

std::string EventWith(std::string_view text) {
  auto value = reference::ParseJson(text);
  if (!value.ok()) value = JsonValue::String(std::string(text));
  if (value->kind == JsonValue::Kind::kObject) return std::string(text);
  return WriteJson(JsonValue::Object(
      {{"f", *std::move(value)}, {"g", JsonValue::String("cmd")}}));
}

void Check(std::string_view text) {
  const std::string_view key = TakeUntil("\n", text);
  const std::size_t end = text.rfind('\n');
  const std::string_view value = text.substr(0, end);
  const std::string_view event =
      end == std::string_view::npos ? value : text.substr(end + 1);
  auto comparison = Comparison::Load(
      "title: t\nlogsource: {category: c}\ndetection:\n  s:\n    " +
      YamlText(key) + ": " + YamlText(value) + "\n  condition: s\n");
  if (!comparison.has_value() || comparison->rule_count() == 0) return;
  comparison->CheckEvent(EventWith(event));
  comparison->CheckEvent(EventWith(value));
  // In other words, long enough for another way through the pattern library.
  const std::string long_text =
      std::string(80, 'q') + std::string(event) + std::string(80, 'q');
  comparison->CheckEvent(EventWith(long_text));
  generator::Random random(text.size());
  comparison->CheckEvent(EventWith(generator::SwapSomeCases(event, random)));
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  hypersigma::fuzz::Check(hypersigma::fuzz::AsText(data, size));
  return 0;
}
