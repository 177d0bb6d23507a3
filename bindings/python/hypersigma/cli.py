"""The command `hypersigma`: data on standard output, all else on the other.

Exit codes: 0 done; 1 what was asked for failed: --fail-on-match, --verify,
check; 2 no usable rules; 3 wrong usage, or input, output or the scan itself
that was not done in full; 130 and 143 interrupted; 141 the reader of the output
went away.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import Annotated

import typer

from hypersigma import _hypersigma, flags
from hypersigma.catalog_command import catalog
from hypersigma.check_command import check
from hypersigma.choices import ColorChoice
from hypersigma.command import Command
from hypersigma.compile_command import compile_
from hypersigma.coverage_command import coverage
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.explain_command import explain
from hypersigma.fields_command import fields
from hypersigma.libraries import versions
from hypersigma.profile_command import profile
from hypersigma.render import Screen, escape_lines
from hypersigma.render_checks import print_versions
from hypersigma.scan_command import scan
from hypersigma.show_command import show

app = typer.Typer(
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Evaluates Sigma detection rules against log events.",
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# In the order of the help: events, rules, what is there, what rules look for.
app.command(cls=Command)(scan)
app.command(cls=Command)(explain)
app.command(cls=Command)(check)
app.command("compile", cls=Command)(compile_)
app.command(cls=Command)(fields)
app.command(cls=Command)(coverage)
app.command(cls=Command)(profile)
app.command(cls=Command)(show)
app.command(cls=Command)(catalog)


@app.command(cls=Command)
def version(
    json_: flags.AsJson = False, color: flags.Color = ColorChoice.AUTO
) -> int:
    """Prints the versions of hypersigma and of what it stands on."""
    if json_:
        print(json.dumps(versions()))
    else:
        print_versions(Screen(sys.stdout, color), versions())
    return ExitCode.DONE


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        print(f"hypersigma {_hypersigma.version()}")
        raise typer.Exit


@app.callback()
def _main(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_print_version,
            is_eager=True,
            help="Print the version and exit.",
        ),
    ] = False,
) -> None:
    pass


def _run() -> int:
    try:
        code = app(standalone_mode=False)
        return code if isinstance(code, int) else ExitCode.DONE
    except ExitError as error:
        _print_error(error)
        return error.code
    except typer.TyperException as error:
        _print_error(error.format_message())
        print("try 'hypersigma --help'", file=sys.stderr)
        return ExitCode.INPUT
    except OSError as error:
        _print_error(error)
        return ExitCode.INPUT
    except Exception:
        # An exit code of 1 would say that something matched.
        traceback.print_exc()
        return ExitCode.INPUT


def _print_error(error: object) -> None:
    text = escape_lines(str(error))
    Screen(sys.stderr).line(("error: ", "error"), text)


def _open_closed_streams() -> None:
    """Stands in for streams that the caller closed, such as by `>&-`."""
    for fd in (0, 1, 2):
        try:
            os.fstat(fd)
        except OSError:
            # The lowest number that is free is this one.
            os.open(os.devnull, os.O_RDWR)
    # Python has no stream for what was closed when it began.
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115


def main() -> None:
    """Runs the command and exits."""
    # There is nothing to clean up: Ctrl-C ends at once, but for a scan, which
    # tells what it has found.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        # No terminal's encoding may end a scan.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(_run())
