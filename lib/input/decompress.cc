#include "lib/input/decompress.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "lib/base/limits.h"
#include "lib/base/status_macros.h"

namespace hypersigma::internal {
namespace {

constexpr std::size_t kSourceBytes = std::size_t{128} << 10;
// At most this much comes out of one call of a library.
constexpr std::size_t kPieceBytes = std::size_t{128} << 10;
// How often a wait for input looks for a request to stop.
constexpr int kStopMilliseconds = 100;

absl::Status SystemError(int error, std::string_view what) {
  return absl::UnavailableError(absl::StrCat(
      absl::string_view(what.data(), what.size()), ": ", std::strerror(error)));
}

absl::Status OpenError(int error) {
  const char* const text = std::strerror(error);
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(text);
  if (error == EACCES || error == EPERM) {
    return absl::PermissionDeniedError(text);
  }
  return SystemError(error, "cannot open");
}

}  // namespace

// A file descriptor with a buffer: bytes as they are stored.
class ByteReader::Source {
 public:
  Source(int descriptor, bool owned, std::stop_token stop)
      : descriptor_(descriptor),
        owned_(owned),
        stop_(std::move(stop)),
        buffer_(kSourceBytes) {}
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() {
    if (owned_) close(descriptor_);
  }

  // What has been read and not been taken.
  std::string_view ready() const {
    return {buffer_.data() + begin_, end_ - begin_};
  }
  void Take(std::size_t count) { begin_ += count; }

  // Reads until `count` bytes are ready or the source ends. REQUIRES: count is
  // far below the buffer's size.
  absl::Status Fill(std::size_t count) {
    while (end_ - begin_ < count && !at_end_) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= std::exchange(begin_, 0);
      HS_ASSIGN_OR_RETURN(const std::size_t read,
                          ReadInto(std::span(buffer_).subspan(end_)));
      end_ += read;
    }
    return absl::OkStatus();
  }

  // One read of the system; 0 at the end.
  absl::StatusOr<std::size_t> ReadInto(std::span<char> out) {
    while (true) {
      if (stop_.stop_possible()) HS_RETURN_IF_ERROR(WaitForInput());
      const ssize_t count = read(descriptor_, out.data(), out.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return SystemError(errno, "cannot read");
      at_end_ = count == 0;
      return static_cast<std::size_t>(count);
    }
  }

 private:
  // Returns when a read would not block. A file is always ready.
  absl::Status WaitForInput() {
    while (!stop_.stop_requested()) {
      pollfd descriptor{descriptor_, POLLIN, 0};
      const int count = poll(&descriptor, 1, kStopMilliseconds);
      if (count > 0) return absl::OkStatus();
      if (count < 0 && errno != EINTR) return SystemError(errno, "cannot wait");
    }
    return absl::CancelledError("stopped");
  }

  int descriptor_;
  bool owned_;
  std::stop_token stop_;
  bool at_end_ = false;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::vector<char> buffer_;
};

// Turns stored bytes into plain ones.
class ByteReader::Decoder {
 public:
  // What a step gave; both at once when an error follows good bytes. Neither at
  // the end of the stream.
  struct Step {
    std::size_t byte_count = 0;
    absl::Status status;
  };

  virtual ~Decoder() = default;
  virtual Step Decode(Source& source, std::span<char> out) = 0;
};

class ByteReader::Plain final : public Decoder {
 public:
  Step Decode(Source& source, std::span<char> out) override {
    const std::string_view ready = source.ready();
    if (ready.empty()) {
      const absl::StatusOr<std::size_t> count = source.ReadInto(out);
      if (!count.ok()) return {0, count.status()};
      return {*count, absl::OkStatus()};
    }
    const std::size_t count = std::min(ready.size(), out.size());
    std::memcpy(out.data(), ready.data(), count);
    source.Take(count);
    return {count, absl::OkStatus()};
  }
};

// Gzip and Zstandard: streams of units (members, frames), each with an end of
// its own.
class ByteReader::Compressed : public Decoder {
 public:
  Step Decode(Source& source, std::span<char> out) final {
    Step step;
    while (step.byte_count < out.size() && step.status.ok()) {
      // Waits for the system only if it has nothing to give.
      if (step.byte_count > 0 && source.ready().empty()) break;
      step.status = source.Fill(1);
      if (!step.status.ok()) break;
      const bool at_end = source.ready().empty();
      if (at_end && between_units_) break;
      const Step piece = DecodePiece(source, out.subspan(step.byte_count));
      step.byte_count += piece.byte_count;
      step.status = piece.status;
      if (at_end && piece.byte_count == 0 && piece.status.ok() &&
          !between_units_) {
        step.status = absl::DataLossError("the compressed data ends early");
      }
    }
    return step;
  }

 protected:
  // One call of the library with what is ready, perhaps nothing.
  virtual Step DecodePiece(Source& source, std::span<char> out) = 0;

  // Whether the data may end here.
  bool between_units_ = false;
};

class ByteReader::Gzip final : public Compressed {
 public:
  Gzip() = default;
  ~Gzip() override { inflateEnd(&stream_); }

  bool Begin() {
    constexpr int kGzipOnly = 16 + MAX_WBITS;
    return inflateInit2(&stream_, kGzipOnly) == Z_OK;
  }

 private:
  Step DecodePiece(Source& source, std::span<char> out) override {
    if (std::exchange(between_units_, false)) inflateReset(&stream_);
    const std::string_view ready = source.ready();
    const std::size_t out_bytes = std::min(out.size(), kPieceBytes);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ready.data()));
    stream_.avail_in = static_cast<uInt>(ready.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out_bytes);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    source.Take(ready.size() - stream_.avail_in);
    between_units_ = result == Z_STREAM_END;
    return {out_bytes - stream_.avail_out, StatusOf(result)};
  }

  absl::Status StatusOf(int result) const {
    switch (result) {
      case Z_OK:
      case Z_STREAM_END:
      case Z_BUF_ERROR:
        return absl::OkStatus();
      case Z_MEM_ERROR:
        return absl::ResourceExhaustedError("no memory to decompress");
      default:
        return absl::DataLossError(
            absl::StrCat("damaged gzip data: ",
                         stream_.msg ? stream_.msg : "unknown error"));
    }
  }

  z_stream stream_{};
};

class ByteReader::Zstd final : public Compressed {
 public:
  bool Begin() {
    return stream_ != nullptr &&
           !ZSTD_isError(ZSTD_DCtx_setParameter(
               stream_.get(), ZSTD_d_windowLogMax, kMaxZstdWindowLog));
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* stream) const { ZSTD_freeDCtx(stream); }
  };

  Step DecodePiece(Source& source, std::span<char> out) override {
    const std::string_view ready = source.ready();
    ZSTD_inBuffer input{ready.data(), ready.size(), 0};
    // At an error the call forgets what it has written: small steps lose less.
    ZSTD_outBuffer output{out.data(), std::min(out.size(), kPieceBytes), 0};
    const std::size_t result =
        ZSTD_decompressStream(stream_.get(), &output, &input);
    source.Take(input.pos);
    between_units_ = result == 0;
    return {output.pos, StatusOf(result)};
  }

  static absl::Status StatusOf(std::size_t result) {
    if (!ZSTD_isError(result)) return absl::OkStatus();
    const char* const name = ZSTD_getErrorName(result);
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_frameParameter_windowTooLarge:
      case ZSTD_error_memory_allocation:
        return absl::ResourceExhaustedError(name);
      default:
        return absl::DataLossError(absl::StrCat("damaged zstd data: ", name));
    }
  }

  std::unique_ptr<ZSTD_DCtx, Free> stream_{ZSTD_createDCtx()};
};

absl::StatusOr<ByteReader> ByteReader::Open(const std::string& path,
                                            std::stop_token stop) {
  const bool standard_input = path == "-";
  const int descriptor =
      standard_input ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return OpenError(errno);
  auto source =
      std::make_unique<Source>(descriptor, !standard_input, std::move(stop));
  struct stat status {};
  if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    return absl::InvalidArgumentError("is a folder");
  }
  HS_RETURN_IF_ERROR(source->Fill(4));
  const std::string_view begin = source->ready();
  std::unique_ptr<Decoder> decoder;
  bool begun = true;
  if (begin.starts_with("\x1F\x8B") || path.ends_with(".gz")) {
    auto gzip = std::make_unique<Gzip>();
    begun = gzip->Begin();
    decoder = std::move(gzip);
  } else if (begin.starts_with("\x28\xB5\x2F\xFD") || path.ends_with(".zst")) {
    auto zstd = std::make_unique<Zstd>();
    begun = zstd->Begin();
    decoder = std::move(zstd);
  } else {
    decoder = std::make_unique<Plain>();
  }
  if (!begun) return absl::ResourceExhaustedError("no memory to decompress");
  return ByteReader(std::move(source), std::move(decoder));
}

ByteReader::ByteReader(std::unique_ptr<Source> source,
                       std::unique_ptr<Decoder> decoder)
    : source_(std::move(source)), decoder_(std::move(decoder)) {}

ByteReader::ByteReader(ByteReader&&) noexcept = default;
ByteReader& ByteReader::operator=(ByteReader&&) noexcept = default;
ByteReader::~ByteReader() = default;

absl::StatusOr<std::size_t> ByteReader::Read(std::span<char> out) {
  HS_RETURN_IF_ERROR(status_);
  const Decoder::Step step = decoder_->Decode(*source_, out);
  status_ = step.status;
  if (step.byte_count == 0) HS_RETURN_IF_ERROR(status_);
  return step.byte_count;
}

}  // namespace hypersigma::internal
