#include "lib/input/decompress.h"

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
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

// At most this much comes out of one call of a library.
constexpr std::size_t kPieceBytes = std::size_t{128} << 10;
}  // namespace

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
  virtual Step Decode(ByteSource& source, std::span<char> out) = 0;
};

class ByteReader::Plain final : public Decoder {
 public:
  Step Decode(ByteSource& source, std::span<char> out) override {
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
  Step Decode(ByteSource& source, std::span<char> out) final {
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
  virtual Step DecodePiece(ByteSource& source, std::span<char> out) = 0;

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
  Step DecodePiece(ByteSource& source, std::span<char> out) override {
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

  Step DecodePiece(ByteSource& source, std::span<char> out) override {
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
                                            const ByteReaderOptions& options) {
  HS_ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source,
                      ByteSource::Open(path, options));
  HS_RETURN_IF_ERROR(source->Fill(4));
  const std::string_view begin = source->ready();
  std::unique_ptr<Decoder> decoder;
  bool is_plain = false;
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
    is_plain = true;
    decoder = std::make_unique<Plain>();
  }
  if (options.follow && !is_plain) {
    return absl::InvalidArgumentError("compressed data cannot be followed");
  }
  if (!begun) return absl::ResourceExhaustedError("no memory to decompress");
  return ByteReader(std::move(source), std::move(decoder));
}

ByteReader::ByteReader(std::unique_ptr<ByteSource> source,
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
