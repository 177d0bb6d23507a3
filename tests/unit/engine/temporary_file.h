// A file of one test.

#ifndef HYPERSIGMA_TESTS_UNIT_ENGINE_TEMPORARY_FILE_H_
#define HYPERSIGMA_TESTS_UNIT_ENGINE_TEMPORARY_FILE_H_

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace hypersigma {

// Removed when the object is.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content,
                         std::string_view name = "events")
      : path_(::testing::TempDir() + "file_scanner_test_" +
              std::to_string(getpid()) + std::string(name)) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace hypersigma

#endif  // HYPERSIGMA_TESTS_UNIT_ENGINE_TEMPORARY_FILE_H_
