"""One scenario, from its file to the answer that is printed and the folder that is written."""

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from riskengine.cli.check.doubts import say_doubts
from riskengine.cli.input.hard_constraints import without_hard_constraints
from riskengine.cli.input.options import AnswerForm, OutputOptions, RunOptions
from riskengine.cli.input.scenario_input import gate_places, input_name, read_input
from riskengine.cli.input.switches import switched
from riskengine.cli.machine import check_address_space, check_disk
from riskengine.cli.output import console
from riskengine.cli.output.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from riskengine.api.run import Run
    from riskengine.errors import ResultsError
    from riskengine.model import Scenario
    from riskengine.results.run import RunRecord
    from riskengine.scenario.read import Reading

RESULTS = Path("results")


def results_folder(scenario: Path, output_options: OutputOptions) -> Path | None:
    """Return the results folder of a scenario, ``results/<name of the file>`` where none is named; None for none."""
    if output_options.no_write:
        return None
    return output_options.folder or RESULTS / input_name(scenario)


def ignore_answer(run: "Run", places: object) -> None:
    """Take note of nothing."""


def run_and_print(
    scenario: Path,
    run_options: RunOptions,
    output_options: OutputOptions,
    needs_gates: bool = False,
    note_answer: "Callable[[Run, Any], None]" = ignore_answer,
) -> str:
    """Simulate a scenario, write its results, and print its answer.

    Parameters
    ----------
    scenario : path
        File of the scenario.
    run_options : RunOptions
    output_options : OutputOptions
    needs_gates : bool
        Refuse a scenario without gates.
    note_answer : callable
        Takes the run, and where its gates are written, once the answer is printed.

    Returns
    -------
    str
        ``go``, ``no-go`` or ``undecided``; ``none`` for a scenario without gates.

    Raises
    ------
    ScenarioError, ResultsError
        The answer is printed before a failure to write it is raised: hours of computing are not lost to a full disk.
    """
    from riskengine.api.gate import require_gates

    check_address_space()
    folder = results_folder(scenario, output_options)
    started_at = time.monotonic()
    with contextlib.ExitStack() as folder_lock:
        reading, model = read_as_asked(scenario, run_options)
        if needs_gates or (run_options.until is not None and run_options.until.asks_gates):
            require_gates(model, str(scenario))
        # The folder is claimed first: better refused now than after the computing.
        place = None if folder is None else folder_lock.enter_context(claimed(folder))
        if folder is not None:
            check_disk(folder, model, run_options.most_iterations)
        with Progress() as progress:
            run = compute(model, run_options, progress)
        failure = None if place is None else failure_to_write(place, run)
    print_answer(run, output_options.form, time.monotonic() - started_at)
    if run_options.until is not None:
        for line in run_options.until.words(run.tables, run.manifest["iterations"]):
            console.note(line)
    note_answer(run, gate_places(reading, scenario))
    if failure is not None:
        raise failure
    if folder is not None:
        console.note(f"results in {folder}")
    from riskengine.report.reading import decision

    return decision(run) or "none"


def read_as_asked(path: Path, run_options: RunOptions) -> "tuple[Reading, Scenario]":
    """Read a scenario, and return it as the options want it computed, with what it was read from; say what is doubtful.

    Raises
    ------
    ScenarioError
    """
    assumed: list[str] = []
    reading = read_input(path, assumed, run_options.is_strict)
    reading = switched(reading, run_options.switches, path, is_strict=run_options.is_strict)
    scenario = without_hard_constraints(reading.scenario, path, run_options.ignores_hard)
    say_doubts(scenario, path, assumed)
    return reading, scenario


def failure_to_write(place: Path, run: "Run") -> "ResultsError | None":
    """Write the results of a run, or return why that failed."""
    from riskengine.errors import ResultsError

    try:
        write_run(place, run)
    except ResultsError as error:
        return error
    return None


def write_run(place: Path, run: "RunRecord") -> None:
    """Write a run to its folder, which is claimed, and say which answers of the run before go with that.

    Raises
    ------
    ResultsError
    """
    from riskengine.results.folder.own_runs import commands_of_answers
    from riskengine.results.folder.store import write_claimed

    commands = commands_of_answers(place)
    write_claimed(place, run)
    if commands:
        names = ", ".join(commands)
        console.message(f"{place}: what {names} had put there (--keep) was of the run before: ask this one again")


def claimed(folder: Path) -> "AbstractContextManager[Path]":
    """Hold a results folder for the length of a run; see :func:`riskengine.results.folder.claim.claim`."""
    from riskengine.results.folder.claim import claim

    return claim(folder)


def compute(scenario: "Scenario", run_options: RunOptions, progress: "Callable[[int, int, str], None]") -> "Run":
    """Run the engine, with more blocks until the gates are decided where the options say so."""
    from riskengine.cluster.choosing import run_where_asked

    return run_where_asked(scenario, run_options.simulation(progress), run_options.cluster)


def print_answer(run: "RunRecord", form: AnswerForm, elapsed_s: float | None = None) -> None:
    """Print the answer of a run to stdout: one JSON object, or words and tables as wide as the terminal.

    Parameters
    ----------
    run : RunRecord
        Computed just now, or read from its folder.
    form : AnswerForm
    elapsed_s : float, optional [s]
        How long the run took, where it was run just now.
    """
    if form.is_json:
        from riskengine.report.summary.document import document

        console.document(document(run, elapsed_s))
    elif form.is_brief:
        from riskengine.report.summary.brief import render_brief

        console.answer(render_brief(run))
    else:
        from riskengine.report.summary import terminal
        from riskengine.report.text import chart

        strokes = chart.BLOCKS
        signs = (strokes.bars, strokes.curve, strokes.upright, strokes.level, *strokes.pointers)
        has_blocks = console.can_show("".join(signs))
        console.answer(terminal.render(run, console.width(), has_blocks))
