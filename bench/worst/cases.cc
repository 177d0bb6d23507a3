#include "bench/worst/cases.h"

#include <simdjson.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bench/support/event_texts.h"
#include "bench/support/json_line.h"
#include "bench/support/or_die.h"
#include "lib/engine/engine_state.h"
#include "lib/rule/rule_text.h"
#include "tests/support/random.h"

namespace hypersigma::bench {
namespace {

constexpr std::size_t kSmallBytes = std::size_t{64} << 10;
// The field of the rule about regular expressions.
constexpr std::string_view kRegexField = "CommandLine";

// Calls `make` until its lines have `bytes`, but at least once.
Events Fill(std::size_t bytes, const std::function<std::string()>& make) {
  std::vector<std::string> lines;
  std::size_t size = 0;
  while (lines.empty() || size < bytes) {
    lines.push_back(make());
    size += lines.back().size();
  }
  return Events::FromLines(lines);
}

// Changes the events from the first on, until there are `bytes` of them.
Events Rewrite(const Events& events, std::size_t bytes,
               const std::function<std::string(simdjson::dom::object)>& write) {
  simdjson::dom::parser parser;
  std::size_t next = 0;
  std::vector<std::string> lines;
  std::size_t size = 0;
  while (size < bytes && next < events.lines().size()) {
    simdjson::dom::object event;
    const simdjson::padded_string line(events.lines()[next++]);
    if (parser.parse(line).get(event)) Die("an event is malformed");
    lines.push_back(write(event));
    size += lines.back().size();
  }
  return Events::FromLines(lines);
}

// Names of the members by which events are routed.
std::set<std::string, std::less<>> RoutingNames(const Engine& engine) {
  const internal::EngineState& state = engine.state();
  std::set<std::string, std::less<>> names;
  for (const internal::RoutingMember& member :
       state.router().classifier().Members()) {
    names.insert(state.plan().fields.names()[internal::Index(member.field)]);
  }
  return names;
}

std::string Word(generator::Random& random, std::size_t size) {
  std::string word;
  while (word.size() < size) {
    word += static_cast<char>('a' + static_cast<char>(random.Below(26)));
  }
  return word;
}

Events WithValues(const Engine& engine, const Events& events,
                  std::size_t value_bytes, std::size_t bytes) {
  const std::string field = LiteralsOfLargestField(engine).field;
  EventTexts texts(engine, events, std::max(bytes, value_bytes));
  return Fill(bytes, [&] {
    return JsonLine::ProcessStart()
        .Add(field, texts.Next(value_bytes))
        .Finish();
  });
}

Events WithFields(const Engine& engine, const Events& events,
                  std::size_t field_count, std::size_t bytes) {
  constexpr std::size_t kTextBytes = 16;
  generator::Random random(1);
  EventTexts texts(engine, events, bytes);
  return Fill(bytes, [&] {
    JsonLine line = JsonLine::ProcessStart();
    for (std::size_t i = 0; i < field_count; ++i) {
      line.Add(Word(random, 10), texts.Next(kTextBytes));
    }
    return line.Finish();
  });
}

Events WithNearMatches(const Engine& engine, std::size_t bytes) {
  constexpr std::size_t kValueBytes = std::size_t{16} << 10;
  const FieldLiterals known = LiteralsOfLargestField(engine);
  generator::Random random(1);
  return Fill(bytes, [&] {
    std::string value;
    while (value.size() < kValueBytes) {
      value += random.Pick(known.literals);
      value.back() = value.back() == 'x' ? 'q' : 'x';
      value += ' ';
    }
    return JsonLine::ProcessStart().Add(known.field, value).Finish();
  });
}

Events WithUniqueValues(const Engine& engine, const Events& events,
                        std::size_t bytes) {
  const std::set<std::string, std::less<>> routing = RoutingNames(engine);
  std::size_t number = 0;
  return Rewrite(events, bytes, [&](simdjson::dom::object event) {
    JsonLine line;
    for (const auto member : event) {
      std::string_view text;
      const bool is_kept = routing.contains(member.key);
      if (!is_kept && !member.value.get(text)) {
        line.Add(member.key,
                 std::string(text) + ' ' + std::to_string(++number));
      } else if (!is_kept && member.value.is_number()) {
        line.AddRaw(member.key, std::to_string(++number));
      } else {
        line.AddRaw(member.key, simdjson::minify(member.value));
      }
    }
    return line.Finish();
  });
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
}

Events WithEscapes(const Events& events, std::size_t bytes) {
  const auto escape = [](std::string_view text) {
    return '"' + EscapeEveryByte(text) + '"';
  };
  return Rewrite(events, bytes, [&](simdjson::dom::object event) {
    std::string line = "{";
    for (const auto member : event) {
      std::string_view text;
      if (line.size() > 1) line += ',';
      const std::string name(member.key);
      line += (IsAscii(name) ? escape(name) : '"' + name + '"') + ':';
      const bool is_text = !member.value.get(text) && IsAscii(text);
      line += is_text ? escape(text) : simdjson::minify(member.value);
    }
    return line + '}';
  });
}

Events WithBacktracking(std::size_t count) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < count; ++i) {
    lines.push_back(
        JsonLine::ProcessStart()
            .Add(kRegexField, std::string(60, 'a') + '!' + std::to_string(i))
            .Finish());
  }
  return Events::FromLines(lines);
}

}  // namespace

WorstCase LongValues(const Engine& engine, const Events& events,
                     std::size_t bytes) {
  return {WithValues(engine, events, std::size_t{1} << 20, bytes),
          WithValues(engine, events, std::size_t{4} << 10, kSmallBytes)};
}

WorstCase ManyFields(const Engine& engine, const Events& events,
                     std::size_t bytes) {
  return {WithFields(engine, events, 10'000, bytes),
          WithFields(engine, events, 500, kSmallBytes)};
}

WorstCase NearMatches(const Engine& engine, std::size_t bytes) {
  return {WithNearMatches(engine, bytes), WithNearMatches(engine, kSmallBytes)};
}

WorstCase UniqueValues(const Engine& engine, const Events& events,
                       std::size_t bytes) {
  return {WithUniqueValues(engine, events, bytes),
          WithUniqueValues(engine, events, kSmallBytes)};
}

WorstCase Escapes(const Events& events, std::size_t bytes) {
  return {WithEscapes(events, bytes), WithEscapes(events, kSmallBytes)};
}

WorstCase Backtracking(std::size_t count) {
  return {WithBacktracking(count), WithBacktracking(2)};
}

RuleSet WithBacktrackingRule(const RuleSet& rules) {
  std::vector<RuleStream> streams;
  for (const internal::RuleText& text : rules.texts()) {
    streams.push_back({text.label, text.yaml});
  }
  streams.push_back(
      {"backtracking",
       "title: Backtracking\nlogsource:\n  product: windows\ndetection:\n"
       "  words:\n    " +
           std::string(kRegexField) +
           "|re: '^(([a-z])+.)+[A-Z]([a-z])+$'\n  condition: words\n"});
  return RuleSet::FromStreams(streams, rules.options());
}

}  // namespace hypersigma::bench
