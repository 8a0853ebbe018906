"""What each risk acts on, selectors taken apart."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from riskengine.model import AnyEstimate, Risk, Scenario
from riskengine.model.risk import Impact
from riskengine.model.selector import PROJECT, ImpactTargets
from riskengine.plan.variables.distribution import mean_of

MONEY: Final = "money"
FACTOR: Final = "factor"
EFFECTS: Final = tuple(Impact.model_fields)
"""Kinds of impact: all that the model declares."""


class Effect(NamedTuple):
    """One effect of a risk as it is written: the key of the impact, the kind of effect, how large it is."""

    risk: Risk
    selector: str
    kind: str
    estimate: AnyEstimate

    @property
    def id(self) -> str:
        """Where it stands in the scenario."""
        return f"risks.{self.risk.id}.impacts.{self.selector}.{self.kind}"

    @property
    def unit(self) -> str:
        """What its numbers are in."""
        if self.kind == "delay":
            return self.estimate.unit or "d"
        if self.kind == "items":
            return "items"
        return MONEY if self.kind in ("cost", "waiting_rate") else FACTOR


def effects(scenario: Scenario) -> Iterator[Effect]:
    """Yield every effect as it is written, by risk, key and kind."""
    for _, risk in sorted(scenario.risks.items()):
        for selector, impact in sorted(risk.impacts.items()):
            for kind in EFFECTS:
                estimate = getattr(impact, kind)
                if estimate is not None:
                    yield Effect(risk, selector, kind, estimate)


def impact_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the impacts: a row for each effect and whatever it acts on."""
    targets = ImpactTargets(scenario)
    columns: dict[str, list[Any]] = {
        name: []
        for name in (
            "risk",
            "selector",
            "effect",
            "acts_on",
            "target",
            "estimate",
            "shape",
            "plan_value",
            "mean",
            "unit",
        )
    }
    for effect in effects(scenario):
        rows = [_place(target) for target in targets.acted_on(effect.selector, effect.kind)]
        columns["acts_on"] += [kind for kind, _ in rows]
        columns["target"] += [target for _, target in rows]
        facts = {
            "risk": effect.risk.id,
            "selector": effect.selector,
            "effect": effect.kind,
            "estimate": effect.id,
            "shape": effect.estimate.shape,
            "plan_value": effect.estimate.plan_value(),
            "mean": mean_of(effect.estimate),
            "unit": effect.unit,
        }
        for name, value in facts.items():
            columns[name] += [value] * len(rows)
    return {**columns}


def _place(target: str) -> tuple[str, str]:
    """Return what kind of thing a target is, and its id."""
    if target == PROJECT:
        return PROJECT, PROJECT
    kind, _, id = target.partition("/")
    return ("cost line" if kind == "cost" else kind), id
