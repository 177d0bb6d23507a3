// A description of the source, texts by their sums, and a sum of that.

#include "lib/cache/source_hash.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lib/base/checksum.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_rules.h"

namespace hypersigma::internal {
namespace {

// Two sums of one text that have nothing to do with each other.
constexpr std::uint64_t kSeeds[] = {1, 0x9e3779b97f4a7c15u};

// Each part with its length, so that no two descriptions run together.
class Description {
 public:
  void Add(std::uint64_t number) {
    text_ += std::to_string(number);
    text_ += ' ';
  }
  void Add(std::string_view text) {
    Add(std::uint64_t{text.size()});
    text_ += text;
  }
  void AddSum(std::string_view text) {
    Add(std::uint64_t{text.size()});
    for (const std::uint64_t seed : kSeeds) Add(Checksum(text, seed));
  }

  std::string Hash() const {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string hash;
    for (const std::uint64_t seed : kSeeds) {
      const std::uint64_t sum = Checksum(text_, seed);
      for (int shift = 60; shift >= 0; shift -= 4) {
        hash += kDigits[(sum >> shift) & 15];
      }
    }
    return hash;
  }

 private:
  std::string text_;
};

void Add(const RuleSetOptions& options, Description& description) {
  description.Add(std::uint64_t{options.strict});
  description.Add(std::uint64_t{options.max_rules});
  description.Add(std::uint64_t{options.placeholders.size()});
  for (const auto& [name, values] : options.placeholders) {
    description.Add(name);
    description.Add(std::uint64_t{values.size()});
    for (const std::string& value : values) description.Add(value);
  }
}

}  // namespace

absl::StatusOr<std::string> HashOf(std::span<const RuleFileText> files,
                                   const EngineSource& source) {
  Description description;
  description.Add(std::uint64_t{files.size()});
  for (const RuleFileText& file : files) {
    description.Add(file.path);
    description.Add(std::uint64_t{file.yaml.ok()});
    if (file.yaml.ok()) {
      description.AddSum(*file.yaml);
    } else {
      const absl::string_view reason = file.yaml.status().message();
      description.Add(std::string_view(reason.data(), reason.size()));
    }
  }
  Add(source.rule_options, description);
  description.Add(std::uint64_t{source.pipelines.size()});
  for (const Pipeline& pipeline : source.pipelines) {
    description.Add(pipeline.label());
    description.AddSum(pipeline.text());
  }
  const EngineOptions& options = source.engine_options;
  description.Add(std::uint64_t{options.max_field_patterns});
  description.Add(options.log_source_field);
  description.AddSum(options.profile.ToNdjson());
  FileRules taxonomy;
  taxonomy.taxonomy = options.taxonomy.data();
  HS_ASSIGN_OR_RETURN(const std::string bytes, WriteRules(taxonomy));
  description.AddSum(bytes);
  return description.Hash();
}

}  // namespace hypersigma::internal
