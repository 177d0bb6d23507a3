// FlatBuffers as the engine file uses them: one table, vectors of rows.
//
// Included by the doors engine_file_*.cc only.

#ifndef HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_BUFFER_H_
#define HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_BUFFER_H_

#include <flatbuffers/flatbuffers.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine_file_generated.h"
#include "lib/engine/engine_file_size.h"

namespace hypersigma::internal {

// Borrows.
template <typename Row>
std::span<const Row> RowsOf(const flatbuffers::Vector<const Row*>* rows) {
  if (rows == nullptr) return {};
  return {reinterpret_cast<const Row*>(rows->Data()), rows->size()};
}
inline std::span<const std::uint32_t> RowsOf(
    const flatbuffers::Vector<std::uint32_t>* rows) {
  if (rows == nullptr) return {};
  return {rows->data(), rows->size()};
}
inline std::string_view TextOf(const flatbuffers::Vector<std::uint8_t>* text) {
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text->data()), text->size()};
}

// Returns the root of `bytes`, which begin at a multiple of 16 in memory.
// Errors: kDataLoss when the verifier finds something that points astray.
template <typename Table>
absl::StatusOr<const Table*> VerifiedRoot(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
  // One table in which no other one is.
  constexpr flatbuffers::uoffset_t kMaxDepth = 2;
  constexpr flatbuffers::uoffset_t kMaxTables = 1;
  if (bytes.size() < sizeof(flatbuffers::uoffset_t) ||
      bytes.size() > kMaxFileSectionBytes) {
    return absl::DataLossError("a section has an impossible size");
  }
  flatbuffers::Verifier verifier(begin, bytes.size(), kMaxDepth, kMaxTables);
  if (!verifier.VerifyBuffer<Table>(nullptr)) {
    return absl::DataLossError("a section is damaged");
  }
  return flatbuffers::GetRoot<Table>(begin);
}

inline std::string BytesOf(const flatbuffers::FlatBufferBuilder& builder) {
  return {reinterpret_cast<const char*>(builder.GetBufferPointer()),
          builder.GetSize()};
}

inline flatbuffers::Offset<flatbuffers::Vector<std::uint8_t>> AddText(
    flatbuffers::FlatBufferBuilder& builder, std::string_view text) {
  return builder.CreateVector(
      reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace hypersigma::internal

#endif  // HYPERSIGMA_LIB_ENGINE_ENGINE_FILE_BUFFER_H_
