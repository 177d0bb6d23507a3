// Rule files.

#include "lib/rule/rule_files.h"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "lib/base/limits.h"
#include "lib/base/work_list.h"
#include "lib/rule/wording.h"

namespace hypersigma::internal {
namespace {

namespace fs = std::filesystem;

absl::Status MakeStatus(const std::error_code& error) {
  const std::string message = error.message();
  if (error == std::errc::no_such_file_or_directory) {
    return absl::NotFoundError(message);
  }
  if (error == std::errc::permission_denied) {
    return absl::PermissionDeniedError(message);
  }
  return absl::InternalError(message);
}

bool IsRuleFileName(const fs::path& path) {
  const fs::path extension = path.extension();
  return extension == ".yml" || extension == ".yaml";
}

// Lists folders, the smallest path first, so that of two ways to one folder the
// same is taken each time.
class FolderWalk {
 public:
  std::vector<RuleFile> Run(const fs::path& root) {
    pending_.insert(root);
    while (!pending_.empty()) {
      const fs::path folder = *pending_.begin();
      pending_.erase(pending_.begin());
      std::error_code error;
      const fs::path real = fs::canonical(folder, error);
      if (!error && !seen_.insert(real).second) continue;
      if (!error) List(folder, error);
      if (error) files_.push_back({folder.string(), MakeStatus(error)});
    }
    std::sort(
        files_.begin(), files_.end(),
        [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
    return std::move(files_);
  }

 private:
  void List(const fs::path& folder, std::error_code& error) {
    fs::directory_iterator entry(folder, error);
    while (!error && entry != fs::directory_iterator()) {
      Visit(entry->path());
      entry.increment(error);
    }
  }

  void Visit(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::is_directory(status)) {
      pending_.insert(path);
    } else if (IsRuleFileName(path)) {
      RuleFile file{path.string(), absl::OkStatus()};
      if (status.type() == fs::file_type::not_found) {
        file.status = absl::NotFoundError("broken link");
      } else if (!fs::is_regular_file(status)) {
        file.status = error ? MakeStatus(error)
                            : absl::FailedPreconditionError("not a file");
      }
      files_.push_back(std::move(file));
    }
  }

  std::set<fs::path> pending_;
  std::set<fs::path> seen_;
  std::vector<RuleFile> files_;
};

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

absl::Status LastError() {
  return MakeStatus(std::error_code(errno, std::generic_category()));
}

}  // namespace

absl::StatusOr<std::vector<RuleFile>> FindRuleFiles(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return absl::NotFoundError(Concat({path, ": no such file or folder"}));
  }
  if (fs::is_directory(status)) return FolderWalk().Run(path);
  std::vector<RuleFile> files;
  files.push_back({path, error ? MakeStatus(error) : absl::OkStatus()});
  return files;
}

absl::StatusOr<std::string> ReadRuleFile(const std::string& path) {
  const std::unique_ptr<std::FILE, FileCloser> file(
      std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return LastError();
  std::string content;
  std::size_t size = 0;
  do {
    size = content.size();
    content.resize(size + (std::size_t{64} << 10));
    content.resize(size + std::fread(content.data() + size, 1,
                                     content.size() - size, file.get()));
    if (content.size() > kMaxYamlBytes) {
      return absl::ResourceExhaustedError(
          Concat({"file is too large, expected at most ",
                  std::to_string(kMaxYamlBytes), " bytes"}));
    }
  } while (content.size() > size);
  if (std::ferror(file.get()) != 0) return LastError();
  // All files of a rule set may be held at once.
  content.shrink_to_fit();
  return content;
}

std::vector<RuleFileText> ReadRuleFiles(std::vector<RuleFile> files,
                                        int thread_count) {
  // What is read at once: many small files, so that threads seldom meet.
  constexpr std::size_t kFilesAtOnce = 64;
  std::vector<RuleFileText> texts;
  texts.reserve(files.size());
  for (RuleFile& file : files) {
    RuleFileText& text =
        texts.emplace_back(RuleFileText{std::move(file.path), std::string()});
    if (!file.status.ok()) text.yaml = std::move(file.status);
  }
  WorkList work;
  for (std::size_t begin = 0; begin < texts.size(); begin += kFilesAtOnce) {
    const std::size_t end = std::min(begin + kFilesAtOnce, texts.size());
    work.Add(1, [&texts, begin, end] {
      for (std::size_t i = begin; i < end; ++i) {
        if (texts[i].yaml.ok()) texts[i].yaml = ReadRuleFile(texts[i].path);
      }
      return absl::OkStatus();
    });
  }
  static_cast<void>(work.Run(ThreadCount(thread_count)));
  return texts;
}

}  // namespace hypersigma::internal
