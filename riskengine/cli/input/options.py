"""Options that several commands share."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskengine.cli.input.cluster_place import Cluster
from riskengine.cli.input.counts import Count, Until
from riskengine.cli.input.switches import NO_SWITCHES, Switches, switch_options

if TYPE_CHECKING:
    from riskengine.analysis.stopping import StoppingRule
    from riskengine.api.simulating import Progress, SimulationOptions
    from riskengine.cluster.address import ClusterAddress
    from riskengine.model import Scenario

ITERATIONS = 10_240
SEED = 1
METHODS = ("random", "lhs", "sobol")
METHOD = "sobol"
MAX_ITERATIONS = 1_000_000_000


@dataclass(frozen=True)
class RunOptions:
    """What is asked of the engine.

    Parameters
    ----------
    iterations : int
        At least 1.
    seed : int
        0 to 2**64 - 1.
    method : str
        ``random``, ``lhs`` or ``sobol``.
    threads : int or None
        None takes what the machine has.
    until : StoppingRule or None
        Run more blocks until this holds, such as that every gate is decided, or so many iterations are done.
    ignores_hard : bool
        Leave mandatory dates and bounds from above out of the scenario.
    memory_share : float
        Part of the memory that is for one run, where others run beside it.
    has_contributions : bool
        Measure what each risk contributes.
    is_strict : bool
        Refuse correlations that cannot all be had, in place of taking the nearest.
    switches : Switches
        Actions that are put into force, and risks that are switched off.
    cluster : ClusterAddress or None
        Whose workers compute; None is this process.
    """

    iterations: int
    seed: int
    method: str
    threads: int | None
    until: "StoppingRule | None"
    ignores_hard: bool = False
    memory_share: float = 1.0
    has_contributions: bool = True
    is_strict: bool = False
    switches: Switches = NO_SWITCHES
    cluster: "ClusterAddress | None" = None

    @property
    def most_iterations(self) -> int:
        """Iterations that the run has at the most."""
        return self.iterations if self.until is None else self.until.most

    def simulation(self, progress: "Progress") -> "SimulationOptions":
        """Return how the engine is to run what these options ask for, saying how far it is by ``progress``."""
        from riskengine.api.simulating import SimulationOptions

        return SimulationOptions(
            iterations=self.iterations,
            seed=self.seed,
            method=self.method,
            threads=self.threads,
            until=self.until,
            progress=progress,
            memory_share=self.memory_share,
            contributions=self.has_contributions,
        )

    def without_gates(self, scenario: "Scenario") -> "RunOptions":
        """Return the options for a scenario that may have no gates, on which then nothing depends."""
        if self.until is None or scenario.gates:
            return self
        return replace(self, until=self.until.without_gates())


HARD_CONSTRAINTS = "Leave out mandatory dates, and what bounds dates from above; says how many there were."


def hard_constraints_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that leaves out what a delay cannot move."""
    return click.option("--ignore-hard-constraints", "ignores_hard", is_flag=True, help=HARD_CONSTRAINTS)(function)


def threads_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that says on how many threads to compute."""
    option = click.option(
        "--threads",
        envvar="RISKENGINE_THREADS",
        type=Count(1, 1024),
        metavar="N",
        help="Threads to compute on (default: all of the machine); changes no number.",
    )
    return option(function)


def engine_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of the engine, gathered for the command as ``run_options``.

    How many iterations, from which seed, by which method, on how many threads; a maximum below the number to begin
    with is refused.
    """

    @functools.wraps(function)
    def gather(
        *,
        iterations: int,
        seed: int,
        method: str,
        threads: int | None,
        until: "StoppingRule | None",
        no_contributions: bool,
        ignores_hard: bool,
        is_strict: bool,
        switches: Switches,
        cluster: "ClusterAddress | None",
        **others: Any,
    ) -> Any:
        if until is not None and until.most < iterations:
            raise click.UsageError(f"--until {until.most} is below --iterations {iterations}; give the maximum of both")
        return function(
            run_options=RunOptions(
                iterations=iterations,
                seed=seed,
                method=method,
                threads=threads,
                until=until,
                ignores_hard=ignores_hard,
                has_contributions=not no_contributions,
                is_strict=is_strict,
                switches=switches,
                cluster=cluster,
            ),
            **others,
        )

    command: Callable[..., Any] = gather
    for option in reversed(_options_of_the_engine()):
        command = option(command)
    return command


def drawing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of how plans are read and drawn, and of nothing that follows, gathered as ``run_options``."""

    @functools.wraps(function)
    def gather(
        *,
        iterations: int,
        seed: int,
        method: str,
        threads: int | None,
        ignores_hard: bool,
        is_strict: bool,
        **others: Any,
    ) -> Any:
        return function(
            run_options=RunOptions(
                iterations=iterations,
                seed=seed,
                method=method,
                threads=threads,
                until=None,
                ignores_hard=ignores_hard,
                has_contributions=False,
                is_strict=is_strict,
            ),
            **others,
        )

    command: Callable[..., Any] = gather
    for option in reversed((*_options_of_draws(), *_options_of_reading())):
        command = option(command)
    return command


def _options_of_draws() -> tuple[Callable[..., Any], ...]:
    return (
        click.option(
            "-n",
            "--iterations",
            envvar="RISKENGINE_ITERATIONS",
            type=Count(1, MAX_ITERATIONS),
            metavar="N",
            default=ITERATIONS,
            show_default=True,
            help="Simulated futures.",
        ),
        click.option(
            "--seed",
            envvar="RISKENGINE_SEED",
            type=Count(0, 2**64 - 1),
            metavar="N",
            default=SEED,
            show_default=True,
            help="Seed of the random streams; the same seed gives the same bytes.",
        ),
        click.option(
            "--method",
            envvar="RISKENGINE_METHOD",
            type=click.Choice(METHODS),
            default=METHOD,
            show_default=True,
            help="How the futures are drawn.",
        ),
        threads_option,
    )


def _options_of_reading() -> tuple[Callable[..., Any], ...]:
    return (
        hard_constraints_option,
        click.option(
            "--strict",
            "is_strict",
            is_flag=True,
            help="Refuse correlations that cannot all be had, in place of taking the nearest.",
        ),
    )


def _options_of_the_engine() -> tuple[Callable[..., Any], ...]:
    return (
        *_options_of_draws(),
        click.option(
            "--until",
            envvar="RISKENGINE_UNTIL",
            type=Until(MAX_ITERATIONS),
            metavar="MAX|WHEN",
            help="Go on until every gate is decided or WHEN holds, as 'P80(finish) +- 1d'; MAX iterations at most.",
        ),
        click.option(
            "--no-contributions",
            "no_contributions",
            is_flag=True,
            help="Leave out what each risk adds, which takes a further run for each of them.",
        ),
        *_options_of_reading(),
        switch_options,
        click.option(
            "--cluster",
            envvar="RISKENGINE_CLUSTER",
            type=Cluster(),
            metavar="local:N|ADDRESS",
            help="Compute with N processes of this machine, or the workers of a Dask scheduler at tcp://HOST:PORT.",
        ),
    )


@dataclass(frozen=True)
class AnswerForm:
    """In which form an answer is printed.

    Parameters
    ----------
    is_json : bool
        One JSON object instead of words.
    is_brief : bool
        Five lines instead of the whole summary.
    """

    is_json: bool = False
    is_brief: bool = False


@dataclass(frozen=True)
class OutputOptions:
    """Where results go, and how the answer is printed.

    Parameters
    ----------
    folder : path or None
        Results folder that was named.
    no_write : bool
        Write no results folder.
    form : AnswerForm
    """

    folder: Path | None
    no_write: bool
    form: AnswerForm


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that asks for one JSON object."""
    return click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of words.")(function)


def target_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names whose finish is asked for."""
    help_text = "Whose finish: a target of the plan."
    return click.option("--target", metavar="ID", default="project", show_default=True, help=help_text)(function)


def keep_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that puts an answer into the results folder that was asked."""
    help_text = "Put the tables into the results folder SOURCE, where its report and exports find them."
    return click.option("--keep", "has_to_keep", is_flag=True, help=help_text)(function)


def form_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of how an answer is printed, gathered for the command as ``form``."""

    @functools.wraps(function)
    def gather(*, is_json: bool, is_brief: bool, **others: Any) -> Any:
        if is_json and is_brief:
            raise click.UsageError("--json and --brief exclude each other")
        return function(form=AnswerForm(is_json, is_brief), **others)

    brief = click.option("--brief", "is_brief", is_flag=True, help="Print five lines instead of the whole summary.")
    return json_option(brief(gather))


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of the answer, gathered for the command as ``output_options``."""

    @functools.wraps(function)
    def gather(*, output: Path | None, no_write: bool, form: AnswerForm, **others: Any) -> Any:
        return function(output_options=OutputOptions(output, no_write, form), **others)

    command = form_options(gather)
    for option in reversed(
        (
            click.option(
                "-o",
                "--output",
                type=click.Path(path_type=Path),
                metavar="FOLDER",
                help="Results folder (default: results/<name of the file>); an older run there is replaced.",
            ),
            click.option("--no-write", is_flag=True, help="Print the answer and write no results folder."),
        )
    ):
        command = option(command)
    return command
