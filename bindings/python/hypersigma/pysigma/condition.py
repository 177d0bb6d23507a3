"""Conditions whose selections are replaced by others, or are gone.

The grammar is that of the loader: names are whole words, `x of` goes before
`not`, `and`, `or`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hypersigma.pysigma.refusal import RefusalError

_TOKEN = re.compile(r"[()]|[^\s()]+")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_WORDS = frozenset(("and", "or", "not", "of", "them", "any", "all"))


class _UnreadableError(Exception):
    pass


def can_name(name: str) -> bool:
    """Returns whether a condition can mean a selection by its name."""
    return _NAME.fullmatch(name) is not None and name not in _WORDS


def rewrite(
    condition: str,
    names: Sequence[str],
    replaced: Mapping[str, str | None],
    added: Sequence[str],
) -> str:
    """Returns a condition over other selections.

    Args:
        condition: As written.
        names: Those of the selections that it may mean.
        replaced: For some of them the condition that stands for it, an atom;
            None for a selection of which nothing is left: terms of it go.
        added: Names of selections that it must not mean.

    Returns:
        The condition; as written when it is no condition, for the loader to
        say so.

    Raises:
        RefusalError: Nothing of the condition is left.
    """
    try:
        rest = _Rewriter(condition, names, replaced, added).read()
    except _UnreadableError:
        return condition
    if rest is None:
        raise RefusalError("nothing is left of the condition")
    return rest


class _Rewriter:
    def __init__(
        self,
        condition: str,
        names: Sequence[str],
        replaced: Mapping[str, str | None],
        added: Sequence[str],
    ) -> None:
        self._tokens = _TOKEN.findall(condition)
        self._at = 0
        self._names = names
        self._replaced = replaced
        self._added = added

    def read(self) -> str | None:
        result = self._read_or()
        if self._at != len(self._tokens):
            raise _UnreadableError
        return result

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else ""

    def _take(self, token: str) -> bool:
        found = self._peek() == token
        self._at += found
        return found

    def _read_or(self) -> str | None:
        terms = [self._read_and()]
        while self._take("or"):
            terms.append(self._read_and())
        return _join(" or ", terms)

    def _read_and(self) -> str | None:
        terms = [self._read_not()]
        while self._take("and"):
            terms.append(self._read_not())
        return _join(" and ", terms)

    def _read_not(self) -> str | None:
        negations = 0
        while self._take("not"):
            negations += 1
        atom = self._read_atom()
        return None if atom is None else "not " * negations + atom

    def _read_atom(self) -> str | None:
        if self._take("("):
            inner = self._read_or()
            if not self._take(")"):
                raise _UnreadableError
            return inner
        token = self._peek()
        if self._peek(1) == "of":
            self._at += 3
            return self._read_selector(token, self._peek(-1))
        if not can_name(token):
            raise _UnreadableError
        self._at += 1
        return self._replaced.get(token, token)

    def _read_selector(self, quantifier: str, pattern: str) -> str | None:
        if quantifier not in ("1", "any", "all") or (
            pattern != "them" and not can_name(pattern.replace("*", "_"))
        ):
            raise _UnreadableError
        meant = _choose(pattern, self._names)
        if not _choose(pattern, self._added) and not any(
            name in self._replaced for name in meant
        ):
            return f"{quantifier} of {pattern}"
        if not meant:
            raise _UnreadableError
        word = " and " if quantifier == "all" else " or "
        return _join(word, [self._replaced.get(name, name) for name in meant])


def _join(word: str, terms: Sequence[str | None]) -> str | None:
    left = [term for term in terms if term is not None]
    if len(left) > 1:
        return f"({word.join(left)})"
    return left[0] if left else None


def _choose(pattern: str, names: Sequence[str]) -> list[str]:
    if pattern == "them":
        pattern = "*"
    regex = re.compile(".*".join(map(re.escape, pattern.split("*"))), re.DOTALL)
    return [
        name
        for name in names
        if regex.fullmatch(name)
        and (pattern.startswith("_") or not name.startswith("_"))
    ]
