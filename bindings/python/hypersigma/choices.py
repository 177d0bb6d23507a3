"""What flags of the commands may be."""

from __future__ import annotations

from enum import StrEnum

LEVELS = ["informational", "low", "medium", "high", "critical"]
STATUSES = ["stable", "test", "experimental", "deprecated", "unsupported"]
SHOWN_NEEDS = 20


class OutputFormat(StrEnum):
    """How matches are written."""

    TABLE = "table"
    NDJSON = "ndjson"
    JSON = "json"
    CSV = "csv"


class CheckFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class FieldsFormat(StrEnum):
    """How needs are written."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """From which severity on problems fail the check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class InputFormat(StrEnum):
    """What files hold."""

    AUTO = "auto"
    LINES = "lines"
    JSON = "json"
    RAW = "raw"
    EVTX = "evtx"


class RoutingChoice(StrEnum):
    """Which rules an event is tested against."""

    AUTO = "auto"
    STRICT = "strict"
    OFF = "off"


class ColorChoice(StrEnum):
    """Whether text for people has colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"
