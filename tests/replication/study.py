"""All settings of a study, run side by side until each is settled or the time is over."""

import math
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import monotonic

from tests.replication.model import names
from tests.replication.pool import kind, pools, undecided
from tests.replication.run import UNTIL_MOST, Replications, Setting, replicate
from tests.replication.tally import Cell, Tally
from tests.replication.truths import subject

METHODS = ("random", "lhs", "sobol")
ITERATIONS = (16, 64, 100, 256, 300, 512, 1_000, 2_560, 10_240, 40_960)
CHUNK_SECONDS = 3.0
SMALLEST_CHUNK, LARGEST_CHUNK = 10, 250
REPORT_SECONDS = 10.0
WANTED_HASTE = 8.0
"""How many times as many replications a setting gets whose kinds of number are still to be told."""


@dataclass(frozen=True)
class Plan:
    """What is to be run.

    Parameters
    ----------
    models, methods : tuples of str
    iterations : tuple of int
    has_until : bool
        Whether runs that go on until their gates are decided are among it.
    replications : int
        At the most, for each setting.
    minutes : float
        At the most, for everything.
    jobs : int
        Processes; with 1 everything runs in this one.
    """

    models: tuple[str, ...] = field(default_factory=names)
    methods: tuple[str, ...] = METHODS
    iterations: tuple[int, ...] = ITERATIONS
    has_until: bool = True
    replications: int = 2_000
    minutes: float = 55.0
    jobs: int = 2

    def settings(self) -> Iterator[Setting]:
        """Every combination."""
        for model in self.models:
            for method in self.methods:
                for iterations in self.iterations:
                    yield Setting(model, method, iterations)
                if self.has_until and subject(model).questions:
                    yield Setting(model, method, UNTIL_MOST, True)


class Progress:
    """Where one setting stands."""

    def __init__(self, setting: Setting):
        about = subject(setting.model)
        estimates = () if setting.is_until else about.estimates
        questions = tuple(question.gate for question in about.questions)
        self.setting = setting
        self.tally = Tally(estimates, questions, setting.method, setting.iterations)
        self.cost = 0.0
        self.cells: list[Cell] = []
        self.is_running = False
        self.is_wanted = True
        """Whether it has a kind of number of which all models together do not tell 92 % from 95 % yet."""

    def add(self, part: Replications) -> None:
        """Count a chunk."""
        self.tally.add(part)
        self.cost = part.seconds / max(1, len(part.is_wrong))
        self.cells = self.tally.cells()
        self.is_running = False

    def is_settled(self, most: int) -> bool:
        """Whether more replications would change nothing."""
        if self.tally.count >= most:
            return True
        return bool(self.cells) and not any(
            each.verdict == "undecided" or "suspect" in each.verdict for each in self.cells
        )

    def chunk(self, most: int) -> int:
        """How many replications to run at once."""
        wanted = SMALLEST_CHUNK if not self.cost else math.ceil(CHUNK_SECONDS / self.cost)
        return min(max(SMALLEST_CHUNK, min(LARGEST_CHUNK, wanted)), most - self.tally.count)

    @property
    def turn(self) -> float:
        """The smaller, the sooner it is its turn: what costs more gets fewer replications, what is open more."""
        haste = 4.0 if any(cell.verdict.startswith("suspect") for cell in self.cells) else 1.0
        if self.is_wanted:
            haste *= WANTED_HASTE
        return self.tally.count * math.sqrt(max(self.cost, 1e-3)) / haste


def run(plan: Plan, report: Callable[[str], None] | None = None) -> list[Progress]:
    """Run a study."""
    say = report or (lambda words: print(words, file=sys.stderr, flush=True))  # noqa: T201
    all_of_it = [Progress(setting) for setting in plan.settings()]
    began = monotonic()
    clock = Clock(began, began + 60 * plan.minutes, say)
    if plan.jobs == 1:
        while (progress := next_of(all_of_it, plan)) and monotonic() < clock.end:
            progress.add(replicate(progress.setting, progress.tally.count, progress.chunk(plan.replications)))
            clock.tell(all_of_it, plan)
    else:
        in_processes(all_of_it, plan, clock)
    clock.tell(all_of_it, plan, is_last=True)
    return all_of_it


def next_of(all_of_it: list[Progress], plan: Plan) -> Progress | None:
    """Return the setting whose turn it is."""
    waiting = [each for each in all_of_it if not each.is_running and not each.is_settled(plan.replications)]
    return min(waiting, key=lambda each: each.turn, default=None)


def mark_wanted(all_of_it: list[Progress]) -> None:
    """Note which settings have a kind of number that all models together leave undecided.

    Notes
    -----
    The choice looks at the past alone, so that the odds of the tests keep their bounds.
    """
    open_kinds = {(each.kind, each.method) for each in undecided(pools(all_of_it))}
    for progress in all_of_it:
        progress.is_wanted = not progress.cells or any(
            (kind(progress.setting, cell), progress.setting.method) in open_kinds
            for cell in progress.cells
            if not cell.is_forced
        )


def in_processes(all_of_it: list[Progress], plan: Plan, clock: "Clock") -> None:
    """Run the settings in processes of their own, a chunk at a time."""
    running: dict[Future[Replications], Progress] = {}
    with ProcessPoolExecutor(plan.jobs, mp_context=get_context("spawn")) as pool:
        while True:
            while len(running) <= plan.jobs and monotonic() < clock.end:
                progress = next_of(all_of_it, plan)
                if progress is None:
                    break
                progress.is_running = True
                chunk = progress.chunk(plan.replications)
                running[pool.submit(replicate, progress.setting, progress.tally.count, chunk)] = progress
            if not running:
                return
            done, _ = wait(running, timeout=REPORT_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                running.pop(future).add(future.result())
            clock.tell(all_of_it, plan)


@dataclass
class Clock:
    """When the study ends, and how it tells where it stands."""

    began: float
    end: float
    say: Callable[[str], None]
    told: float = 0.0

    def tell(self, all_of_it: list[Progress], plan: Plan, is_last: bool = False) -> None:
        """Say where the study stands, not too often."""
        now = monotonic()
        if now - self.told < REPORT_SECONDS and not is_last:
            return
        self.told = now
        mark_wanted(all_of_it)
        settled = sum(each.is_settled(plan.replications) for each in all_of_it)
        runs = sum(each.tally.count for each in all_of_it)
        failed = sum(cell.is_failed for each in all_of_it for cell in each.cells)
        self.say(
            f"{(now - self.began) / 60:.1f} of {plan.minutes:g} min: {runs:,} runs, {settled} of {len(all_of_it)} "
            f"settings settled, {failed} cells failed so far"
        )
