#include "tests/fuzz/batch_damage.h"

#include <array>
#include <cstdint>
#include <string>

namespace hypersigma::fuzz {
namespace {

using generator::Random;
using internal::ArrowColumnParts;
using internal::ArrowTable;

bool IsNulls(const ArrowColumnParts& column) { return column.format == "n"; }
bool IsList(const ArrowColumnParts& column) {
  return column.format.starts_with("+");
}
bool IsDictionary(const ArrowColumnParts& column) {
  return column.schema.dictionary != nullptr;
}
bool HasTextOffsets(const ArrowColumnParts& column) {
  return column.format == "u" || column.format == "U";
}

Outcome DamageLengths(ArrowColumnParts& column, Random& random) {
  ArrowArray& array = column.array;
  switch (random.Below(6)) {
    case 0:
      array.length = static_cast<std::int64_t>(
          random.Below(static_cast<std::size_t>(array.length)));
      break;
    case 1:
      array.length = -1 - static_cast<std::int64_t>(random.Below(9));
      break;
    case 2:
      array.offset = -1 - static_cast<std::int64_t>(random.Below(9));
      break;
    case 3:
      array.offset = std::int64_t{1} << (31 + random.Below(32));
      break;
    case 4:
      array.null_count = -2;
      break;
    default:
      array.null_count = array.length + 1;
      break;
  }
  return Outcome::kRefused;
}

Outcome DamageBuffers(ArrowColumnParts& column, Random& random) {
  // Arrays of nulls have none.
  if (IsNulls(column)) return DamageLengths(column, random);
  switch (random.Below(4)) {
    case 0:
      column.array.n_buffers = static_cast<std::int64_t>(random.Below(2));
      break;
    case 1:
      column.array.buffers = nullptr;
      break;
    case 2:
      column.buffer_pointers[1] = nullptr;
      break;
    default:
      column.buffer_pointers[0] = nullptr;
      column.array.null_count = 1;
      break;
  }
  return Outcome::kRefused;
}

Outcome DamageType(ArrowColumnParts& column, Random& random) {
  constexpr std::array<const char*, 7> kFormats = {
      nullptr, "", "z", "tdD", "+s", "d:10,2", "uu"};
  switch (random.Below(3)) {
    case 0:
      column.array.release = nullptr;
      return Outcome::kRefused;
    case 1:
      if (IsDictionary(column)) {
        column.array.dictionary = nullptr;
      } else {
        column.schema.dictionary = &column.schema;
      }
      return Outcome::kRefused;
    default:
      column.schema.format = random.Pick(kFormats);
      // Or it is left out.
      return Outcome::kEither;
  }
}

// Fewer children, or a shorter one.
Outcome DamageNested(ArrowColumnParts& column, Random& random) {
  if (IsDictionary(column)) {
    // Positions may still be in what is left.
    column.array.dictionary->length = static_cast<std::int64_t>(random.Below(
        static_cast<std::size_t>(column.array.dictionary->length + 1)));
    return Outcome::kEither;
  }
  if (!IsList(column)) return DamageBuffers(column, random);
  ArrowArray& child = *column.array.children[0];
  switch (random.Below(4)) {
    case 0:
      column.array.n_children = 0;
      return Outcome::kRefused;
    case 1:
      column.schema.n_children = 2;
      return Outcome::kRefused;
    case 2:
      column.child_arrays[0] = nullptr;
      return Outcome::kRefused;
    default:
      // Elements at the end may be of no list.
      child.null_count = -1;
      child.length = static_cast<std::int64_t>(
          random.Below(static_cast<std::size_t>(child.length + 1)));
      return Outcome::kEither;
  }
}

// Writes over positions, offsets, views, numbers or bits.
Outcome DamageBytes(ArrowColumnParts& column, Random& random) {
  if (IsNulls(column)) return DamageLengths(column, random);
  std::string& bytes = column.buffers[random.Chance(20) ? 0 : 1];
  std::size_t size = bytes.size();
  // The last offset alone says how long the buffer of texts is.
  if (&bytes == &column.buffers[1] && HasTextOffsets(column)) {
    size -= column.format == "U" ? 8 : 4;
  }
  for (std::size_t i = random.Between(1, 4); i > 0; --i) {
    bytes[random.Below(size)] = static_cast<char>(random.Next());
  }
  return Outcome::kEither;
}

Outcome DamageStruct(std::size_t column_count, ArrowTable& table,
                     Random& random) {
  ArrowSchema& schema = table.schema();
  ArrowArray& array = table.array();
  const std::size_t column = random.Below(column_count);
  switch (random.Below(9)) {
    case 0:
      ++schema.n_children;
      break;
    case 1:
      schema.n_children = array.n_children = -1;
      break;
    case 2:
      schema.format = random.Chance(50) ? nullptr : "+l";
      break;
    case 3:
      schema.children[column] = nullptr;
      break;
    case 4:
      array.children[column] = nullptr;
      break;
    case 5:
      array.n_buffers = 0;
      break;
    case 6:
      array.length += 1 + static_cast<std::int64_t>(random.Below(70'000));
      break;
    case 7:
      array.offset = -1;
      break;
    default:
      array.release = nullptr;
      break;
  }
  return Outcome::kRefused;
}

}  // namespace

Outcome DamageBatch(std::size_t column_count, ArrowTable& table,
                    Random& random) {
  ArrowColumnParts& column = table.column(random.Below(column_count));
  switch (random.Below(8)) {
    case 0:
      return DamageLengths(column, random);
    case 1:
      return DamageBuffers(column, random);
    case 2:
      return DamageType(column, random);
    case 3:
      return DamageNested(column, random);
    case 4:
      return DamageStruct(column_count, table, random);
    default:
      return DamageBytes(column, random);
  }
}

}  // namespace hypersigma::fuzz
