#include "lib/engine/value_cache.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "lib/base/hash.h"
#include "lib/base/round_up.h"

namespace hypersigma::internal {

namespace {

// A raw text is not what it stands for.
std::uint8_t KindOf(const EventValue& value) {
  return static_cast<std::uint8_t>(static_cast<int>(value.kind) << 1 |
                                   (value.is_raw ? 1 : 0));
}

// What is left of `bytes` once there is a table for it.
std::size_t EntryBytes(std::size_t bytes, std::size_t bytes_per_place) {
  const std::size_t most =
      bytes / (bytes_per_place + sizeof(std::uint64_t)) * bytes_per_place;
  return std::bit_floor(most);
}

}  // namespace

// The memory of entries is not written before it is needed.
ValueCache::ValueCache(std::size_t field_count, std::size_t bytes,
                       const Policy& policy)
    : policy_(policy), trials_(field_count) {
  const std::size_t entry_bytes = EntryBytes(bytes, policy.bytes_per_place);
  if (entry_bytes < kMinBytes) return;
  bytes_ = entry_bytes;
  entries_ = std::make_unique_for_overwrite<char[]>(bytes_);
  places_.resize(bytes_ / policy.bytes_per_place);
}

// From an entry's beginning.
std::size_t ValueCache::FactsBegin(std::size_t text_bytes) {
  return sizeof(Head) + RoundUp(text_bytes, alignof(std::uint32_t));
}

bool ValueCache::FindKey(FieldId field, const EventValue& value, Key& key) {
  if (!value.has_text() || value.text.size() > policy_.max_text_bytes ||
      bytes_ == 0) {
    return false;
  }
  const auto position = static_cast<std::uint32_t>(field);
  Trial& trial = trials_[position];
  if (trial.resting > 0) {
    --trial.resting;
    return false;
  }
  if (++trial.looked_up == policy_.trial) {
    const bool pays = trial.hits >= policy_.trial / 4;
    trial = {.resting = pays ? 0 : policy_.rest};
  }
  // Member by member: a copy of the whole would wait for its parts.
  key.text = value.text;
  key.hash = HashBytes(value.text, position);
  key.field = position;
  key.kind = KindOf(value);
  return true;
}

void ValueCache::Prefetch(const Key& key) {
  __builtin_prefetch(EntryAt(places_[PlaceOf(key)]));
}

// Returns nullptr when there is none.
char* ValueCache::FindEntry(const Key& key, Head& head) const {
  const std::uint64_t position = places_[PlaceOf(key)];
  // What was written over is never looked at: it may be a text that looks like
  // an entry.
  if (position == 0 || position + bytes_ < end_) return nullptr;
  char* const entry = EntryAt(position);
  std::memcpy(&head, entry, sizeof(head));
  if (head.hash != key.hash || head.field != key.field ||
      head.kind != key.kind || head.text_bytes != key.text.size() ||
      std::memcmp(entry + sizeof(head), key.text.data(), key.text.size()) !=
          0) {
    return nullptr;
  }
  return entry;
}

std::optional<std::span<const std::uint32_t>> ValueCache::Find(const Key& key) {
  Head head;
  const char* const entry = FindEntry(key, head);
  if (entry == nullptr) return std::nullopt;
  ++trials_[key.field].hits;
  return std::span(reinterpret_cast<const std::uint32_t*>(
                       entry + FactsBegin(head.text_bytes)),
                   head.fact_count);
}

void ValueCache::Learn(const Key& key, ValueFact fact) {
  Head head;
  char* const entry = FindEntry(key, head);
  if (entry == nullptr) return;
  const std::span<std::uint32_t> known(
      reinterpret_cast<std::uint32_t*>(entry + FactsBegin(head.text_bytes)),
      head.fact_count);
  for (std::uint32_t& bits : known) {
    if (ValueFact(bits).predicate() != fact.predicate()) continue;
    bits = fact.bits();
    return;
  }
  if (known.size() == kMaxFacts) return;
  // The entry may be written over by the one that is to take its place.
  std::array<std::uint32_t, kMaxFacts> facts;
  std::copy(known.begin(), known.end(), facts.begin());
  facts[known.size()] = fact.bits();
  Store(key, std::span(facts).first(known.size() + 1));
}

void ValueCache::Store(const Key& key, std::span<const std::uint32_t> facts) {
  const std::size_t facts_begin = FactsBegin(key.text.size());
  const std::size_t size =
      RoundUp(facts_begin + facts.size_bytes(), sizeof(Head));
  if (facts.size() > kMaxFacts || size > bytes_) return;
  // Entries do not go round the end.
  const std::size_t left = bytes_ - (end_ & (bytes_ - 1));
  if (size > left) end_ += left;
  const std::uint64_t position = end_;
  end_ += size;
  char* const entry = EntryAt(position);
  const Head head{key.hash, key.field,
                  static_cast<std::uint16_t>(key.text.size()), key.kind,
                  static_cast<std::uint8_t>(facts.size())};
  std::memcpy(entry, &head, sizeof(head));
  if (!key.text.empty()) {
    std::memcpy(entry + sizeof(head), key.text.data(), key.text.size());
  }
  if (!facts.empty()) {
    std::memcpy(entry + facts_begin, facts.data(), facts.size_bytes());
  }
  places_[PlaceOf(key)] = position;
}

}  // namespace hypersigma::internal
