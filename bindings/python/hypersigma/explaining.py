"""Makes explanations of what the extension says, and keeps explainers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Unpack

from hypersigma import _hypersigma
from hypersigma.explanation import (
    Change,
    ExplainedDetection,
    ExplainedSelection,
    ExplainedValue,
    Explanation,
    IndicatorHit,
    RuleExplanation,
    SeenField,
    SeenValue,
)
from hypersigma.rule_set import Rule
from hypersigma.scan_options import ScanOptions, make_options


def find_rules(
    rules: Sequence[Rule], rule: Rule | str | int | None
) -> list[int] | None:
    """Returns the positions of a rule; None for None.

    Args:
        rules: Those of the engine.
        rule: A rule of it, an id or a title, or a position.

    Raises:
        KeyError: There is no such rule.
    """
    if rule is None:
        return None
    if isinstance(rule, int):
        found = [rule] if 0 <= rule < len(rules) else []
    elif isinstance(rule, str):
        wanted = rule.lower()
        found = [
            position
            for position, one in enumerate(rules)
            if wanted in (one.id.lower(), one.title.lower())
        ]
    else:
        found = [position for position, one in enumerate(rules) if one == rule]
    if not found:
        raise KeyError(f"no rule {rule!r} in this engine")
    return found


class Explainers:
    """Explainers of one engine, one for each way to look at events."""

    _MOST = 8

    def __init__(self, core: _hypersigma.Engine, rules: Sequence[Rule]) -> None:
        """Keeps none yet.

        Args:
            core: The engine.
            rules: Its rules.
        """
        self._core = core
        self._rules = rules
        self._kept: list[
            tuple[_hypersigma.ScanOptions, _hypersigma.Explainer]
        ] = []

    def explain(
        self,
        event: Any,
        positions: list[int] | None,
        options: _hypersigma.ScanOptions,
        *,
        is_text: bool = False,
    ) -> Explanation:
        """Explains one event.

        Args:
            event: As in `Engine.scan`; with `is_text` a line of text.
            positions: Of rules; None for those that match.
            options: How events are looked at.
            is_text: Whether the event is one value without field.
        """
        explainer = self._explainer(options)
        return self._make(explainer.explain(event, positions, is_text))

    def _explainer(
        self, options: _hypersigma.ScanOptions
    ) -> _hypersigma.Explainer:
        for known, explainer in self._kept:
            if known is options:
                return explainer
        explainer = _hypersigma.Explainer(self._core, options)
        self._kept = [*self._kept, (options, explainer)][-self._MOST :]
        return explainer

    def _make(self, row: Mapping[str, Any]) -> Explanation:
        fields = tuple(
            SeenField(
                field["name"],
                field["is_missing"],
                field["alias"],
                field["value_count"],
                tuple(SeenValue(**value) for value in field["values"]),
            )
            for field in row["fields"]
        )
        return Explanation(
            tuple(self._rule(rule, fields) for rule in row["rules"]),
            fields,
            tuple(row["log_sources"]),
            row["layout"],
            row["repaired"],
            row["time"],
            row["computer"],
        )

    def _rule(
        self, row: Mapping[str, Any], fields: tuple[SeenField, ...]
    ) -> RuleExplanation:
        names = [selection["name"] for selection in row["selections"]]
        return RuleExplanation(
            self._rules[row["rule"]],
            row["truth"],
            row["is_admitted"],
            row["refused"],
            tuple(
                ExplainedSelection(
                    selection["name"],
                    selection["truth"],
                    selection["is_named"],
                    selection["is_filter"],
                    _detection(selection["detection"], fields),
                )
                for selection in row["selections"]
            ),
            row["changes_status"],
            tuple(
                Change(**{**change, "selection": names[change["selection"]]})
                for change in row["changes"]
            ),
        )


def _detection(
    row: Mapping[str, Any], fields: tuple[SeenField, ...]
) -> ExplainedDetection:
    return ExplainedDetection(
        row["kind"],
        row["truth"],
        tuple(_detection(child, fields) for child in row["children"]),
        row["field"],
        row["is_keyword"],
        row["all"],
        row["neq"],
        tuple(
            ExplainedValue(
                value["kind"],
                value["value"],
                value["truth"],
                value["reason"],
                value["hit"] and _hit(value["hit"], fields),
            )
            for value in row["values"]
        ),
    )


def _hit(row: Mapping[str, Any], fields: tuple[SeenField, ...]) -> IndicatorHit:
    def value_at(place: tuple[int, int]) -> SeenValue:
        return fields[place[0]].values[place[1]]

    return IndicatorHit(
        value_at(row["place"]),
        row["span"],
        row["pattern"],
        row["has_wildcards"],
        row["at_start"],
        row["at_end"],
        row["other"] and value_at(row["other"]),
        row["place"],
    )


class Explanations:
    """What an engine tells of why rules match."""

    _core: _hypersigma.Engine

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        raise NotImplementedError

    def explain(
        self,
        event: dict[str, Any] | str | bytes,
        rule: Rule | str | int | None = None,
        **options: Unpack[ScanOptions],
    ) -> Explanation:
        r"""Tells why rules match one event, or why not, down to the bytes.

        Args:
            event: As in `scan`.
            rule: A rule of the engine, its id or title, or its position in
                `rules`; it is explained whether it matches or not. None
                explains the rules that match or are undecided.
            **options: See `ScanOptions`.

        Returns:
            Each selection and value with its truth and place; for a condition
            that does not hold, a smallest change that makes it hold.

        Raises:
            EventError: As in `scan`, or there is too much to explain.
            KeyError: There is no such rule.
            TypeError: As in `scan`.
            ValueError: An option is wrong.

        Example:
            >>> from hypersigma import Engine
            >>> engine = Engine.from_yaml('''
            ... title: Whoami Execution
            ... logsource: {category: process_creation}
            ... detection:
            ...   selection:
            ...     Image|endswith: \\whoami.exe
            ...   condition: selection
            ... ''')
            >>> event = {"Image": r"C:\Windows\WhoAmI.exe"}
            >>> explained = engine.explain(event).rules[0]
            >>> value = next(explained.hits())[1]
            >>> value.hit.span, value.hit.found
            ((10, 21), '\\WhoAmI.exe')
            >>> explained = engine.explain({"Image": "cmd.exe"}, rule=0)
            >>> explained.rules[0].changes[0].pattern
            '\\whoami.exe'
        """
        positions = find_rules(self.rules, rule)
        return self._explainers.explain(event, positions, make_options(options))

    @cached_property
    def _explainers(self) -> Explainers:
        return Explainers(self._core, self.rules)
