"""Tests that tidy.py keeps apart what does not compile together."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import tidy

SOURCE = """
#define STEP(x) \\
  int Hidden(x) { return 0; }
namespace hypersigma {
namespace {
using Kind = Node::Kind;  // int Comment();
struct Place {
  int member = 0;
};
enum class Order : int { kLess, kMore };
constexpr std::string_view kBlanks = " {;\\"";
constexpr char kBrace = '{';
constexpr std::array<int, 2> kPowers = {1, 2};
template <typename T>
std::optional<T> Find(const std::vector<T>& all, int place) {
  int local = 1'000;
  return all[local];
}
void Walk(int* from,
          int* to) {}
class Walker final : public Base {
 public:
  void Go();
};
}  // namespace

int Shared(int x) { return x; }
}  // namespace hypersigma
"""


def source(path: str, *names: str) -> tidy.Source:
    return tidy.Source(Path(path), [], set(names))


class TidyTest(unittest.TestCase):
    def test_names_of_unnamed_namespaces(self) -> None:
        self.assertEqual(
            tidy.declared(SOURCE),
            {"STEP", "Kind", "Place", "Order", "kBlanks", "kBrace", "kPowers"}
            | {"Find", "Walk", "Walker"},
        )

    def test_groups_hold_each_source_once_and_no_name_twice(self) -> None:
        groups = tidy.make_groups(
            [
                source("a/one.cc", "Kind"),
                source("a/three.cc", "Kind", "Place"),
                source("a/two.cc", "Place"),
                source("b/one.cc"),
            ]
        )
        self.assertEqual(
            sorted([str(one.path) for one in group] for group in groups),
            [["a/one.cc", "a/two.cc"], ["a/three.cc"], ["b/one.cc"]],
        )

    def test_groups_are_of_bounded_size(self) -> None:
        sources = [source(f"a/{i}.cc") for i in range(tidy.MOST_SOURCES + 1)]
        self.assertEqual(
            [len(group) for group in tidy.make_groups(sources)],
            [tidy.MOST_SOURCES, 1],
        )


if __name__ == "__main__":
    unittest.main()
