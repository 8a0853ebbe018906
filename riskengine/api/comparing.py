"""Two plans, or runs of them, on the same random numbers: what the second changes."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from riskengine import engine
from riskengine.analysis import comparison
from riskengine.analysis.bridge import Bridge
from riskengine.api.asking import path_argument, wrong_argument
from riskengine.api.bridging import bridge_between
from riskengine.api.repeating import require_same_iterations
from riskengine.api.scenario import in_memory, is_text, read
from riskengine.api.simulating import SimulationOptions, checked, plan_of, settings_of
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Calendar, Scenario
from riskengine.plan.compile import as_planned
from riskengine.plan.difference import is_computed_alike
from riskengine.report.answers import bridge as bridge_words
from riskengine.report.answers import comparison as words
from riskengine.report.text.notation import clean
from riskengine.results.folder import store
from riskengine.results.run import RunRecord
from riskengine.results.samples.sample import Sample
from riskengine.scenario.differences import differences


@dataclass(frozen=True)
class Side:
    """One of two plans that are compared.

    Parameters
    ----------
    label : str
        What it is called.
    scenario : Scenario
        As the reader made it.
    run : RunRecord or None
        Where it was read from a results folder.
    """

    label: str
    scenario: Scenario
    run: RunRecord | None = None


class Comparison:
    """What one plan changes against another, on the same random numbers.

    Attributes
    ----------
    before, after : str
        What the two plans are called.
    """

    def __init__(
        self,
        before: Side,
        after: Side,
        result: comparison.Comparison,
        manifest: Mapping[str, Any],
        bridge: Bridge | None = None,
    ) -> None:
        self.before, self.after = before.label, after.label
        self._result, self._manifest, self._bridge = result, manifest, bridge
        self._scenarios = before.scenario, after.scenario

    @property
    def words(self) -> list[str]:
        """The differences in sentences, the finish and the cost first, then one for each gate that both plans have."""
        return words.sentences(self._names, self._result, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine compare --json`` prints; docs/command-line.md has its keys."""
        bridge = None if self._bridge is None else bridge_words.document(self._bridge)
        return {**words.document(self._names, self._result, self._manifest), "bridge": bridge}

    @property
    def changes(self) -> list[dict[str, Any]]:
        """What the second plan says otherwise than the first: the ``differences`` of ``riskengine diff --json``."""
        return [asdict(each) for each in differences(*self._scenarios)]

    def finish(self, statistic: str = "p80", target: str = "project") -> dict[str, Any]:
        """Return what is changed of the finish.

        Parameters
        ----------
        statistic : str
            ``plan`` (the deterministic plan), ``p50``, ``p80``, ``p90`` or ``mean``.
        target : str
            ``project``, or the id of a target that both plans have.

        Returns
        -------
        dict
            ``before``, ``after``, ``difference``, ``ci_low`` and ``ci_high`` in ``unit``, which is ``working days`` of
            the project's calendar or ``calendar days``; ``before_instant`` and ``after_instant``.

        Raises
        ------
        riskengine.UsageError
            If there is no such statistic or target.
        """
        return self._row(target, "finish", statistic)

    def cost(self, statistic: str = "p80") -> dict[str, Any]:
        """Return what is changed of the cost, as :meth:`finish` does; ``unit`` is the currency."""
        return self._row("project", "cost", statistic)

    def gate(self, id: str) -> dict[str, Any]:
        """Return the probability of a gate in both plans, and the difference with its interval.

        Raises
        ------
        riskengine.UsageError
            If the plans have no such gate in common.
        """
        there = {row["gate"]: row for row in self.document["gates"]}
        if id not in there:
            raise wrong_argument("id", f"must be a gate of both plans ({', '.join(map(clean, there)) or 'none'})", id)
        return dict(there[id])

    def _row(self, target: str, measure: str, statistic: str) -> dict[str, Any]:
        rows = [row for row in self.document["differences"] if (row["target"], row["measure"]) == (target, measure)]
        if not rows:
            raise wrong_argument("target", "must be project, or a target of both plans", target)
        there = {row["statistic"]: row for row in rows}
        if statistic not in there:
            raise wrong_argument("statistic", f"must be one of {', '.join(there)}", statistic)
        return dict(there[statistic])

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine compare`` prints: the sentences and the tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        text = words.render(self._names, self._result, self._manifest, width)
        if self._bridge is None:
            return text
        return f"{text}\n\n{bridge_words.render(self._bridge, self._result, self._manifest['currency'], width)}"

    @property
    def _names(self) -> tuple[str, str]:
        return self.before, self.after

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Comparison: {self.words[0]}>"


def side_of_run(run: RunRecord, label: str) -> Side:
    """Return the plan of a run."""
    return Side(label, in_memory(run.scenario_json, "scenario.json", None), run)


def side_of(source: Any, label: str, folder: Any) -> Side:
    """Return one of two plans that a call from Python gives: what is read as a scenario, a run, or its folder."""
    if isinstance(source, RunRecord):
        return side_of_run(source, label)
    if isinstance(source, str | os.PathLike) and not (isinstance(source, str) and is_text(source)):
        path = path_argument("source", source)
        if path.is_dir():
            return side_of_run(store.open_run(path), label)
    return Side(label, read(source, folder))


def compare(before: Any, after: Any, options: SimulationOptions, folder: Any, has_bridge: bool) -> Comparison:
    """Compare two plans, or runs; see :func:`riskengine.compare`."""
    labels = [label_of(source) for source in (before, after)]
    if labels[0] == labels[1]:
        labels = ["before", "after"]
    sides = [side_of(source, label, folder) for source, label in zip((before, after), labels, strict=True)]
    return compare_sides(sides[0], sides[1], options, has_bridge)


def label_of(source: Any) -> str:
    """Return what a plan is called: the name of its file or folder, empty for one in memory."""
    is_path = isinstance(source, os.PathLike) or (isinstance(source, str) and not is_text(source))
    return Path(source).stem if is_path else ""


def compare_sides(before: Side, after: Side, options: SimulationOptions, has_bridge: bool = False) -> Comparison:
    """Run two plans on the same random numbers, and compare them.

    Parameters
    ----------
    before, after : Side
    options : SimulationOptions
        How both are simulated; a results folder says itself from which seed, by which method and, at the most, how
        many iterations.
    has_bridge : bool
        Whether to say what each group of changes adds to the movement of P80.

    Raises
    ------
    UsageError
        If the plans are of two projects or currencies, or two folders have no draws in common.
    ScenarioError, ResultsError, MachineError
        As simulating does; and if the iterations of a folder do not come out again.
    """
    require_same_project(before.scenario, after.scenario)
    options = replace(checked(with_settings_of_runs(before, after, options)), contributions=False)
    settings = settings_of(options)
    samples = [sample_of(side, settings, options) for side in (before, after)]
    result = compare_samples((before.scenario, after.scenario), (samples[0], samples[1]))
    manifest = {
        "project": before.scenario.project,
        "currency": before.scenario.currency,
        "seed": settings.seed,
        "method": settings.method,
        "iterations": settings.iterations,
    }
    bridge = None
    if has_bridge:
        is_working = result.measures[0].unit == "working days"
        bridge = bridge_between((before.scenario, after.scenario), (samples[0], samples[1]), options, is_working)
    return Comparison(before, after, result, manifest, bridge)


def compare_samples(scenarios: tuple[Scenario, Scenario], samples: tuple[Sample, Sample]) -> comparison.Comparison:
    """Compare the runs of two plans, as many iterations of one seed and method each."""
    planned = [as_planned(scenario) for scenario in scenarios]
    calendars = [scenario.calendar_named(scenario.calendar) for scenario in planned]
    return comparison.compare(
        samples[0],
        samples[1],
        is_same_calendar=alike_hours(calendars[0], calendars[1]),
        is_alike=is_computed_alike(planned[0], planned[1]),
    )


def sample_of(side: Side, settings: engine.Settings, options: SimulationOptions) -> Sample:
    """Run one of two plans; what was read from a folder must come out again."""
    sample = engine.simulate(plan_of(side.scenario), settings, options.progress, share=options.memory_share)
    if side.run is not None:
        require_same_iterations(side.run, sample, side.label)
    return sample


def require_same_project(before: Scenario, after: Scenario) -> None:
    """Refuse plans that have no draws, or no money, in common."""
    for name in ("project", "currency"):
        one, other = (getattr(each, name) for each in (before, after))
        if one != other:
            cure = CATALOGUE["RE931"].clause
            texts = [clean(text) or "none" for text in (one, other)]
            raise UsageError(f"the {name} of one plan is {texts[0]}, and of the other {texts[1]}", "RE931", cure)


def with_settings_of_runs(before: Side, after: Side, options: SimulationOptions) -> SimulationOptions:
    """Return the options with the seed, the method and the iterations of the results folders, where there are any."""
    manifests = [side.run.manifest for side in (before, after) if side.run is not None]
    if not manifests:
        return options
    cure = CATALOGUE["RE932"].clause
    for name in ("seed", "method"):
        if len({manifest[name] for manifest in manifests}) > 1:
            one, other = (manifest[name] for manifest in manifests)
            raise UsageError(f"one run has the {name} {one}, and the other {other}", "RE932", cure)
    return replace(
        options,
        iterations=min(manifest["iterations"] for manifest in manifests),
        seed=manifests[0]["seed"],
        method=manifests[0]["method"],
    )


def alike_hours(one: Calendar, other: Calendar) -> bool:
    """Return whether two calendars count the same working days, whatever they are called."""
    return (one.week, one.exceptions, one.hours_per_day) == (other.week, other.exceptions, other.hours_per_day)
