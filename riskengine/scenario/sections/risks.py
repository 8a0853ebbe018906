"""Reading risks and their impacts."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from riskengine.model import AnyEstimate, Impact, Risk
from riskengine.model.fields import Amount, Purpose
from riskengine.model.format import FORMAT
from riskengine.model.risk import FACTORS
from riskengine.model.selector import PROJECT
from riskengine.scenario.sections.chains import risk_ids
from riskengine.scenario.sections.delayed_relationships import check_waiting_rate
from riskengine.scenario.sections.exposures import ExposureReader
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.sections.waiting_risks import asked_task
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.estimates import read_estimate
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.point_defaults import PointDefaults
from riskengine.scenario.values.sections import entities

EFFECTS: Final[Mapping[str, Purpose]] = MappingProxyType(
    {key: entry.field.purpose for key, entry in FORMAT["impacts"].items() if isinstance(entry.field, Amount)}
)
"""What an impact can do, and what kind of estimate says how much."""


class RiskReader:
    """Reads the risks of one scenario.

    Parameters
    ----------
    tables : mapping
        The risks of the document.
    selection : Selection
        Finds the tasks of a selector.
    points : PointDefaults
        Shape of a list of points.
    owner : str
        Owner of a risk that names none.
    exposures : ExposureReader
        Reads when a risk can occur; faults go where its faults do.
    """

    def __init__(
        self,
        tables: Mapping[str, Any],
        selection: Selection,
        points: PointDefaults,
        owner: str,
        exposures: ExposureReader,
    ) -> None:
        self.tables = tables
        self.selection = selection
        self.points = points
        self.owner = owner
        self.exposures, self.faults = exposures, exposures.faults

    def read(self) -> dict[str, Risk]:
        """Return the sound risks, sorted by id."""
        risks = {}
        section = FORMAT["risks"]
        plain = PlainFields(
            section,
            apart=("impacts", "exposure", "triggered_by", "after"),
            defaults={"owner": self.owner, "probability": 1.0},
        )
        for key, fields in entities("risks", self.tables, section, self.faults):
            values = plain.values(fields)
            kind = values["kind"]
            if fields.data.get("kind", kind) != kind:
                kind = "driver"  # which kind is meant is not known, so ask the least of the rest
            if kind != "driver" and values["status"] != "occurred":
                fields.require("probability")
            exposure = self.exposures.read(fields) if "exposure" in fields.data else None
            triggered_by = risk_ids(fields, "triggered_by", self.tables, key)
            risks[key] = Risk.model_construct(
                id=key,
                exposure=exposure,
                triggered_by=triggered_by,
                after=asked_task(fields, self.exposures.tables),
                impacts=self.impacts(fields, kind),
                **values,
            )
        return risks

    def impacts(self, fields: Fields, kind: str) -> dict[str, Impact]:
        """Return the impacts, sorted by what they act on."""
        impacts: dict[str, Impact] = {}
        targets_by_effect: dict[str, list[tuple[str, Sequence[str]]]] = {effect: [] for effect in EFFECTS}
        for written, table in sorted(fields.table("impacts").items()):
            place = (*fields.place, "impacts", written)
            key = self.selection.unambiguous(written)
            if not isinstance(table, dict):
                self.faults.add("RE113", place, table, rule="must be a table such as {delay = [5, 10, 25]}")
                continue
            Fields(table, place, self.faults, EFFECTS)
            if not table:
                self.faults.add("RE306", place)
            is_cost_line = self.selection.is_cost_line(key)
            tasks, costs = self.hit_by(key, place, "cost_factor" in table)
            effects: dict[str, Any] = {}
            for effect, purpose in EFFECTS.items():
                if effect in table:
                    effects[effect] = self.effect(effect, table[effect], (*place, effect), purpose, kind)
                    targets_by_effect[effect].append((written, costs if effect == "cost_factor" else tasks))
                    if is_cost_line and effect not in ("cost_factor", "waiting_rate"):
                        self.faults.add("RE310", (*place, effect), table[effect])
            self.check_waits(key, effects, place)
            if key == PROJECT and "factor" in table:
                self.faults.add("RE307", (*place, "factor"), table["factor"])
            impacts[key] = Impact.model_construct(**effects)
        for effect, entries in targets_by_effect.items():
            if len(entries) > 1:
                self.refuse_second_hits(effect, entries, (*fields.place, "impacts"))
        return dict(sorted(impacts.items()))

    def hit_by(self, key: str, place: Place, prices: bool) -> tuple[Sequence[str], Sequence[str]]:
        """Return the tasks or the relationship that a key stands for and, where it prices, whose costs it does."""
        if self.selection.is_relationship(key):
            return (key,), ()
        is_cost_line = self.selection.is_cost_line(key)
        costs = self.selection.costs(key, place, self.faults) if is_cost_line or prices else ()
        return () if is_cost_line else self.selection.tasks(key, place, self.faults), costs

    def check_waits(self, key: str, effects: Mapping[str, AnyEstimate | None], place: Place) -> None:
        """Report what is wrong with the delay of a relationship, and with a rate of waiting for anything else."""
        is_relationship = self.selection.is_relationship(key)
        if self.selection.relationships is not None and is_relationship:
            self.selection.relationships.check(key, place, effects, self.faults)
        if "waiting_rate" in effects:
            rate_place = (*place, "waiting_rate")
            check_waiting_rate(effects["waiting_rate"], is_relationship, rate_place, self.faults)

    def effect(self, effect: str, value: object, place: Place, purpose: Purpose, kind: str) -> AnyEstimate | None:
        """Return one effect of an impact whose sign suits the kind of the risk."""
        estimate = read_estimate(value, place, self.faults, purpose, self.points)
        if estimate is not None:
            low, high = estimate.support()
            rule = sign_rule(effect, kind, low, high)
            if rule:
                self.faults.add("RE304", place, value, rule=rule)
        return estimate

    def refuse_second_hits(self, effect: str, entries: list[tuple[str, Sequence[str]]], place: Place) -> None:
        """Report each entry with the first task that an entry before it hits in the same way."""
        first_entry: dict[str, str] = {}
        for key, tasks in entries:
            twice = next((task for task in tasks if task in first_entry), None)
            if twice is not None:
                rule = f'task "{twice}" is hit by "{first_entry[twice]}" and by "{key}"'
                self.faults.add("RE305", (*place, key, effect), rule=rule)
            first_entry.update(dict.fromkeys(tasks, key))


def sign_rule(effect: str, kind: str, low: float, high: float) -> str:
    """Return the rule of signs that an effect between two values breaks, or nothing."""
    if effect == "waiting_rate":
        return ""
    between = f" (this one reaches from {low:g} to {high:g})" if low < high else ""
    if effect in FACTORS:
        if kind == "threat" and low < 1:
            return f"a threat must have a {effect} of at least 1{between}"
        if kind == "opportunity" and (low <= 0 or high > 1):
            return f"an opportunity must have a {effect} above 0 and at most 1{between}"
        if low < 0:
            return f"a {effect} must not be negative{between}"
    elif kind == "threat" and low < 0:
        return f"a threat must have no {effect} below 0{between}"
    elif kind == "opportunity" and high > 0:
        return f"an opportunity must have no {effect} above 0{between}"
    return ""
