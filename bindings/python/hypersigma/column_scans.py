"""Scans of tables in columns, as methods of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, Unpack, runtime_checkable

from hypersigma import _hypersigma
from hypersigma.rule_set import Rule
from hypersigma.scan_options import ScanOptions, make_options
from hypersigma.scan_result import Indicator, Match, Undecided


@runtime_checkable
class ArrowArrayLike(Protocol):
    """One batch, such as `pyarrow.RecordBatch`."""

    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]:
        """Returns the capsules of a type and of a struct array."""


@runtime_checkable
class ArrowStreamLike(Protocol):
    """Batches of one type, such as `pyarrow.Table` or `polars.DataFrame`."""

    def __arrow_c_stream__(
        self, requested_schema: object | None = None
    ) -> object:
        """Returns the capsule of a stream of struct arrays."""


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A rule that holds for a row.

    Attributes:
        row: The row's number, from 0.
        match: The match; its time and computer are empty.
    """

    row: int
    match: Match


@dataclass(frozen=True, slots=True)
class RowUndecided:
    """A rule that neither holds nor fails for a row.

    Attributes:
        row: The row's number, from 0.
        undecided: The rule, and what was left open.
    """

    row: int
    undecided: Undecided


class TableMatches(list[RowMatch]):
    """The matches of a table: a list, and how its rows were looked at.

    Attributes:
        undecided: Rules that neither hold nor fail, in row, then rule order.
        row_count: Number of rows.
        unclassified: Number of rows that belong to no log source that is known;
            0 where routing is off.
    """

    def __init__(
        self,
        matches: Sequence[RowMatch] = (),
        undecided: tuple[RowUndecided, ...] = (),
        row_count: int = 0,
        unclassified: int = 0,
    ) -> None:
        """Makes a list.

        Args:
            matches: In row, then rule order.
            undecided: In row, then rule order.
            row_count: Number of rows.
            unclassified: Number of rows of no known log source.
        """
        super().__init__(matches)
        self.undecided = undecided
        self.row_count = row_count
        self.unclassified = unclassified

    @property
    def rows(self) -> list[int]:
        """The rows that a rule holds for, each once, in order."""
        return list(dict.fromkeys(found.row for found in self))


class ColumnScans:
    """What an engine does with tables."""

    _core: _hypersigma.Engine

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that are evaluated, in load order."""
        raise NotImplementedError

    def scan_batch(
        self,
        table: ArrowArrayLike | ArrowStreamLike,
        *,
        other_columns: Literal["refuse", "leave_out"] = "refuse",
        **options: Unpack[ScanOptions],
    ) -> TableMatches:
        r"""Tells which rules match the rows of a table.

        Each row is an event, and a column's name is a field's as rules write
        it, dots and all. Text, numbers, booleans, nulls, lists of these and
        dictionaries of these are looked at where they are, without a copy. A
        null and NaN mean that the row does not have the field.

        Args:
            table: Whatever exports itself by the Arrow PyCapsule interface: a
                batch, a table, a data frame, a reader, which is then used up.
            other_columns: What becomes of columns of other types, times for
                example: `refuse` the table, or `leave_out` the columns as if
                they were not there.
            **options: See `ScanOptions`; a layout has no effect.

        Returns:
            All matches in row, then rule order.

        Raises:
            TypeError: `table` does not export itself, or a column is of another
                type; the message names it.
            ValueError: The table contradicts itself, is past a limit, or an
                option is wrong.
            OSError: A reader failed.

        Example:
            >>> from hypersigma import Engine
            >>> engine = Engine.from_yaml('''
            ... title: Odd Port
            ... logsource: {category: network_connection}
            ... detection:
            ...   odd:
            ...     DestinationPort: [4444, 1337]
            ...   condition: odd
            ... ''')
            >>> engine.scan_batch({"DestinationPort": [443, 4444]})
            Traceback (most recent call last):
            ...
            TypeError: ...
        """
        if other_columns not in ("refuse", "leave_out"):
            raise ValueError(
                f"other_columns is {other_columns!r}, not 'refuse' or"
                " 'leave_out'"
            )
        how = make_options(options)
        leave_out = other_columns == "leave_out"
        # A table would be copied into one batch; a batch is not a stream.
        if hasattr(table, "__arrow_c_stream__"):
            found = _hypersigma.scan_arrow_stream(
                self._core, table.__arrow_c_stream__(), how, leave_out
            )
        elif hasattr(table, "__arrow_c_array__"):
            schema, array = table.__arrow_c_array__()
            found = _hypersigma.scan_arrow(
                self._core, schema, array, how, leave_out
            )
        else:
            raise TypeError(
                f"{type(table).__name__} has neither __arrow_c_array__ nor"
                " __arrow_c_stream__: pyarrow.table() makes a table of a dict"
            )
        return self._table_matches(*found)

    def _table_matches(
        self,
        matches: list[Any],
        undecided: list[tuple[int, int, str, str]],
        row_count: int,
        unclassified: int,
    ) -> TableMatches:
        rules = self.rules
        return TableMatches(
            [
                RowMatch(
                    row,
                    Match(
                        rules[rule],
                        list(selections),
                        [Indicator(*indicator) for indicator in indicators],
                    ),
                )
                for row, rule, selections, indicators in matches
            ],
            tuple(
                RowUndecided(row, Undecided(rules[rule], field, reason))
                for row, rule, field, reason in undecided
            ),
            row_count,
            unclassified,
        )
