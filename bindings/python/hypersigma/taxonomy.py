"""What events are called: layouts, names of fields, the log source map."""

from __future__ import annotations

from hypersigma import _hypersigma
from hypersigma.arguments import Path, encode_path


class Taxonomy:
    """Which log sources events belong to, and where a rule's fields are.

    Immutable. `Taxonomy()` is the one that is built in; docs/log_sources.md
    describes the file.

    Example:
        >>> taxonomy = Taxonomy().extend_yaml('''
        ... log_sources:
        ...   - name: our shop
        ...     when: {app: shop, action|exists: true}
        ...     is: [{product: shop, category: orders}]
        ...     fields:
        ...       User: [user.name, login]
        ... ''')
        >>> taxonomy.layouts[-1]
        'flat'
    """

    def __init__(self) -> None:
        """Makes the built-in taxonomy."""
        self._core = _hypersigma.Taxonomy()

    @classmethod
    def empty(cls) -> Taxonomy:
        """Returns a taxonomy that knows nothing: all events are unclassified.

        Example:
            >>> Taxonomy.empty().layouts
            ()
        """
        return cls._of(_hypersigma.Taxonomy.empty())

    @classmethod
    def _of(cls, core: _hypersigma.Taxonomy) -> Taxonomy:
        taxonomy = cls.__new__(cls)
        taxonomy._core = core
        return taxonomy

    def extend(self, path: Path) -> Taxonomy:
        """Returns this taxonomy with what a file says.

        Args:
            path: A YAML file. What has a name that is already there replaces
                it, the rest is added.

        Raises:
            FileNotFoundError: `path` does not exist.
            ValueError: The file is wrong; the message lists every problem with
                its place.

        Example:
            >>> Taxonomy().extend("no/such/file.yml")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return self._of(self._core.extend_from_file(encode_path(path)))

    def extend_yaml(
        self, text: str | bytes, label: str = "<taxonomy>"
    ) -> Taxonomy:
        """Returns this taxonomy with what a text says.

        Args:
            text: As the content of a file.
            label: Stands for the file in messages.

        Raises:
            ValueError: The text is wrong.

        Example:
            >>> Taxonomy().extend_yaml("logsources: []")
            Traceback (most recent call last):
            ...
            ValueError: <taxonomy>:1:1: unknown key 'logsources' ...
        """
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        return self._of(self._core.extend(text, label))

    @property
    def layouts(self) -> tuple[str, ...]:
        """Names of the layouts, best first."""
        return tuple(self._core.layouts())
