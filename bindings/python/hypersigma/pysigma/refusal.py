"""What cannot be said in YAML."""

from __future__ import annotations


class RefusalError(Exception):
    """A rule that becomes a refused document; the text says why."""
