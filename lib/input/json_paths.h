// What the fields of rules and the layouts of events look for in JSON text.

#ifndef HYPERSIGMA_LIB_INPUT_JSON_PATHS_H_
#define HYPERSIGMA_LIB_INPUT_JSON_PATHS_H_

#include <cstddef>
#include <optional>
#include <span>

#include "lib/base/field_table.h"
#include "lib/input/field_paths.h"
#include "lib/input/layout.h"
#include "lib/input/layout_paths.h"

namespace hypersigma::internal {

// Made once, and shared by the readers of all threads: most of what it takes
// to make a reader. Immutable; borrows nothing.
struct JsonPaths {
  // Events have the first of `event_layouts` that they have all markers of, or
  // all have the one at the position `forced_layout`. Cost: linear in the
  // lengths of names and places, and a few bytes for each field and layout.
  JsonPaths(const FieldTable& fields,
            std::span<const EventLayout> event_layouts,
            std::optional<std::size_t> forced_layout = std::nullopt)
      : field_count(fields.size()),
        paths(fields),
        layouts(event_layouts, forced_layout, fields, paths) {}
  JsonPaths(const JsonPaths&) = delete;
  JsonPaths& operator=(const JsonPaths&) = delete;

  std::size_t field_count;
  FieldPaths paths;
  LayoutPaths layouts;
};

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_INPUT_JSON_PATHS_H_
