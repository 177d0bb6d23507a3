// Bytes of an event file, plain or compressed: lines come out whole and in
// order, whatever the sizes of the reads, and damage never passes for an end.
// Records that are no lines are the same for any sizes of reads, too, and are
// where they say.
//
// The first byte chooses the size of blocks and the longest line; the rest is
// the file.

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "lib/input/decompress.h"
#include "lib/input/line_reader.h"
#include "lib/input/record_reader.h"
#include "tests/fuzz/fuzz.h"

namespace hypersigma::fuzz {
namespace {

using internal::ByteReader;
using internal::LineReader;
using internal::RecordBlock;

// What compressed bytes may grow to before the target gives up.
constexpr std::size_t kMaxBytes = std::size_t{8} << 20;

// A file in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes)
      : descriptor_(memfd_create("input", MFD_CLOEXEC)) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    Require(written == static_cast<ssize_t>(bytes.size()), "a file is written");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }

  std::string path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
  }

 private:
  int descriptor_;
};

struct Content {
  std::string bytes;
  absl::Status status;
};

Content ReadBytes(const std::string& path, std::size_t piece) {
  Content content;
  auto reader = ByteReader::Open(path);
  content.status = reader.status();
  std::vector<char> buffer(piece);
  while (content.status.ok() && content.bytes.size() < kMaxBytes) {
    const auto count = reader->Read(buffer);
    content.status = count.status();
    if (!count.ok() || *count == 0) break;
    Require(*count <= piece, "no more than asked for");
    content.bytes.append(buffer.data(), *count);
  }
  return content;
}

struct Line {
  std::uint64_t number = 0;
  bool too_long = false;
  std::string text;

  friend bool operator==(const Line&, const Line&) = default;
};

std::vector<Line> SplitSimply(std::string_view text, std::size_t max_bytes) {
  std::vector<Line> lines;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::uint64_t number = 1; !text.empty(); ++number) {
    std::string_view line = TakeUntil("\n", text);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool too_long = line.size() > max_bytes;
    const bool is_blank =
        line.find_first_not_of(" \t\r") == std::string_view::npos;
    if (is_blank) continue;
    lines.push_back({number, too_long, std::string(too_long ? "" : line)});
  }
  return lines;
}

void CheckLines(const std::string& path, const Content& content,
                const internal::LineReaderOptions& options) {
  auto reader = LineReader::Open(path, options);
  if (!reader.ok()) {
    Require(!content.status.ok(), "both open the file");
    return;
  }
  std::vector<Line> lines;
  RecordBlock block;
  absl::StatusOr<bool> more = true;
  std::uint64_t bytes = 0;
  while (true) {
    more = reader->Next(block);
    if (!more.ok() || !*more) break;
    Require(block.first_index == lines.size(), "lines are counted");
    bytes += block.byte_count;
    for (const internal::Record& line : block.records) {
      const bool too_long =
          line.problem == internal::RecordProblem::kLineTooLong;
      lines.push_back({line.line, too_long, std::string(line.text)});
    }
  }
  Require(more.status().code() == content.status.code(), "both end alike");
  std::vector<Line> wanted = SplitSimply(content.bytes, options.max_line_bytes);
  if (!more.ok()) {
    // How much comes out before damage depends on the sizes of reads; the last
    // line may be cut.
    const std::size_t whole = std::min(wanted.size(), lines.size());
    wanted.resize(whole == 0 ? 0 : whole - 1);
    lines.resize(wanted.size());
    bytes = content.bytes.size();
  }
  Require(bytes == content.bytes.size(), "every byte is counted");
  Require(lines == wanted, "every line comes out");
}

struct Piece {
  std::uint64_t line = 0;
  std::uint64_t byte = 0;
  internal::RecordProblem problem{};
  std::string text;

  friend bool operator==(const Piece&, const Piece&) = default;
};

std::vector<Piece> ReadPieces(const std::string& path, std::size_t byte_count,
                              const internal::RecordReaderOptions& options) {
  auto reader = internal::RecordReader::Open(path, options);
  std::vector<Piece> pieces;
  RecordBlock block;
  std::uint64_t bytes = 0;
  Require(reader.ok(), "what was read can be read");
  while (true) {
    const auto more = reader->Next(block);
    Require(more.ok(), "what was read can be read");
    if (!*more) break;
    Require(block.first_index == pieces.size(), "records are counted");
    bytes += block.byte_count;
    for (const internal::Record& record : block.records) {
      pieces.push_back(
          {record.line, record.byte, record.problem, std::string(record.text)});
    }
  }
  Require(bytes == byte_count, "every byte is counted");
  return pieces;
}

// Every record is where it says.
void CheckPlaces(const std::vector<Piece>& pieces, std::string_view content) {
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  std::vector<std::size_t> lines = {0};
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (content[at] == '\n') lines.push_back(at + 1);
  }
  for (const Piece& piece : pieces) {
    Require(piece.line >= 1 && piece.line <= lines.size(), "a line is there");
    const std::size_t at = lines[piece.line - 1] + piece.byte - 1;
    Require(at <= content.size(), "and a byte in it");
    Require(content.substr(at).starts_with(piece.text), "and the record");
  }
}

void CheckRecords(const std::string& path, std::string_view content,
                  const internal::LineReaderOptions& lines) {
  for (const char* event_path : {"", "a", "a.b"}) {
    internal::RecordReaderOptions options;
    options.slicing.event_path = event_path;
    options.slicing.max_event_bytes = lines.max_line_bytes;
    CheckPlaces(ReadPieces(path, content.size(), options), content);
    options.format = RecordFormat::kJson;
    const std::vector<Piece> whole = ReadPieces(path, content.size(), options);
    CheckPlaces(whole, content);
    options.block_bytes = lines.block_bytes;
    Require(ReadPieces(path, content.size(), options) == whole,
            "records do not depend on the sizes of reads");
  }
}

std::string Gzip(std::string_view bytes) {
  z_stream stream{};
  Require(deflateInit2(&stream, 1, Z_DEFLATED, 16 + MAX_WBITS, 8,
                       Z_DEFAULT_STRATEGY) == Z_OK,
          "zlib begins");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib compresses");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(),
                                         bytes.size(), /*compressionLevel=*/1);
  Require(ZSTD_isError(size) == 0, "zstd compresses");
  out.resize(size);
  return out;
}

// Two units in a row are one text; a unit cut short is damage.
void CheckRoundTrip(std::string_view bytes, std::string packed,
                    const std::string& other, std::size_t piece) {
  {
    const MemoryFile file(packed + other);
    const Content content = ReadBytes(file.path(), piece);
    Require(content.status.ok(), "what was compressed is read");
    Require(content.bytes == std::string(bytes) + "tail", "and is the same");
  }
  packed.resize(packed.size() - 1 - bytes.size() % (packed.size() - 5));
  const MemoryFile file(packed);
  const Content content = ReadBytes(file.path(), piece);
  Require(!content.status.ok(), "what is cut short is damaged");
  Require(bytes.starts_with(content.bytes), "and good to there");
}

void Check(std::uint8_t choice, std::string_view bytes) {
  const internal::LineReaderOptions options{
      .max_line_bytes = std::uint64_t{1} << (choice % 16),
      .block_bytes = std::size_t{1} << (choice / 16)};
  const MemoryFile file(bytes);
  const Content content = ReadBytes(file.path(), options.block_bytes);
  if (content.bytes.size() >= kMaxBytes) return;
  const bool is_compressed =
      bytes.starts_with("\x1F\x8B") || bytes.starts_with("\x28\xB5\x2F\xFD");
  Require(is_compressed || content.bytes == bytes, "plain bytes stay");
  CheckLines(file.path(), content, options);
  if (content.status.ok()) {
    CheckRecords(file.path(), content.bytes, options);
  }
  CheckRoundTrip(bytes, Gzip(bytes), Gzip("tail"), options.block_bytes);
  CheckRoundTrip(bytes, Zstd(bytes), Zstd("tail"), options.block_bytes);
}

}  // namespace
}  // namespace hypersigma::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  if (size == 0) return 0;
  hypersigma::fuzz::Check(data[0],
                          hypersigma::fuzz::AsText(data + 1, size - 1));
  return 0;
}
