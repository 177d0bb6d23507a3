#include "lib/input/decompress.h"

#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hypersigma::internal {
namespace {

using ::testing::HasSubstr;

// A file of this test, removed at its end.
class TemporaryFile {
 public:
  TemporaryFile(std::string_view name, std::string_view content)
      : path_(::testing::TempDir() + "decompress_test_" + std::string(name)) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string Gzip(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8,
                         Z_DEFAULT_STRATEGY),
            Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(
      ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// Text that does not compress to nothing.
std::string Text(std::size_t size) {
  std::string text;
  for (std::uint64_t i = 1; text.size() < size; i = i * 48271 % 0x7FFFFFFF) {
    text += std::to_string(i) + '\n';
  }
  text.resize(size);
  return text;
}

struct Outcome {
  std::string bytes;
  absl::Status status;
};

Outcome ReadAll(const std::string& path, std::size_t step = 100'000) {
  Outcome outcome;
  absl::StatusOr<ByteReader> reader = ByteReader::Open(path);
  if (!reader.ok()) return {"", reader.status()};
  std::string buffer(step, '\0');
  while (true) {
    const absl::StatusOr<std::size_t> count = reader->Read(buffer);
    if (!count.ok()) {
      EXPECT_EQ(reader->Read(buffer).status(), count.status());
      outcome.status = count.status();
      return outcome;
    }
    if (*count == 0) return outcome;
    outcome.bytes.append(buffer, 0, *count);
  }
}

TEST(ByteReader, ReadsPlainFiles) {
  for (const std::size_t size : {0u, 1u, 3u, 5u, 300'000u, 3'000'000u}) {
    const TemporaryFile file("plain", Text(size));
    const Outcome outcome = ReadAll(file.path());
    EXPECT_TRUE(outcome.status.ok());
    EXPECT_EQ(outcome.bytes, Text(size));
  }
}

TEST(ByteReader, KnowsCompressionByTheFirstBytes) {
  const std::string text = Text(3'000'000);
  const TemporaryFile gzip("a", Gzip(text));
  const TemporaryFile zstd("b", Zstd(text));
  for (const std::size_t step : {1'000u, 100'000u, 10'000'000u}) {
    for (const TemporaryFile* file : {&gzip, &zstd}) {
      const Outcome outcome = ReadAll(file->path(), step);
      EXPECT_TRUE(outcome.status.ok()) << outcome.status;
      EXPECT_TRUE(outcome.bytes == text);
    }
  }
}

TEST(ByteReader, JoinsMembersAndFrames) {
  const std::string one = Text(200'000);
  const TemporaryFile gzip("a.gz", Gzip(one) + Gzip("") + Gzip("two"));
  EXPECT_TRUE(ReadAll(gzip.path()).bytes == one + "two");
  EXPECT_TRUE(ReadAll(gzip.path()).status.ok());
  const TemporaryFile zstd("a.zst", Zstd(one) + Zstd("") + Zstd("two"));
  EXPECT_TRUE(ReadAll(zstd.path()).bytes == one + "two");
  EXPECT_TRUE(ReadAll(zstd.path()).status.ok());
}

TEST(ByteReader, GivesWhatPrecedesATruncation) {
  const std::string text = Text(3'000'000);
  for (const std::string& whole : {Gzip(text), Zstd(text)}) {
    const TemporaryFile file("cut", whole.substr(0, whole.size() / 2));
    const Outcome outcome = ReadAll(file.path());
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(outcome.status.message(), "the compressed data ends early");
    EXPECT_GT(outcome.bytes.size(), text.size() / 3);
    EXPECT_TRUE(text.starts_with(outcome.bytes));
  }
}

TEST(ByteReader, GivesWhatPrecedesADamage) {
  const std::string text = Text(3'000'000);
  for (std::string whole : {Gzip(text) + Gzip("x"), Zstd(text) + Zstd("x")}) {
    const std::size_t damage = whole.size() * 3 / 4;
    for (std::size_t i = 0; i < 64; ++i) whole[damage + i] ^= 0x55;
    const TemporaryFile file("damaged", whole);
    const Outcome outcome = ReadAll(file.path());
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_GT(outcome.bytes.size(), text.size() / 3);
  }
}

TEST(ByteReader, ReportsGarbageAfterTheLastMember) {
  for (const std::string& content : {Gzip("good"), Zstd("good")}) {
    const TemporaryFile file("tail", content + "garbage");
    const Outcome outcome = ReadAll(file.path());
    EXPECT_EQ(outcome.bytes, "good");
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kDataLoss);
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("damaged"));
  }
}

TEST(ByteReader, TakesTheNameForAPromise) {
  for (const char* name : {"empty.gz", "empty.zst"}) {
    const TemporaryFile file(name, "");
    EXPECT_EQ(ReadAll(file.path()).status.message(),
              "the compressed data ends early");
  }
  for (const char* name : {"plain.gz", "plain.zst"}) {
    const TemporaryFile file(name, "{\"a\":1}\n");
    EXPECT_EQ(ReadAll(file.path()).status.code(), absl::StatusCode::kDataLoss);
  }
}

TEST(ByteReader, RefusesHugeWindows) {
  // A frame header with a window of 2 GiB.
  const TemporaryFile file(
      "window",
      std::string("\x28\xB5\x2F\xFD\x00\xA8\x01", 7) + std::string(100, '\0'));
  EXPECT_EQ(ReadAll(file.path()).status.code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ByteReader, SaysWhyAFileCannotBeOpened) {
  EXPECT_EQ(ByteReader::Open("/no/such/file").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ByteReader::Open(::testing::TempDir()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ByteReader, DoesNotFollowCompressedData) {
  const TemporaryFile file("followed.gz", Gzip("abc"));
  const auto reader = ByteReader::Open(file.path(), {.follow = true});
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(reader.status().message()),
              HasSubstr("compressed data cannot be followed"));
}

}  // namespace
}  // namespace hypersigma::internal
