"""Tests that check_layers.py sees each kind of violation."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layers

LAYERS = """
layer base:
layer input: base
layer rule: base
layer compile: rule
layer second: rule
narrow second: lib/rule/yaml.h
door lib/rule/yaml.cc: yaml.h
public absl/status/status.h
"""


class CheckLayersTest(unittest.TestCase):
    def findings(self, files: dict[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in {"lib/LAYERS": LAYERS, **files}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            return check_layers.check_tree(root)

    def test_accepts_what_is_allowed(self) -> None:
        self.assertEqual(
            self.findings({
                "lib/compile/a.cc": '#include <vector>\n',
                "lib/compile/a.h": '#include "lib/base/b.h"\n',
                "lib/rule/yaml.cc": "#include <yaml.h>\n",
                "include/hypersigma/c.h": '#include "absl/status/status.h"\n',
                "examples/d.cc": '#include "hypersigma/c.h"\n',
            }),
            [],
        )  # fmt: skip

    def test_refuses_an_include_that_points_up(self) -> None:
        self.assertEqual(
            self.findings({"lib/base/a.h": '\n#include "lib/rule/b.h"\n'}),
            ["lib/base/a.h:2: layer 'base' may not include layer 'rule'"],
        )

    def test_refuses_an_include_that_points_sideways(self) -> None:
        self.assertEqual(
            self.findings({"lib/rule/a.h": '#include "lib/input/b.h"\n'}),
            ["lib/rule/a.h:1: layer 'rule' may not include layer 'input'"],
        )

    def test_accepts_what_a_narrow_layer_names(self) -> None:
        includes = '#include "lib/rule/yaml.h"\n#include "lib/second/b.h"\n'
        files = {"lib/second/a.cc": f"{includes}#include <vector>\n"}
        self.assertEqual(self.findings(files), [])

    def test_refuses_what_a_narrow_layer_does_not_name(self) -> None:
        for header in ("lib/rule/b.h", "lib/base/c.h", "hypersigma/d.h"):
            self.assertEqual(
                self.findings({"lib/second/a.cc": f'#include "{header}"\n'}),
                [
                    "lib/second/a.cc:1: layer 'second' is narrow and may not "
                    f"include {header}"
                ],
            )

    def test_refuses_a_narrow_layer_that_does_not_exist(self) -> None:
        with self.assertRaisesRegex(ValueError, "unknown layer other"):
            check_layers.read_layers("layer a:\nnarrow other: a.h\n")

    def test_refuses_a_third_party_header_outside_its_door(self) -> None:
        self.assertEqual(
            self.findings({"lib/rule/a.cc": "#include <yaml.h>\n"}),
            ["lib/rule/a.cc:1: lib/rule/a.cc is not a door to yaml.h"],
        )

    def test_refuses_a_folder_without_a_layer(self) -> None:
        self.assertEqual(
            self.findings({"lib/other/a.cc": "#include <vector>\n"}),
            ["lib/other/a.cc:1: folder lib/other is not in lib/LAYERS"],
        )

    def test_refuses_a_third_party_header_in_a_public_one(self) -> None:
        self.assertEqual(
            self.findings({"include/hypersigma/a.h": "#include <yaml.h>\n"}),
            ["include/hypersigma/a.h:1: a public header may not show yaml.h"],
        )

    def test_refuses_internal_headers_in_examples(self) -> None:
        self.assertEqual(
            self.findings({"examples/a.cc": '#include "lib/base/b.h"\n'}),
            ["examples/a.cc:1: only include/hypersigma is for examples/"],
        )

    def test_refuses_a_long_file(self) -> None:
        self.assertEqual(
            self.findings({"lib/base/a.cc": "\n" * 401}),
            ["lib/base/a.cc:400: 401 lines, more than one concept"],
        )

    def test_refuses_an_empty_name(self) -> None:
        self.assertEqual(
            self.findings({"lib/base/text_utils.cc": ""}),
            ["lib/base/text_utils.cc:1: 'utils' in a file name says nothing"],
        )

    def test_refuses_a_unit_test_of_nothing(self) -> None:
        self.assertEqual(
            self.findings({"tests/unit/base/a_test.cc": ""}),
            ["tests/unit/base/a_test.cc:1: no file of lib/base has this name"],
        )

    def test_accepts_several_unit_tests_of_one_file(self) -> None:
        files = {
            "lib/base/a.h": "",
            "tests/unit/base/a_test.cc": "",
            "tests/unit/base/a_random_test.cc": "",
        }
        self.assertEqual(self.findings(files), [])

    def test_refuses_a_circle_of_layers(self) -> None:
        with self.assertRaisesRegex(ValueError, "unknown layer"):
            check_layers.read_layers("layer a: b\nlayer b: a\n")


if __name__ == "__main__":
    unittest.main()
