// The rules and events beside the checkout, where they are.

#ifndef HYPERSIGMA_TESTS_CORPUS_CORPUS_H_
#define HYPERSIGMA_TESTS_CORPUS_CORPUS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hypersigma {

bool HasCorpus();

// Returns the path of a part of the corpus.
std::string CorpusPath(std::string_view part);

std::string ReadFile(const std::string& path);

// Returns `count` events of otrf_dev40k, evenly sampled.
std::vector<std::string> SampledEvents(std::size_t count);

}  // namespace hypersigma

#endif  // HYPERSIGMA_TESTS_CORPUS_CORPUS_H_
