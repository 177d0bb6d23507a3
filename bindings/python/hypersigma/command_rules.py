"""The rules of a command: how flags load them, and what is said of errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from hypersigma.engine import Engine
from hypersigma.errors import RuleError
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.load_options import RuleOptions
from hypersigma.rule_set import LoadReport, Rule
from hypersigma.scan_choice import load_pipelines, load_placeholders
from hypersigma.taxonomy import Taxonomy

_MAX_SUGGESTIONS = 3
# A word that is shorter is in too many titles.
_MIN_WORD = 4


def choose_loading(
    placeholders: str | None, pipeline: list[str] | None
) -> RuleOptions:
    """Returns how rules are loaded, as --placeholders and --pipeline say.

    Args:
        placeholders: The file; None where the option is not given.
        pipeline: Names and files; None where the option is not given.

    Raises:
        ExitError: A file cannot be read, or holds something else.
    """
    return RuleOptions(
        placeholders=load_placeholders(placeholders),
        pipelines=load_pipelines(pipeline),
    )


@contextmanager
def rule_errors() -> Iterator[None]:
    """Ends the command where rules cannot be read or compiled as a whole.

    Raises:
        ExitError: They cannot.
    """
    try:
        yield
    except (RuleError, OSError, RuntimeError, ValueError) as error:
        raise ExitError(ExitCode.RULES, f"rules: {error}") from None


def load_engine(
    paths: list[str],
    options: RuleOptions,
    taxonomy: Taxonomy,
    log_source_field: str,
) -> Engine:
    """Compiles the rules of a command.

    Args:
        paths: Of --rules.
        options: How they are loaded.
        taxonomy: What events are called.
        log_source_field: Of --logsource-field.

    Raises:
        ExitError: There are none.
    """
    with rule_errors():
        engine = Engine.from_paths(
            paths,
            **options,
            taxonomy=taxonomy,
            log_source_field=log_source_field,
        )
    if not engine.rules:
        raise ExitError(
            ExitCode.RULES, f"no rules to evaluate ({engine.report})"
        )
    return engine


def unknown_rule(
    wanted: str,
    rules: Sequence[Rule],
    report: LoadReport,
    *,
    or_file: bool = False,
) -> str:
    """Returns what is said where no rule has an id or a title.

    Args:
        wanted: The id or the title.
        rules: Those there are.
        report: What became of their documents; the rule may be refused.
        or_file: Whether it may be a file, too.

    Returns:
        With the place of the refused rule, or else with rules that are called
        nearly so.
    """
    name = wanted.casefold()
    for document in report.documents:
        refused = document.status == "refused"
        if (
            refused
            and name
            and name in (document.id.casefold(), document.title.casefold())
        ):
            return (
                f"rule {wanted!r} was refused, {document.file}:{document.line};"
                " `hypersigma check` says why"
            )
    message = f"no rule has the id or title {wanted!r}"
    if or_file:
        message += ", and there is no such file"
    if near := _find_near(name, rules):
        message += f"; did you mean {' or '.join(map(repr, near))}?"
    return message


def _find_near(name: str, rules: Sequence[Rule]) -> list[str]:
    """Returns names of rules: those that hold the text, else those like it."""
    names = {
        one.casefold(): one
        for rule in rules
        for one in (rule.title, rule.id)
        if one
    }
    if len(name) >= _MIN_WORD:
        holding = [one for folded, one in names.items() if name in folded]
        if holding:
            return holding[:_MAX_SUGGESTIONS]
    near = get_close_matches(name, names, _MAX_SUGGESTIONS, 0.7)
    return [names[one] for one in near]
