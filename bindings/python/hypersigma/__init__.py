r"""Evaluates Sigma detection rules against log events.

Example:
    >>> import hypersigma
    >>> engine = hypersigma.Engine.from_yaml('''
    ... title: Whoami Execution
    ... level: low
    ... logsource: {category: process_creation, product: windows}
    ... detection:
    ...   selection:
    ...     Image|endswith: \\whoami.exe
    ...   condition: selection
    ... ''')
    >>> for match in engine.scan({"Image": r"C:\Windows\whoami.exe"}):
    ...     print(match.rule.level, match.rule.title, match.selections)
    low Whoami Execution ['selection']
"""

from hypersigma._hypersigma import version as _version
from hypersigma.engine import Engine
from hypersigma.errors import EventError, RuleError
from hypersigma.modifier import Modifier, modifiers
from hypersigma.rule_set import Diagnostic, Document, LoadReport, Rule
from hypersigma.scan_result import (
    EventPlace,
    FileProblem,
    Indicator,
    MalformedRecord,
    Match,
    Matches,
    ScanResult,
    ScanSummary,
)

__version__ = _version()

__all__ = [
    "Diagnostic",
    "Document",
    "Engine",
    "EventError",
    "EventPlace",
    "FileProblem",
    "Indicator",
    "LoadReport",
    "MalformedRecord",
    "Match",
    "Matches",
    "Modifier",
    "Rule",
    "RuleError",
    "ScanResult",
    "ScanSummary",
    "__version__",
    "modifiers",
]
