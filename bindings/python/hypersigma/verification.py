"""What verification by the slow path returns.

Plain, immutable values: compared by value, can be pickled, hold no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from hypersigma.rule_set import Rule

Truth = Literal["false", "true", "undecided"]


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """A value of a detection item of which the two sides do not say the same.

    Attributes:
        selection: The selection it stands in.
        item: `field|modifiers: value`, as the rule writes it.
        engine: What the engine says.
        slow_path: What the slow path says.
    """

    selection: str
    item: str
    engine: Truth
    slow_path: Truth


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule and an event of which the two sides do not say the same.

    Attributes:
        file: Path as given to the scan.
        index: Position of the event among the non-blank lines, from 0.
        rule: The rule; None when only one side can read the event.
        reason: Why the other side cannot read it; empty when about a rule.
        engine: Whether the engine matches, or reads the event.
        slow_path: Whether the slow path matches, or reads the event.
        items: The items at fault. Empty when the engine, asked again, agrees
            about each item.
    """

    file: str
    index: int
    rule: Rule | None
    reason: str
    engine: Truth
    slow_path: Truth
    items: tuple[ItemDifference, ...]

    def to_dict(self) -> dict[str, Any]:
        """Returns the difference as plain values, for JSON.

        Returns:
            The attributes; of the rule, `title`, `id` and `file`.
        """
        rule = self.rule and {
            "title": self.rule.title,
            "id": self.rule.id,
            "file": self.rule.file,
        }
        return {
            "event": {"file": self.file, "index": self.index},
            "rule": rule,
            "reason": self.reason,
            "engine": self.engine,
            "slow_path": self.slow_path,
            "items": [asdict(item) for item in self.items],
        }


@dataclass(frozen=True, slots=True)
class LoadDifference:
    """A document that one side loads and the other refuses.

    Attributes:
        file: Path as given to the loader, or `<yaml>`.
        index: Position in its file, from 0.
        title: The rule's title; may be empty.
        loaded_by_engine: Whether it is the engine that loads it.
        reason: Why the other side refuses it.
    """

    file: str
    index: int
    title: str
    loaded_by_engine: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What the slow path says of a scan.

    Attributes:
        events: Events that were compared.
        rules: Rules that each event was compared for.
        differences: (rule, event) pairs of which the two do not say the same.
        undecided: (rule, event) pairs that a limit left
            open on one side; they are not compared.
        not_compared: Events past a limit of one side.
        listed: The first differences, in the order of files, events and rules.
        load_differences: Documents that one side only loads.
    """

    events: int
    rules: int
    differences: int
    undecided: int
    not_compared: int
    listed: tuple[Difference, ...] = field(repr=False)
    load_differences: tuple[LoadDifference, ...] = field(repr=False)

    @property
    def agrees(self) -> bool:
        """Whether there is no difference at all."""
        return not self.differences and not self.load_differences

    def __str__(self) -> str:
        """Returns the outcome, for people."""
        text = f"{self.events:,} events x {self.rules:,} rules: "
        text += _count(self.differences, "difference")
        if self.load_differences:
            text += f", {_count(len(self.load_differences), 'difference')}"
            text += " in loading"
        if self.undecided:
            text += f", {self.undecided:,} undecided"
        if self.not_compared:
            text += f", {self.not_compared:,} events not compared"
        return text


def _count(number: int, noun: str) -> str:
    if number == 0:
        return f"no {noun}"
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def make_verification(
    fields: dict[str, Any], rules: Sequence[Rule]
) -> Verification:
    """Makes a verification from that of the extension module."""
    return _make_verification(rules, **fields)


def _make_verification(
    all_rules: Sequence[Rule],
    /,
    listed: Sequence[dict[str, Any]],
    load_differences: Sequence[dict[str, Any]],
    **fields: Any,
) -> Verification:
    return Verification(
        listed=tuple(_make_difference(all_rules, **entry) for entry in listed),
        load_differences=tuple(
            LoadDifference(**entry) for entry in load_differences
        ),
        **fields,
    )


def _make_difference(
    all_rules: Sequence[Rule],
    /,
    rule: int | None,
    items: Sequence[dict[str, Any]],
    **fields: Any,
) -> Difference:
    return Difference(
        rule=None if rule is None else all_rules[rule],
        items=tuple(ItemDifference(**item) for item in items),
        **fields,
    )
