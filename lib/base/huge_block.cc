#include "lib/base/huge_block.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

#include "lib/base/round_up.h"

namespace hypersigma::internal {
namespace {

// Returns `bytes`, aligned to kPageBytes, of a mapping that is cut to them.
char* Map(std::size_t bytes) {
  constexpr std::size_t kPageBytes = HugeBlock::kPageBytes;
  void* const mapped =
      ::mmap(nullptr, bytes + kPageBytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) throw std::bad_alloc();
  char* const begin = static_cast<char*>(mapped);
  const auto address = reinterpret_cast<std::uintptr_t>(mapped);
  const std::size_t before = RoundUp(address, kPageBytes) - address;
  if (before > 0) ::munmap(begin, before);
  if (before < kPageBytes) {
    ::munmap(begin + before + bytes, kPageBytes - before);
  }
  return begin + before;
}

// A wish: where it is not granted, pages are small.
void AskForHugePages(char* memory, std::size_t bytes) {
#if defined(MADV_HUGEPAGE)
  if (bytes > 0) static_cast<void>(::madvise(memory, bytes, MADV_HUGEPAGE));
#else
  static_cast<void>(memory);
  static_cast<void>(bytes);
#endif
}

}  // namespace

HugeBlock::HugeBlock(std::size_t bytes) {
  if (bytes == 0) return;
  constexpr std::size_t kSmallPageBytes = 4096;
  bytes = RoundUp(bytes, kSmallPageBytes);
  memory_ = {Map(bytes), Free{bytes}};
  AskForHugePages(memory_.get(), bytes / kPageBytes * kPageBytes);
}

void HugeBlock::Free::operator()(char* memory) const {
  ::munmap(memory, bytes);
}

}  // namespace hypersigma::internal
