#include "bench/support/event_texts.h"

#include <algorithm>
#include <set>

#include "bench/support/or_die.h"
#include "bench/support/parsed_events.h"
#include "hypersigma/event.h"
#include "lib/compile/plan.h"
#include "lib/engine/engine_state.h"

namespace hypersigma::bench {
namespace {

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c <= '~'; });
}

std::vector<std::string> LiteralsOf(const internal::FieldPlan& plan) {
  constexpr std::size_t kLeastBytes = 4;
  std::vector<std::string> literals;
  for (const internal::Pattern& pattern : plan.patterns) {
    if (pattern.literal.size() < kLeastBytes) continue;
    if (IsPrintable(pattern.literal)) literals.push_back(pattern.literal);
  }
  return literals;
}

}  // namespace

EventTexts::EventTexts(const Engine& engine, const Events& events,
                       std::size_t least_bytes) {
  const ParsedEvents parsed(engine, events);
  std::set<std::string_view> known;
  for (const Event event : parsed.all()) {
    for (const FieldValue& pair : event) {
      if (pair.field == kUnnamedField ||
          pair.value.kind != ValueKind::kString ||
          !known.insert(pair.value.text).second) {
        continue;
      }
      for (const char c : pair.value.text) {
        if (static_cast<unsigned char>(c) < 0x80) text_ += c;
      }
      text_ += ' ';
    }
    if (text_.size() >= least_bytes) return;
  }
  if (text_.empty()) Die("the events have no text that rules look at");
  const std::string once = text_;
  while (text_.size() < least_bytes) text_ += once;
}

std::string_view EventTexts::Next(std::size_t size) {
  if (at_ + size > text_.size()) at_ = 0;
  if (size > text_.size()) Die("there is too little text in the events");
  at_ += size;
  return std::string_view(text_).substr(at_ - size, size);
}

FieldLiterals LiteralsOfLargestField(const Engine& engine) {
  const internal::Plan& plan = engine.state().plan();
  FieldLiterals largest;
  for (std::size_t i = 0; i < plan.field_plans.size(); ++i) {
    std::vector<std::string> literals = LiteralsOf(plan.field_plans[i]);
    if (literals.size() <= largest.literals.size()) continue;
    largest = {plan.fields.names()[i], std::move(literals)};
  }
  if (largest.literals.empty()) Die("the rules look for no literal");
  return largest;
}

std::vector<std::string> LiteralsOfAllFields(const Engine& engine) {
  std::set<std::string> all;
  for (const internal::FieldPlan& plan : engine.state().plan().field_plans) {
    for (std::string& literal : LiteralsOf(plan)) {
      all.insert(std::move(literal));
    }
  }
  if (all.empty()) Die("the rules look for no literal");
  return {all.begin(), all.end()};
}

}  // namespace hypersigma::bench
