"""Reports for pipelines: the options that ask for them, what is gathered for them, the files they are written to."""

import contextlib
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskengine.cli.input.scenario_input import gate_places, read_input
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import atomic_write, console, failure

if TYPE_CHECKING:
    from riskengine.cli.batch.scenario import ScenarioOutcome
    from riskengine.pipelines.result import ScenarioResult
    from riskengine.results.run import RunRecord

SUMMARY = "GITHUB_STEP_SUMMARY"
"""Variable of the environment with the file that GitHub shows below a run of a workflow."""

WORKSPACE = "GITHUB_WORKSPACE"
"""Variable with the folder of the checkout, which names of files in annotations are relative to."""

LOOKED_AT = 1000
"""Characters of a file in which a report of ours names itself."""


@dataclass(frozen=True)
class PipelineOptions:
    """Which reports are asked for.

    Parameters
    ----------
    junit, markdown : path or None
        Files to write.
    is_github : bool
        Whether to annotate on stderr, and to append to the summary of the step.
    """

    junit: Path | None = None
    markdown: Path | None = None
    is_github: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether there is anything to report to."""
        return self.junit is not None or self.markdown is not None or self.is_github


def pipeline_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of reports for pipelines, gathered for the command as ``pipeline``."""

    @functools.wraps(function)
    def gather(*, junit: Path | None, markdown: Path | None, is_github: bool, **others: Any) -> Any:
        return function(pipeline=PipelineOptions(junit, markdown, is_github), **others)

    file = click.Path(path_type=Path)
    command: Callable[..., Any] = gather
    for option in (
        click.option(
            "--github",
            "is_github",
            is_flag=True,
            help="Annotate files for GitHub, on stderr, and append the summary to that of the step.",
        ),
        click.option("--markdown", type=file, metavar="FILE", help="Write a summary in Markdown, too."),
        click.option("--junit", type=file, metavar="FILE", help="Write the gates as test cases in JUnit XML, too."),
    ):
        command = option(command)
    return command


def check_targets(options: PipelineOptions) -> None:
    """Refuse files that could not be written, before anything is computed.

    Raises
    ------
    UsageError
    """
    if options.junit is None and options.markdown is None:
        return
    check_address_space()
    from riskengine.pipelines import junit
    from riskengine.report.text import markdown_text

    check_target(options.junit, junit.MARK)
    check_target(options.markdown, markdown_text.MARK)


def check_target(path: Path | None, mark: str) -> None:
    """Refuse to write where there is no folder, or a file that is no report of ours.

    Parameters
    ----------
    path : path or None
        None is never refused.
    mark : str
        What a report of this kind has near its beginning.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if path is None:
        return
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}", "RE961", "make the folder first")
    if path.is_file() and path.stat().st_size > 0:
        with path.open(encoding="utf-8", errors="replace") as stream:
            if mark not in stream.read(LOOKED_AT):
                cure = "choose another name, or remove the file"
                raise UsageError(f"{path} is no report of riskengine; nothing was written", "RE962", cure)


@contextlib.contextmanager
def reported(options: PipelineOptions, scenario: Path, key: str) -> Iterator["Callable[[RunRecord, Any], None]"]:
    """Report one scenario: what the body hands over, or why it came to nothing.

    Parameters
    ----------
    options : PipelineOptions
    scenario : path
    key : str
        Name of its results folder.

    Yields
    ------
    callable
        Takes the run and where its gates are written, as soon as there is an answer.
    """
    if not options.is_wanted:
        yield lambda run, places: None
        return
    check_targets(options)
    from riskengine.pipelines.result import result_of

    results: list[ScenarioResult] = []
    try:
        yield lambda run, places: results.append(result_of(run, str(scenario), key, places))
    except Exception as error:
        try:
            write_reports(options, results or [problem_of(error, str(scenario), key)])
        except OSError as second:  # the first is the one that matters
            console.message(f"error: {failure.storage(second)}")
        raise
    write_reports(options, results)


def report_batch(options: PipelineOptions, outcomes: "Sequence[ScenarioOutcome]") -> None:
    """Report every scenario of a batch."""
    if options.is_wanted:
        write_reports(options, [_result_of_outcome(outcome) for outcome in outcomes])


def _result_of_outcome(outcome: "ScenarioOutcome") -> "ScenarioResult":
    from riskengine.errors import RiskengineError
    from riskengine.pipelines.result import ScenarioResult, result_of_row

    row = outcome.row
    if row["status"] != "done":
        scenario = row["scenario"]
        return ScenarioResult(scenario, row["scenario_key"], scenario, problem=row["message"], issues=outcome.issues)
    path = Path(row["scenario"])
    try:  # its text was let go while others ran
        places = gate_places(read_input(path, []), path)
    except (RiskengineError, OSError):
        places = {}
    return result_of_row(row, places)


def problem_of(error: Exception, scenario: str, key: str) -> "ScenarioResult":
    """Return what became of a scenario that came to nothing."""
    from riskengine.errors import RiskengineError, ScenarioError
    from riskengine.errors.counting import counted
    from riskengine.pipelines.result import ScenarioResult

    code = error.code if isinstance(error, RiskengineError) else ""
    issues = error.issues if isinstance(error, ScenarioError) else ()
    problem = counted(len(issues), "fault") if issues else failure.explain(error)[1][-1].removeprefix("error: ")
    return ScenarioResult(scenario, key, scenario, problem=problem, code=code, issues=issues)


def write_reports(options: PipelineOptions, results: "Sequence[ScenarioResult]") -> None:
    """Write every report that is asked for.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    from riskengine.pipelines.github import annotations
    from riskengine.pipelines.junit import junit_xml
    from riskengine.pipelines.markdown import summary_markdown

    if options.junit is not None:
        atomic_write.write(options.junit, junit_xml(results))
    if options.markdown is not None:
        atomic_write.write(options.markdown, summary_markdown(results))
    if options.is_github:
        for line in annotations([_in_checkout(result) for result in results]):
            console.runner_command(line)
        append_to_step_summary(summary_markdown(results))


def append_to_step_summary(text: str) -> None:
    """Append Markdown to the summary of the step; outside of GitHub there is none."""
    place = os.environ.get(SUMMARY)
    if place:
        with Path(place).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)


def _in_checkout(result: "ScenarioResult") -> "ScenarioResult":
    """Return a result whose files are named from the root of the checkout, as GitHub has them."""
    gates = tuple(replace(gate, place=(checkout_path(gate.place[0]), gate.place[1])) for gate in result.gates)
    issues = tuple(replace(issue, file=checkout_path(issue.file or result.scenario)) for issue in result.issues)
    return replace(result, scenario=checkout_path(result.scenario), gates=gates, issues=issues)


def checkout_path(file: str) -> str:
    """Return the name of a file from the root of the checkout where it lies in one, with slashes."""
    root = os.environ.get(WORKSPACE)
    path = Path(os.path.abspath(file))  # noqa: PTH100 - a link stays what it is called
    if root and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return Path(file).as_posix()
