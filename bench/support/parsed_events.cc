#include "bench/support/parsed_events.h"

#include <algorithm>

#include "bench/support/or_die.h"
#include "lib/engine/engine_state.h"
#include "lib/input/json_reader.h"
#include "lib/input/json_text.h"
#include "lib/taxonomy/log_source_map.h"

namespace hypersigma::bench {

ParsedEvents::ParsedEvents(const Engine& engine, const Events& events) {
  const internal::EngineState& state = engine.state();
  internal::JsonReader reader(state.json_paths(),
                              {.unnamed_values = state.plan().has_keywords});
  for (const std::string_view line : events.lines()) {
    Add(OrDie(reader.Read(line, events.ReadableBehind(line))).values);
  }
}

void ParsedEvents::Add(Event event) {
  std::size_t byte_count = internal::kTextSlack;
  for (const FieldValue& pair : event) byte_count += pair.value.text.size();
  char* text = texts_.emplace_back(std::make_unique<char[]>(byte_count)).get();
  FieldValue* const pairs =
      pairs_.emplace_back(std::make_unique<FieldValue[]>(event.size())).get();
  for (std::size_t i = 0; i < event.size(); ++i) {
    const std::string_view from = event[i].value.text;
    std::copy(from.begin(), from.end(), text);
    pairs[i] = event[i];
    pairs[i].value.text = {text, from.size()};
    text += from.size();
  }
  events_.emplace_back(pairs, event.size());
}

}  // namespace hypersigma::bench
