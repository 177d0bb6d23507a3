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

from hypersigma._hypersigma import RuleMask
from hypersigma._hypersigma import version as _version
from hypersigma.catalog import Catalog
from hypersigma.column_scans import RowMatch, RowUndecided, TableMatches
from hypersigma.engine import Engine
from hypersigma.errors import (
    EngineFileError,
    EventError,
    PipelineError,
    RuleError,
)
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
from hypersigma.field_needs import FieldNeed, LogSourceNeeds
from hypersigma.file_options import FileScanOptions
from hypersigma.libraries import PatternLibrary, pattern_library
from hypersigma.load_options import LoadOptions, RuleOptions
from hypersigma.loaded_rules import RuleSet
from hypersigma.modifier import Modifier, modifiers
from hypersigma.pipeline import Pipeline
from hypersigma.profile import Profile, ProfiledEvents, RuleCost
from hypersigma.rule_set import Diagnostic, Document, LoadReport, Rule
from hypersigma.scan_options import ScanOptions
from hypersigma.scan_result import (
    EventPlace,
    FileCounts,
    FileProblem,
    Indicator,
    MalformedRecord,
    Match,
    Matches,
    ScanResult,
    ScanSummary,
    Undecided,
)
from hypersigma.taxonomy import Taxonomy
from hypersigma.verification import (
    Difference,
    ItemDifference,
    LoadDifference,
    Verification,
)

__version__ = _version()

__all__ = [
    "Catalog",
    "Change",
    "Diagnostic",
    "Difference",
    "Document",
    "Engine",
    "EngineFileError",
    "EventError",
    "EventPlace",
    "ExplainedDetection",
    "ExplainedSelection",
    "ExplainedValue",
    "Explanation",
    "FieldNeed",
    "FileCounts",
    "FileProblem",
    "FileScanOptions",
    "Indicator",
    "IndicatorHit",
    "ItemDifference",
    "LoadDifference",
    "LoadOptions",
    "LoadReport",
    "LogSourceNeeds",
    "MalformedRecord",
    "Match",
    "Matches",
    "Modifier",
    "PatternLibrary",
    "Pipeline",
    "PipelineError",
    "Profile",
    "ProfiledEvents",
    "RowMatch",
    "RowUndecided",
    "Rule",
    "RuleCost",
    "RuleError",
    "RuleExplanation",
    "RuleMask",
    "RuleOptions",
    "RuleSet",
    "ScanOptions",
    "ScanResult",
    "ScanSummary",
    "SeenField",
    "SeenValue",
    "TableMatches",
    "Taxonomy",
    "Undecided",
    "Verification",
    "__version__",
    "modifiers",
    "pattern_library",
]
