"""The command `hypersigma coverage`: ATT&CK, and what can fire here."""

from __future__ import annotations

import json
import sys

from hypersigma import coverage_flags, flags
from hypersigma.catalog import Catalog
from hypersigma.choices import ColorChoice, FieldsFormat, InputFormat
from hypersigma.command_rules import choose_loading, rule_errors
from hypersigma.coverage import (
    Comparison,
    Coverage,
    compare_coverage,
    measure_coverage,
)
from hypersigma.coverage_sample import Sample, sample_coverage
from hypersigma.engine import Engine
from hypersigma.exit_code import ExitCode, ExitError
from hypersigma.file_options import FileScanOptions
from hypersigma.inputs import Inputs, choose_sample
from hypersigma.load_options import RuleOptions
from hypersigma.loaded_rules import RuleSet
from hypersigma.navigator import make_layer
from hypersigma.outputs import open_output
from hypersigma.progress import scan_progress
from hypersigma.render import Screen
from hypersigma.render_coverage import CoveragePrinter
from hypersigma.scan_choice import (
    choose_scan,
    choose_threads,
    load_taxonomy,
)
from hypersigma.taxonomy import Taxonomy


def coverage(
    rules: flags.RulePaths,
    placeholders: flags.PlaceholderFile = None,
    pipeline: flags.PipelineNames = None,
    events: coverage_flags.SampleFiles = None,
    input_: flags.Input = InputFormat.AUTO,
    event_path: flags.EventPath = "",
    threads: flags.Threads = None,
    logsource: flags.StatedLogSource = None,
    logsource_field: flags.LogSourceField = "",
    layout: flags.Layout = None,
    taxonomy: flags.TaxonomyFiles = None,
    format_: coverage_flags.CoverageFormat = FieldsFormat.TEXT,
    navigator: coverage_flags.NavigatorFile = None,
    all_: flags.All = False,
    color: flags.Color = ColorChoice.AUTO,
    compare: coverage_flags.OtherRules = None,
) -> int:
    """Prints the ATT&CK techniques of rules, and which rules can fire here.

    With --events each rule fires (it matches), can fire (its log source and
    the fields it needs were seen) or is blind, with the reason.
    """
    inputs = choose_sample(events, input_)
    options = choose_loading(placeholders, pipeline)
    known = load_taxonomy(taxonomy)
    loaded, catalog, here = _measure(rules, options, known)
    comparison: Comparison | None = None
    if compare:
        _, _, other = _measure(compare, options, known)
        comparison = compare_coverage(here, other)
    sample: Sample | None = None
    if inputs:
        with rule_errors():
            engine = Engine(loaded, known, logsource_field)
        scan = choose_scan(
            engine,
            routing=None,
            log_source=logsource,
            layout=layout,
            verify=False,
            criteria={},
        )
        scan["event_path"] = event_path
        sample = _read(inputs, engine, catalog, choose_threads(threads), scan)
    if navigator is not None:
        layer = make_layer(here, comparison, sample)
        with open_output(navigator, _files(here, comparison, inputs)) as file:
            file.write(json.dumps(layer, indent=2).encode() + b"\n")
    if format_ is FieldsFormat.JSON:
        print(json.dumps(_to_dict(here, comparison, sample), indent=2))
    else:
        printer = CoveragePrinter(Screen(sys.stdout, color), all_)
        printer.print(here, comparison, sample)
    return ExitCode.DONE


def _measure(
    paths: list[str], options: RuleOptions, taxonomy: Taxonomy
) -> tuple[RuleSet, Catalog, Coverage]:
    with rule_errors():
        loaded = RuleSet.from_paths(paths, **options)
        catalog = Catalog.build(loaded, taxonomy=taxonomy, compare=False)
    if not loaded.rules:
        raise ExitError(
            ExitCode.RULES,
            f"no rules in {', '.join(paths)} ({loaded.report})",
        )
    return loaded, catalog, measure_coverage(catalog, loaded.rules)


def _read(
    inputs: Inputs,
    engine: Engine,
    catalog: Catalog,
    threads: int,
    options: FileScanOptions,
) -> Sample:
    options["format"] = inputs.format
    options["read"] = inputs.read
    progress = scan_progress(inputs)
    if progress.is_wanted:
        options["progress"] = progress.update
    try:
        return sample_coverage(
            engine, catalog, inputs.paths, threads=threads, **options
        )
    except (OSError, RuntimeError) as error:
        raise ExitError(ExitCode.INPUT, str(error)) from None
    finally:
        progress.hide()


def _files(
    here: Coverage, comparison: Comparison | None, inputs: Inputs | None
) -> list[str]:
    """Returns the files that were read, which no output may be."""
    rules = [*here.rules, *(comparison.other.rules if comparison else ())]
    files = dict.fromkeys(rule.file for rule in rules)
    return [*files, *(inputs.paths if inputs else ())]


def _to_dict(
    here: Coverage, comparison: Comparison | None, sample: Sample | None
) -> dict[str, object]:
    values: dict[str, object] = here.to_dict()
    if comparison:
        values["comparison"] = comparison.to_dict()
    if sample:
        values["sample"] = sample.to_dict()
    return values
