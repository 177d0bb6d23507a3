"""How the table of `hypersigma coverage` fits a terminal."""

from __future__ import annotations

import io
from pathlib import Path

from conftest import RULES
from hypersigma import Engine, RuleSet
from hypersigma.catalog import Catalog
from hypersigma.coverage import measure_coverage
from hypersigma.coverage_sample import sample_coverage
from hypersigma.render import Screen
from hypersigma.render_coverage import CoveragePrinter


def test_a_narrow_screen_has_counts_below_their_tactic(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(RULES)
    rules = RuleSet.from_paths([tmp_path / "rules.yml"])
    coverage = measure_coverage(
        Catalog.build(rules, compare=False), rules.rules
    )
    engine = Engine.from_path(tmp_path / "rules.yml")
    (tmp_path / "none.ndjson").write_text("")
    sample = sample_coverage(
        engine,
        Catalog.build(rules, compare=False),
        [str(tmp_path / "none.ndjson")],
        threads=1,
    )
    out = io.StringIO()
    screen = Screen(out)
    screen.is_terminal, screen.width = True, 40
    CoveragePrinter(screen, is_whole=False).print(coverage, None, sample)
    table = out.getvalue().partition("\n\n")[0].split("\n")
    assert table[:2] == ["TACTIC", "  TECHNIQUES RULES FIRES CAN FIRE BLIND"]
    assert max(map(len, table)) <= 40
    assert len(table) % 2 == 0
    assert table[-2] == "all, each once"
