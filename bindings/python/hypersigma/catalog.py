"""What the rules of a corpus look for: a page a rule, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypersigma import _hypersigma
from hypersigma.arguments import Path, encode_label, encode_path
from hypersigma.loaded_rules import RuleSet
from hypersigma.taxonomy import Taxonomy

SCHEMA_VERSION: int = _hypersigma.catalog_schema


class Catalog:
    r"""Pages of rules, what they share, and which of them say the same.

    Immutable. Everything comes from the compiled plan that an engine runs, so
    that page and verdict cannot disagree. docs/catalog_schema.md describes the
    JSON.

    Example:
        >>> from hypersigma import Catalog, RuleSet
        >>> catalog = Catalog.build(RuleSet.from_yaml('''
        ... title: Whoami
        ... id: 502b42de-4306-40b4-9596-6f590c81f073
        ... logsource: {category: process_creation, product: windows}
        ... detection:
        ...   selection:
        ...     Image|endswith: \\whoami.exe
        ...   condition: selection
        ... '''))
        >>> catalog.keys
        ('502b42de-4306-40b4-9596-6f590c81f073',)
        >>> import json
        >>> page = json.loads(catalog.page(0))
        >>> for row in page["indicators"]:
        ...     print(row["field"], row["kind"], row["value"], row["rules"])
        Image ends_with \whoami.exe 1
    """

    def __init__(self, core: _hypersigma.Catalog) -> None:
        """Use `build` or `from_sources`."""
        self._core = core

    @classmethod
    def build(
        cls,
        rules: RuleSet,
        sources: Mapping[str, Path] | None = None,
        *,
        taxonomy: Taxonomy | None = None,
        compare: bool = True,
    ) -> Catalog:
        """Makes the catalogue of loaded rules.

        Args:
            rules: The rules.
            sources: Labels of rule roots, each with the path that the rules
                were loaded from: counts are given by label.
            taxonomy: Which events reach a rule; the built-in one by default.
            compare: Whether to look for equal rules, and for rules that imply
                others.

        Returns:
            The catalogue.

        Raises:
            ValueError: Two labels have one root.

        Example:
            >>> len(Catalog.build(RuleSet.from_paths([])))
            0
        """
        roots = [
            (encode_label(label), encode_path(root))
            for label, root in (sources or {}).items()
        ]
        return cls(
            _hypersigma.Catalog.build(
                rules._core, roots, (taxonomy or Taxonomy())._core, compare
            )
        )

    def __len__(self) -> int:
        """Returns the number of rules."""
        return len(self._core)

    @property
    def keys(self) -> tuple[str, ...]:
        """The addresses of the rules, by position."""
        return tuple(self._core.key(i) for i in range(len(self)))

    def find(self, key: str) -> int | None:
        """Returns the position of the rule with an address, or None.

        Args:
            key: A rule's id, or what else its page says under `key`.

        Example:
            >>> Catalog.build(RuleSet.from_paths([])).find("no such rule")
        """
        return self._core.find(key)

    def page(self, position: int) -> bytes:
        """Returns the page of one rule.

        Args:
            position: Of the rule in `RuleSet.rules`.

        Returns:
            One JSON object, UTF-8.

        Raises:
            IndexError: There is no such rule.

        Example:
            >>> Catalog.build(RuleSet.from_paths([])).page(0)
            Traceback (most recent call last):
            ...
            IndexError: ...
        """
        return self._core.page(position)

    def pages(self) -> Iterator[bytes]:
        """Yields the pages of all rules, by position, each made when asked for.

        Example:
            >>> list(Catalog.build(RuleSet.from_paths([])).pages())
            []
        """
        return (self._core.page(i) for i in range(len(self)))

    def index(self) -> bytes:
        """Returns the index.

        Returns:
            One JSON object, UTF-8.

        Example:
            >>> import json
            >>> catalog = Catalog.build(RuleSet.from_paths([]))
            >>> json.loads(catalog.index())["totals"]["rules"]
            0
        """
        return self._core.index()

    @property
    def equal_rules(self) -> tuple[tuple[int, ...], ...]:
        """Positions of rules that hold for the same events, in groups."""
        return tuple(tuple(group) for group in self._core.equal_rules())

    @property
    def implied_rules(self) -> tuple[tuple[int, int], ...]:
        """Pairs of positions: for what the first holds, the second does.

        Without those of `equal_rules`.
        """
        return tuple(self._core.implied_rules())

    @property
    def not_decided(self) -> tuple[tuple[int, int], ...]:
        """Pairs that may be in `implied_rules`: it could not be told."""
        return tuple(self._core.not_decided())
