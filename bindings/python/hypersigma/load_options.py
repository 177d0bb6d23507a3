"""How rules are loaded and compiled."""

from __future__ import annotations

from typing import TypedDict

from hypersigma.arguments import Placeholders
from hypersigma.pipeline import Pipelines
from hypersigma.profile import Profile
from hypersigma.taxonomy import Taxonomy


class RuleOptions(TypedDict, total=False):
    """Keyword arguments of everything that loads rules.

    Attributes:
        strict: Whether every document must load without a strict warning.
        placeholders: Values of `%name%` under the modifier `expand`, each a
            Sigma string.
        pipelines: What changes the rules before they are compiled: each a
            `Pipeline`, the name of a built-in one, or a file.
    """

    strict: bool
    placeholders: Placeholders | None
    pipelines: Pipelines


class LoadOptions(RuleOptions, total=False):
    """Keyword arguments of what loads rules and compiles them.

    Attributes:
        strict: As in `RuleOptions`.
        placeholders: As in `RuleOptions`.
        pipelines: As in `RuleOptions`.
        taxonomy: What events are called; the built-in one by default.
        log_source_field: The member of an event whose members product, category
            and service state the event's log source. By default events are not
            believed.
        profile: What is rare in a sample of events, for speed; by default that
            is estimated.
    """

    taxonomy: Taxonomy | None
    log_source_field: str
    profile: Profile | None


def check_options(
    options: RuleOptions, known: type[RuleOptions] = LoadOptions
) -> None:
    """Checks the names of options.

    Args:
        options: As given.
        known: All that may be given.

    Raises:
        TypeError: There is no such option.
    """
    if unknown := options.keys() - known.__annotations__.keys():
        raise TypeError(f"unexpected option {min(unknown)!r}")


def rule_options(options: LoadOptions) -> RuleOptions:
    """Returns the options that are not those of compiling.

    Args:
        options: Checked.

    Returns:
        Those for `RuleSet`.
    """
    return RuleOptions(
        strict=options.get("strict", False),
        placeholders=options.get("placeholders"),
        pipelines=options.get("pipelines", ()),
    )
