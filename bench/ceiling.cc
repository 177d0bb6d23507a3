// The speed that no JSON scanner on simdjson can exceed: walks every line of an
// NDJSON file and touches each top-level key and value token; looks nothing up
// and unescapes nothing. Free of engine code. Usage: ceiling FILE [PASSES]

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "bench/ceiling_walk.h"

int main(int argc, char** argv) {
  simdjson::padded_string file;
  if (argc < 2 || simdjson::padded_string::load(argv[1]).get(file)) return 2;
  const std::vector<std::string_view> lines = SplitLines(file);
  simdjson::ondemand::parser parser;
  std::uint64_t sum = 0;
  std::vector<double> seconds;
  for (int left = argc > 2 ? std::atoi(argv[2]) : 11; left > 0; --left) {
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string_view line : lines) sum += WalkLine(parser, line);
    const std::chrono::duration<double> took =
        std::chrono::steady_clock::now() - begin;
    seconds.push_back(took.count());
  }
  std::sort(seconds.begin(), seconds.end());
  for (const double s : {seconds.front(), seconds[seconds.size() / 2]}) {
    std::printf("%s %.0f events/s %.0f MB/s\n",
                s == seconds.front() ? "best" : "median", lines.size() / s,
                file.size() / s / 1e6);
  }
  return sum == 0;
}
