// A prefix of fixed size, the header, the sections. The prefix:
//
//   0  8  magic
//   8  4  format
//   12 4  bytes of the header
//   16 8  bytes of the file
//   24 8  checksum of everything behind, with the sum of the 16 bytes from 8 on
//   as seed

#include "lib/engine/engine_file_header.h"

#include <cstddef>

#include "lib/base/checksum.h"
#include "lib/base/round_up.h"
#include "lib/base/status_macros.h"
#include "lib/engine/engine_file_buffer.h"

namespace hypersigma::internal {
namespace {

constexpr std::string_view kMagic = "hsigma\x1a\n";
constexpr std::size_t kPrefixBytes = 32;
constexpr std::size_t kAlignment = 16;

std::size_t Aligned(std::size_t size) { return RoundUp(size, kAlignment); }

// Little-endian.
void AppendNumber(std::uint64_t number, std::size_t size, std::string& bytes) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes.push_back(static_cast<char>(number >> (8 * i)));
  }
}

std::uint64_t NumberAt(std::string_view bytes, std::size_t place,
                       std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[place + i])}
              << (8 * i);
  }
  return number;
}

std::uint64_t SumOf(std::string_view file) {
  return Checksum(file.substr(kPrefixBytes),
                  Checksum(file.substr(kMagic.size(), 16)));
}

std::string WriteHeader(const EngineFileOrigin& origin,
                        std::span<const std::string> sections) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<std::uint64_t> sizes;
  for (const std::string& section : sections) sizes.push_back(section.size());
  const auto hypersigma = builder.CreateString(origin.hypersigma);
  const auto library = builder.CreateString(origin.library);
  const auto unicode = builder.CreateString(origin.unicode);
  const auto cpu = builder.CreateString(origin.cpu);
  const auto rules_hash = builder.CreateString(origin.rules_hash);
  const auto section_sizes = builder.CreateVector(sizes);
  builder.Finish(file::CreateHeader(builder, hypersigma, library, unicode, cpu,
                                    rules_hash, section_sizes));
  return BytesOf(builder);
}

absl::Status Damaged(const char* what) { return absl::DataLossError(what); }

absl::StatusOr<std::vector<std::string_view>> SectionsOf(
    const file::Header& header, std::string_view rest) {
  std::vector<std::string_view> sections;
  for (const std::uint64_t size : *header.section_sizes()) {
    if (size > rest.size() || Aligned(size) > rest.size()) {
      return Damaged("a section reaches past the end");
    }
    sections.push_back(rest.substr(0, size));
    rest.remove_prefix(Aligned(size));
  }
  if (!rest.empty()) return Damaged("there is something behind the sections");
  return sections;
}

}  // namespace

std::string JoinEngineFile(const EngineFileOrigin& origin,
                           std::span<const std::string> sections) {
  const std::string header = WriteHeader(origin, sections);
  std::size_t size = kPrefixBytes + Aligned(header.size());
  for (const std::string& section : sections) size += Aligned(section.size());
  std::string file;
  file.reserve(size);
  file += kMagic;
  AppendNumber(kEngineFileFormat, 4, file);
  AppendNumber(header.size(), 4, file);
  AppendNumber(size, 8, file);
  AppendNumber(0, 8, file);  // the sum, below
  file += header;
  file.resize(Aligned(file.size()));
  for (const std::string& section : sections) {
    file += section;
    file.resize(Aligned(file.size()));
  }
  std::string sum;
  AppendNumber(SumOf(file), 8, sum);
  file.replace(kPrefixBytes - sum.size(), sum.size(), sum);
  return file;
}

absl::StatusOr<EngineFileParts> SplitEngineFile(std::string_view file) {
  if (!file.starts_with(kMagic)) return Damaged("not an engine file");
  if (file.size() < kPrefixBytes) return Damaged("it ends in its header");
  const std::uint64_t format = NumberAt(file, 8, 4);
  if (format != kEngineFileFormat) {
    return absl::FailedPreconditionError(
        "its format is " + std::to_string(format) + ", expected " +
        std::to_string(kEngineFileFormat));
  }
  if (NumberAt(file, 16, 8) != file.size()) {
    return Damaged("it is longer or shorter than it was");
  }
  if (NumberAt(file, 24, 8) != SumOf(file)) {
    return Damaged("its checksum is wrong");
  }
  const std::size_t header_size = NumberAt(file, 12, 4);
  const std::string_view rest = file.substr(kPrefixBytes);
  if (Aligned(header_size) > rest.size()) {
    return Damaged("it ends in its header");
  }
  HS_ASSIGN_OR_RETURN(const file::Header* header,
                      VerifiedRoot<file::Header>(rest.substr(0, header_size)));
  EngineFileParts parts;
  parts.origin = {header->hypersigma()->str(), header->library()->str(),
                  header->unicode()->str(), header->cpu()->str(),
                  header->rules_hash()->str()};
  HS_ASSIGN_OR_RETURN(parts.sections,
                      SectionsOf(*header, rest.substr(Aligned(header_size))));
  return parts;
}

}  // namespace hypersigma::internal
