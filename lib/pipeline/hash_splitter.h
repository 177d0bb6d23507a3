// Splits items on hashes into one item for each algorithm.

#ifndef HYPERSIGMA_LIB_PIPELINE_HASH_SPLITTER_H_
#define HYPERSIGMA_LIB_PIPELINE_HASH_SPLITTER_H_

#include "lib/pipeline/pipeline_definition.h"
#include "lib/pipeline/rule_run.h"

namespace hypersigma::internal {

// Replaces an item on one of the fields of `split` whose values are all texts:
// `ALGORITHM=hash`, or a hash told by its length. Each algorithm's hashes
// become an item on its field, to be equal to the whole value; these items are
// linked as the values were. A value without a known algorithm is dropped, with
// a warning; an item without any refuses the rule.
void SplitHashItems(const SplitHashes& split, const PipelineItem& item,
                    RuleRun& run);

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_PIPELINE_HASH_SPLITTER_H_
