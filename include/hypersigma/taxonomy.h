// What events are called: which log sources an event belongs to, and where a
// rule's fields are in it.
//
// A rule says `category: process_creation` and `Image`; an event says Channel
// `Security`, EventID 4688 and `NewProcessName`. The taxonomy is the bridge, as
// data: one is built into the library, another may extend or replace it. It is
// given to Engine::Build(); which rules an event is then tested against is said
// by ScannerOptions::routing. docs/log_sources.md describes the file.

#ifndef HYPERSIGMA_TAXONOMY_H_
#define HYPERSIGMA_TAXONOMY_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/attributes.h"
#include "absl/status/statusor.h"
#include "hypersigma/export.h"

namespace hypersigma {

namespace internal {
struct TaxonomyData;
class TaxonomyParts;
}  // namespace internal

// Where events come from; empty attributes say nothing. Source: Sigma rules
// specification, "Log source".
struct LogSource {
  std::string product;
  std::string category;
  std::string service;

  friend bool operator==(const LogSource&, const LogSource&) = default;
};

// Returns the log source that `text` states, as
// "product=windows,category=process_creation". Errors: kInvalidArgument for
// other keys, no key, or a key without value.
HYPERSIGMA_EXPORT absl::StatusOr<LogSource> ParseLogSource(
    std::string_view text);

// Layouts of events, names of fields, and the log source map.
//
// An immutable value: copies are cheap and any thread may read one.
class HYPERSIGMA_EXPORT Taxonomy {
 public:
  // The one that is built in, data/logsources.yml.
  Taxonomy();
  Taxonomy(const Taxonomy&);
  Taxonomy& operator=(const Taxonomy&);
  Taxonomy(Taxonomy&&) noexcept;
  Taxonomy& operator=(Taxonomy&&) noexcept;
  ~Taxonomy();

  // Knows nothing: every event is flat and unclassified.
  static Taxonomy Empty();

  // Returns this taxonomy with what `yaml` says: layouts, log sources and
  // fields of a name that is already there are replaced, others are added,
  // layouts and fields in front. `label` stands for the file in messages. All
  // or nothing. Errors: kInvalidArgument with all problems, one a line,
  // "file:line:column: what is wrong".
  absl::StatusOr<Taxonomy> Extend(std::string_view yaml,
                                  std::string_view label = "<yaml>") const;

  // The same with the content of a file. Errors: also kNotFound and
  // kPermissionDenied.
  absl::StatusOr<Taxonomy> ExtendFromFile(const std::string& path) const;

  // Names of the layouts, best first. Borrows from the taxonomy.
  std::vector<std::string_view> layout_names() const
      ABSL_ATTRIBUTE_LIFETIME_BOUND;

  // For the layers above; not part of the contract.
  const internal::TaxonomyData& data() const ABSL_ATTRIBUTE_LIFETIME_BOUND;

 private:
  friend class internal::TaxonomyParts;
  explicit Taxonomy(std::shared_ptr<const internal::TaxonomyData> data);

  std::shared_ptr<const internal::TaxonomyData> data_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_TAXONOMY_H_
