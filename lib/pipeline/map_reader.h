// Reads the members of a YAML map that a pipeline's file has, and reports what
// is missing, misspelt or of another type.

#ifndef HYPERSIGMA_LIB_PIPELINE_MAP_READER_H_
#define HYPERSIGMA_LIB_PIPELINE_MAP_READER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lib/base/regex.h"
#include "lib/pipeline/scalar.h"
#include "lib/rule/reporter.h"
#include "lib/rule/yaml.h"

namespace hypersigma::internal {

// Borrows everything. Each member is asked for by its key; Finish() reports
// those that nobody asked for.
class MapReader {
 public:
  // `what` names the map in diagnostics, e.g. "transformation 'set_state'".
  // REQUIRES: `map` is a map.
  MapReader(const YamlNode& map, std::string what, Reporter& reporter)
      : map_(map), what_(std::move(what)), reporter_(reporter) {}

  MapReader(const MapReader&) = delete;
  MapReader& operator=(const MapReader&) = delete;

  // Returns the member, or null.
  const YamlNode* Find(std::string_view key);
  // The same; reports that it is missing.
  const YamlNode* Require(std::string_view key);

  // Return a member as a text (numbers and booleans are their text), a list of
  // texts (one text is a list of one) and a truth value. Empty after an error.
  std::string Text(std::string_view key);
  std::string RequiredText(std::string_view key);
  std::vector<std::string> Texts(std::string_view key);
  std::vector<std::string> RequiredTexts(std::string_view key);
  bool Flag(std::string_view key);
  Scalar RequiredScalar(std::string_view key);
  // Returns the position of the member among `names`, or `otherwise` when it is
  // not there or none of them.
  std::size_t Choice(std::string_view key,
                     std::span<const std::string_view> names,
                     std::size_t otherwise);
  // Returns the member as a compiled regular expression; null after an error.
  std::shared_ptr<const Regex> RequiredRegex(std::string_view key,
                                             RegexFlags flags = {});

  // Reports the members that are none of those asked for.
  void Finish();

  const YamlNode& map() const { return map_; }
  const std::string& what() const { return what_; }
  Reporter& reporter() { return reporter_; }

 private:
  // "'key' of transformation 'x'".
  std::string Member(std::string_view key) const;
  std::vector<std::string> TextsOf(std::string_view key, const YamlNode& node);

  const YamlNode& map_;
  const std::string what_;
  Reporter& reporter_;
  std::vector<std::string_view> asked_;
};

// Returns the texts of a scalar or of a list of scalars; reports nulls, lists
// and maps among them as `what`.
std::vector<std::string> TextsOf(const YamlNode& node, const std::string& what,
                                 Reporter& reporter);

// Compiles the text of `node` in the dialect of Python, as far as it is that of
// PCRE2; null, and an error, when it is none.
std::shared_ptr<const Regex> CompileRegex(const YamlNode& node,
                                          RegexFlags flags, Reporter& reporter);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_MAP_READER_H_
