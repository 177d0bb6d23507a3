"""Which libraries do the work in this process, and whether they can be trusted.

Plain, immutable values.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hypersigma import _hypersigma


@dataclass(frozen=True, slots=True)
class PatternLibrary:
    """The library that finds literals, on this CPU.

    Attributes:
        name: `Hyperscan` or `Vectorscan`, told from the version.
        version: E.g. `5.4.0`.
        is_known_to_lose_matches: Whether it is a Vectorscan before 5.4.13.
        mitigation: What is done about it; empty for any other library.
        cpu_features: Which of its code this CPU gets, e.g. `avx2`.
        platform: Why this CPU cannot run it; empty when it can.
        self_test: Which planted literal it lost; empty when it lost none.
    """

    name: str
    version: str
    is_known_to_lose_matches: bool
    mitigation: str
    cpu_features: str
    platform: str
    self_test: str

    @property
    def warning(self) -> str:
        """What a user must know of it; empty when there is nothing."""
        if self.platform:
            return f"{self.name} {self.version}: {self.platform}"
        if self.self_test:
            return f"{self.name} {self.version} loses matches: {self.self_test}"
        if self.is_known_to_lose_matches:
            return (
                f"{self.name} {self.version} is known to lose matches;"
                f" done about it: {self.mitigation}; --verify checks a scan"
            )
        return ""


@cache
def pattern_library() -> PatternLibrary:
    """Tells of the pattern library, tested once a process.

    Returns:
        Name, version and what the test of it says.

    Example:
        >>> pattern_library().self_test
        ''
    """
    return PatternLibrary(**_hypersigma.pattern_library())


def versions() -> dict[str, Any]:
    """Returns the versions of hypersigma and of what it stands on, for JSON.

    Returns:
        `hypersigma`, `ndjson_schema`, `pattern_library` with its attributes,
        and `libraries`, a dict of name to version.

    Example:
        >>> sorted(versions())
        ['hypersigma', 'libraries', 'ndjson_schema', 'pattern_library']
    """
    library = pattern_library()
    return {
        "hypersigma": _hypersigma.version(),
        "ndjson_schema": _hypersigma.ndjson_schema,
        "pattern_library": {
            name: getattr(library, name) for name in PatternLibrary.__slots__
        },
        "libraries": dict(_hypersigma.libraries()),
    }
