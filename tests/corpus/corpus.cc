#include "tests/corpus/corpus.h"

#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "gtest/gtest.h"

namespace hypersigma {
namespace {

std::string Decompress(const std::string& compressed) {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  std::string text;
  std::vector<char> block(ZSTD_DStreamOutSize());
  ZSTD_inBuffer in{compressed.data(), compressed.size(), 0};
  while (in.pos < in.size) {
    ZSTD_outBuffer out{block.data(), block.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context, &out, &in);
    EXPECT_EQ(ZSTD_isError(result), 0u) << ZSTD_getErrorName(result);
    if (ZSTD_isError(result) != 0) break;
    text.append(block.data(), out.pos);
  }
  ZSTD_freeDCtx(context);
  return text;
}

}  // namespace

bool HasCorpus() { return std::filesystem::exists(CorpusPath("")); }

std::string CorpusPath(std::string_view part) {
  return std::string(HYPERSIGMA_SOURCE_DIR "/../shared/corpus/") +
         std::string(part);
}

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> SampledEvents(std::size_t count) {
  const std::string text =
      Decompress(ReadFile(CorpusPath("otrf_dev40k.ndjson.zst")));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    if (end > begin) lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<std::string> sample;
  for (std::size_t i = 0; i < count && !lines.empty(); ++i) {
    sample.push_back(lines[i * lines.size() / count]);
  }
  return sample;
}

}  // namespace hypersigma
