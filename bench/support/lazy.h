// Something that is made when it is first asked for: most benchmarks of a
// program are left out by a filter, and their engines take minutes.

#ifndef HYPERSIGMA_BENCH_SUPPORT_LAZY_H_
#define HYPERSIGMA_BENCH_SUPPORT_LAZY_H_

#include <functional>
#include <optional>
#include <utility>

namespace hypersigma::bench {

// Not thread safe.
template <typename T>
class Lazy {
 public:
  explicit Lazy(std::function<T()> make) : make_(std::move(make)) {}

  T& Get() {
    if (!value_.has_value()) value_.emplace(make_());
    return *value_;
  }

 private:
  std::function<T()> make_;
  std::optional<T> value_;
};

}  // namespace hypersigma::bench

#endif  // HYPERSIGMA_BENCH_SUPPORT_LAZY_H_
