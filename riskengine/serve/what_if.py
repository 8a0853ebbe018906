"""A plan, and what becomes of it where controls stand otherwise: the same random numbers, paired differences."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from riskengine import engine
from riskengine.analysis.comparison import Comparison
from riskengine.analysis.drivers.swings import Swing, largest_swings
from riskengine.api.absence import changes_of
from riskengine.api.comparing import compare_samples
from riskengine.api.scenario import Scenario
from riskengine.api.simulating import SimulationOptions, checked, plan_of, settings_of
from riskengine.engine.drivers.sample import driver_sample
from riskengine.errors import Issue, ScenarioError, UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.results.samples.sample import Sample
from riskengine.scenario.text.paths import dotted
from riskengine.serve.controls import Control, movables_of
from riskengine.serve.moving import is_plain, with_plain
from riskengine.serve.wish import Wish

MOVING_ITERATIONS: Final = 2_560
"""Iterations while a control is moved, where all of them take too long."""
FAST_S: Final = 0.05
"""An answer is fast that takes no longer [s]."""
MOST_DRIVERS: Final = 12
LEAST_FOR_DRIVERS: Final = 2
"""Iterations of which a spread can be told."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a change: the key of the control that it is blamed on, empty for none, and the words."""

    control: str
    text: str


class FaultyWishError(Exception):
    """What is asked for is refused, as a file would be that says it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__("faults")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Answer:
    """What becomes of the plan.

    Attributes
    ----------
    scenario : Scenario
    before, after : Sample
        The plan as it is, and as it would be.
    result : Comparison
    """

    scenario: Scenario
    before: Sample
    after: Sample
    result: Comparison


class WhatIf:
    """A plan that is asked what would be if.

    Parameters
    ----------
    base : Scenario
        The plan as it is.
    options : SimulationOptions
        Its progress is that of the first run, of the plan as it is.

    Notes
    -----
    A changed scenario is read from the base's document and simulated on its compiled plan, of which only what differs
    is made anew. What anybody asked before has no part in an answer.
    """

    def __init__(self, base: Scenario, options: SimulationOptions) -> None:
        self.base = base
        self.options = replace(checked(options), contributions=False)
        self.movables = movables_of(base)
        self.controls: dict[str, Control] = {
            control.key: control for each in self.movables for control in each.controls.values()
        }
        self._samples: dict[int, Sample] = {}
        self._last_s = 0.0
        self._resting: tuple[object, Scenario] = (({}, ()), base)
        self.base_sample(self.options.iterations)
        self.options = replace(self.options, progress=None)

    def base_sample(self, iterations: int) -> Sample:
        """Return so many iterations of the plan as it is."""
        if iterations not in self._samples:
            self._samples[iterations] = self.simulated(self.base, iterations)
        return self._samples[iterations]

    def simulated(self, scenario: Scenario, iterations: int) -> Sample:
        """Run a plan.

        Raises
        ------
        ScenarioError, MachineError
            As the engine does.
        """
        settings = settings_of(replace(self.options, iterations=iterations))
        return engine.simulate(plan_of(scenario), settings, self.options.progress, share=self.options.memory_share)

    def answer(self, wish: Wish) -> Answer:
        """Return what becomes of the plan.

        Raises
        ------
        FaultyWishError
            With every fault that a file would have that says the same.
        """
        began = time.perf_counter()
        iterations = self.options.iterations
        if wish.is_moving and self._last_s > FAST_S:
            iterations = min(iterations, MOVING_ITERATIONS)
        changed = self.moved(wish) if wish.is_moving else self.varied(wish)
        try:
            after = self.simulated(changed, iterations)
        except ScenarioError as error:
            raise FaultyWishError(self.faults_of(error, wish)) from None
        before = self.base_sample(iterations)
        result = compare_samples((self.base, changed), (before, after))
        if iterations == self.options.iterations:
            self._last_s = time.perf_counter() - began
        return Answer(changed, before, after, result)

    def drivers(self, wish: Wish) -> list[Swing]:
        """Return what moves the finish most of the plan as it would be, the largest first.

        Raises
        ------
        FaultyWishError
        """
        if self.options.iterations < LEAST_FOR_DRIVERS:
            return []
        changed = self.varied(wish)
        try:
            plan = plan_of(changed)
            sample = self.simulated(changed, self.options.iterations)
        except ScenarioError as error:
            raise FaultyWishError(self.faults_of(error, wish)) from None
        made = driver_sample(plan, settings_of(self.options), sample)
        return largest_swings(made, sample.target.index(self.targets[wish.target]), MOST_DRIVERS)

    @property
    def targets(self) -> tuple[str, ...]:
        """Whose finish can be drawn: the project, and targets by their ids."""
        return self.base_sample(self.options.iterations).target

    def moved(self, wish: Wish) -> Scenario:
        """Return the plan as it would be while a slider moves, with what rests read once.

        Raises
        ------
        FaultyWishError
        """
        plain = {key: value for key, value in wish.changes.items() if is_plain(self.base, self.controls[key], value)}
        resting = replace(wish, changes={key: value for key, value in wish.changes.items() if key not in plain})
        wish_before, scenario = self._resting
        if wish_before != (resting.changes, resting.absences):
            scenario = self.varied(resting)
            self._resting = (resting.changes, resting.absences), scenario
        return with_plain(scenario, {self.controls[key]: value for key, value in plain.items()})

    def varied(self, wish: Wish) -> Scenario:
        """Return the plan as it would be.

        Raises
        ------
        FaultyWishError
        """
        changes = self.changes_of(wish)
        try:
            return self.base.changed(changes) if changes else self.base
        except ScenarioError as error:
            raise FaultyWishError(self.faults_of(error, wish)) from None

    def changes_of(self, wish: Wish) -> dict[str, object]:
        """Return what an overlay of the plan would say, by dotted path.

        Raises
        ------
        FaultyWishError
            If somebody is away who has nothing to do, or the days are in the wrong order.
        """
        changes = {dotted(self.controls[key].place): value for key, value in wish.changes.items()}
        faults, made = [], self.base
        for number, absence in enumerate(wish.absences, 1):
            control = f"absence-{number - 1}"
            if absence.last < absence.first:
                entry = CATALOGUE["RE683"]
                value = f"{absence.first}..{absence.last}"
                faults.append(Fault(control, Issue("RE683", "", entry.rule, value, cure=entry.clause).format()))
                continue
            try:
                of_absence = changes_of(made, absence, number)
            except UsageError as error:
                faults.append(Fault(control, str(error)))
                continue
            made = made.changed(of_absence)
            changes |= of_absence
        if faults:
            raise FaultyWishError(faults)
        return changes

    def faults_of(self, error: ScenarioError, wish: Wish) -> list[Fault]:
        """Return each fault beside the control that it is about."""
        moved = [self.controls[key] for key in wish.changes]
        return [Fault(control_at(issue.path, moved), text_of(issue)) for issue in error.issues]


def text_of(issue: Issue) -> str:
    """Return a fault as the command line says it, but for its file, which there is none of."""
    return replace(issue, file="", line=None).format()


def control_at(path: str, controls: Iterable[Control]) -> str:
    """Return the key of the control that a fault at a place is about: its own, else one of the same entity."""
    of_entity = ""
    for control in controls:
        place = dotted(control.place)
        if path == place or path.startswith((f"{place}.", f"{place}[")):
            return control.key
        entity = dotted(control.place[:2])
        if path == entity or path.startswith(f"{entity}."):
            of_entity = of_entity or control.key
    return of_entity
