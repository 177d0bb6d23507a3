#include "tests/corpus/references.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "lib/base/source.h"
#include "lib/reference/loader.h"
#include "lib/rule/yaml.h"
#include "tests/corpus/corpus.h"

namespace hypersigma {

std::vector<reference::ReferenceRule> References(const RuleSet& rules) {
  std::vector<reference::ReferenceRule> references;
  for (const Document& document : rules.report().documents) {
    if (document.status == DocumentStatus::kRefused) continue;
    const std::string yaml = ReadFile(document.file);
    const internal::Source source(document.file, yaml);
    const auto documents = internal::ParseYaml(source);
    auto rule = reference::MakeReferenceRule(documents[document.index].root);
    EXPECT_TRUE(rule.ok()) << document.file << ": " << rule.status();
    references.push_back(rule.ok() ? *std::move(rule)
                                   : reference::ReferenceRule());
  }
  return references;
}

}  // namespace hypersigma
