"""Processing pipelines: they fit rules to what events look like."""

from __future__ import annotations

import os
from collections.abc import Iterable

from hypersigma import _hypersigma
from hypersigma.arguments import Path, encode_path


class Pipeline:
    """Changes to rules, in the format of pySigma; immutable.

    docs/pipelines.md says what is supported and what differs.

    Example:
        >>> from hypersigma import Engine, Pipeline
        >>> pipeline = Pipeline.from_yaml('''
        ... name: Our names
        ... transformations:
        ... - type: field_name_mapping
        ...   mapping: {Image: process.executable}
        ... ''')
        >>> engine = Engine.from_yaml(
        ...     '''
        ... title: Whoami Execution
        ... logsource: {category: process_creation}
        ... detection:
        ...   selection: {Image|endswith: whoami.exe}
        ...   condition: selection
        ... ''',
        ...     pipelines=[pipeline],
        ... )
        >>> engine.fields
        ('process.executable',)
    """

    def __init__(self, core: _hypersigma.Pipeline) -> None:
        """Use `from_file`, `from_yaml` or `built_in`."""
        self._core = core

    @classmethod
    def from_file(cls, path: Path) -> Pipeline:
        """Reads a YAML file.

        Args:
            path: The file.

        Returns:
            The pipeline.

        Raises:
            FileNotFoundError: `path` does not exist.
            PipelineError: The file is no pipeline; the message has each
                problem on a line of its own, with file, line and column.

        Example:
            >>> Pipeline.from_file("no-such.yml")
            Traceback (most recent call last):
            ...
            FileNotFoundError: ...
        """
        return cls(_hypersigma.Pipeline.from_file(encode_path(path)))

    @classmethod
    def from_yaml(
        cls, text: str | bytes, label: str = "<pipeline>"
    ) -> Pipeline:
        """Reads a YAML text.

        Args:
            text: One document; bytes are UTF-8.
            label: What stands for the file in messages.

        Returns:
            The pipeline.

        Raises:
            PipelineError: As in `from_file`.

        Example:
            >>> Pipeline.from_yaml("transformations: [{type: nset}]")
            Traceback (most recent call last):
            ...
            hypersigma.errors.PipelineError: <pipeline>:1:26: unknown ...
        """
        if isinstance(text, str):
            text = text.encode("utf-8", "surrogatepass")
        return cls(_hypersigma.Pipeline.from_yaml(text, label))

    @classmethod
    def built_in(cls, name: str) -> Pipeline:
        """Returns a pipeline that comes with hypersigma.

        Args:
            name: One of `built_in_names`.

        Returns:
            The pipeline.

        Raises:
            FileNotFoundError: There is none of that name.

        Example:
            >>> Pipeline.built_in("sysmon").priority
            10
        """
        return cls(_hypersigma.Pipeline.built_in(name))

    @staticmethod
    def built_in_names() -> list[str]:
        """Returns the names of the pipelines that come with hypersigma.

        Returns:
            The names, sorted.

        Example:
            >>> Pipeline.built_in_names()
            ['ecs-windows', 'sysmon', 'windows-audit']
        """
        return _hypersigma.Pipeline.built_in_names()

    @property
    def name(self) -> str:
        """The pipeline's own name, or its file."""
        return self._core.name()

    @property
    def priority(self) -> int:
        """Pipelines are applied in this order, the lowest first."""
        return self._core.priority()

    def __repr__(self) -> str:
        """Returns name and priority."""
        return f"<Pipeline: {self.name!r}, priority {self.priority}>"


Pipelines = Iterable[Pipeline | Path]


def find_pipeline(pipeline: Pipeline | Path) -> Pipeline:
    """Returns a pipeline, given as such, by its built-in name, or as a file.

    Args:
        pipeline: A built-in name goes before a file of that name.

    Returns:
        The pipeline.

    Raises:
        FileNotFoundError: There is neither.
        PipelineError: The file is no pipeline.

    Example:
        >>> find_pipeline("sysmon")
        <Pipeline: 'Windows categories as Sysmon events', priority 10>
    """
    if isinstance(pipeline, Pipeline):
        return pipeline
    if pipeline in Pipeline.built_in_names():
        return Pipeline.built_in(str(pipeline))
    return Pipeline.from_file(pipeline)


def find_pipelines(pipelines: Pipelines) -> list[_hypersigma.Pipeline]:
    """Returns pipelines as the extension takes them.

    Args:
        pipelines: As `find_pipeline` takes them.

    Raises:
        FileNotFoundError, PipelineError: As `find_pipeline`.
        TypeError: `pipelines` is one name or path.
    """
    if isinstance(pipelines, (str, bytes, os.PathLike)):
        raise TypeError("pipelines is one pipeline; expected several")
    return [find_pipeline(pipeline)._core for pipeline in pipelines]


def apply_pipelines(
    rules: _hypersigma.RuleSet, pipelines: Pipelines
) -> _hypersigma.RuleSet:
    """Returns rules as pipelines change them, in order of their priority.

    Args:
        rules: As loaded.
        pipelines: As `find_pipeline` takes them.

    Returns:
        The rules that pipelines do not refuse.

    Raises:
        FileNotFoundError, PipelineError: As `find_pipeline`.
        TypeError: `pipelines` is one name or path.
    """
    cores = find_pipelines(pipelines)
    return rules.under(cores) if cores else rules
