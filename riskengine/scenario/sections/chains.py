"""Reading sets of risks that exclude each other, and looking at chains of risks once all of them have been read."""

from collections.abc import Collection, Mapping
from math import fsum
from typing import Any, Final

from riskengine.model import Action, Correlation, Exclusive, Risk, Scenario
from riskengine.model.chain import TooManyStatesError, causes_of, chances, dependent_risks, set_of_risks
from riskengine.model.correlated import RISK, CorrelatedMembers
from riskengine.model.format import FORMAT
from riskengine.scenario.sections.cycles import circles
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.text.paths import Place
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.fields import Fields
from riskengine.scenario.values.sections import entities

DEPENDS: Final = "is triggered or excluded by others, waits for a date, or is one of several triggers"
ROUNDING: Final = 1e-9
"""How far probabilities may add up to more than 1: three thirds do."""


def risk_ids(fields: Fields, key: str, risks: Collection[str], risk_id: str = "") -> tuple[str, ...]:
    """Return the ids of risks that a list names, each once and sorted, after reporting what is none.

    Parameters
    ----------
    risks : collection of str
        Ids of the document, faulty risks too.
    risk_id : str
        Id that must not be among them.
    """
    names: set[str] = set()
    for position, name in enumerate(fields.items(key)):
        place = (*fields.place, key, position)
        if not isinstance(name, str):
            fields.faults.add("RE113", place, name, rule="must be the id of a risk")
        elif name not in risks:
            fields.faults.add("RE370", place, name, cure=fields.faults.near(name, risks))
        elif name == risk_id:
            fields.faults.add("RE371", place, name, rule="a risk must not trigger itself", cure="take it out")
        else:
            names.add(name)
    return tuple(sorted(names))


def read_chains(
    tables: Mapping[str, Any], risk_tables: Mapping[str, Any], risks: Mapping[str, Risk], faults: Faults
) -> dict[str, Exclusive]:
    """Return the sound sets of risks of which at most one occurs, sorted by id, after looking at what triggers what."""
    exclusive = read_exclusive(tables, risk_tables, faults)
    if not faults.all:
        check_written_chains(risks, exclusive, faults)
    return exclusive


def read_exclusive(tables: Mapping[str, Any], risk_tables: Mapping[str, Any], faults: Faults) -> dict[str, Exclusive]:
    """Return the sound sets of risks of which at most one occurs, sorted by id."""
    sets = {}
    first: dict[str, str] = {}
    plain = PlainFields(FORMAT["exclusive"], apart=("risks",))
    for key, fields in entities("exclusive", tables, FORMAT["exclusive"], faults):
        place = (*fields.place, "risks")
        risks = risk_ids(fields, "risks", risk_tables) if fields.require("risks") else ()
        names = fields.data.get("risks")
        names = names if isinstance(names, list) and all(name in risks for name in names) else None
        if names is not None and not 2 <= len(names) == len(risks):
            faults.add("RE373", place, ", ".join(names) or "nothing")
        for name in risks:
            if name in first:
                rule = f"a risk must be in one set of outcomes at most: {name} is in {first[name]} already"
                faults.add("RE374", place, rule=rule)
            first.setdefault(name, key)
        sets[key] = Exclusive.model_construct(id=key, risks=risks, **plain.values(fields))
    return sets


def check_secondary_risks(actions: Mapping[str, Action], faults: Faults) -> None:
    """Report risks that two actions bring along."""
    first: dict[str, str] = {}
    for key, action in actions.items():
        for name in action.secondary_risks:
            if name in first:
                rule = f"a risk must be brought along by one action at most: {name} is by {first[name]} already"
                faults.add("RE374", ("actions", key, "secondary_risks"), rule=rule)
            first.setdefault(name, key)


def check_written_chains(risks: Mapping[str, Risk], exclusive: Mapping[str, Exclusive], faults: Faults) -> None:
    """Report circles, and what can never be, in chains as they were written."""
    for circle in circles({name: risk.triggered_by for name, risk in risks.items()}):
        rule = f"risks must not trigger each other in a circle: {' -> '.join(circle)}"
        faults.add("RE371", ("risks", circle[-1], "triggered_by"), rule=rule)
    if any(issue.code == "RE371" for issue in faults.all):
        return
    set_of = set_of_risks(exclusive)
    for name, risk in risks.items():
        rivals = exclusive[set_of[name]].risks if name in set_of else ()
        excluded = sorted(causes_of(name, risks).intersection(rivals))
        if excluded:
            rule = f"{excluded[0]}, which triggers {name}, excludes it ({set_of[name]})"
            faults.add("RE375", ("risks", name, "triggered_by"), rule=rule)
        if risk.exposure is not None and (risk.triggered_by or name in set_of):
            faults.add("RE377", ("risks", name, "exposure"))
    for key, each in exclusive.items():
        occurred = [name for name in each.risks if risks[name].status == "occurred"]
        if len(occurred) > 1:
            rule = f"of risks of which at most one occurs, at most one may have occurred: {', '.join(occurred)}"
            faults.add("RE376", ("exclusive", key, "risks"), rule=rule)


def check_chains(scenario: Scenario, faults: Faults) -> None:
    """Report outcomes that add up to more than 1, chains that cannot be worked out, and those that are correlated.

    Parameters
    ----------
    scenario : Scenario
        As its actions and the status of its risks make it.
    """
    for key, each in scenario.exclusive.items():
        total = fsum(scenario.risks[name].probability for name in each.risks)
        if total > 1 + ROUNDING:
            faults.add("RE372", ("exclusive", key, "risks"), f"{total:.9g}")
    try:
        chances(scenario)
    except TooManyStatesError as error:
        faults.add("RE379", ("risks", str(error), "triggered_by"))
    if scenario.correlations:
        refuse_correlated(scenario, faults)


def refuse_correlated(scenario: Scenario, faults: Faults) -> None:
    """Report correlations of risks that others trigger or exclude, or of which several may trigger one."""
    refused = set(dependent_risks(scenario))
    for name, risk in scenario.risks.items():
        causes = causes_of(name, scenario.risks)
        if len(causes) > 1 and risk.triggered_by:
            refused |= causes
    members = CorrelatedMembers(scenario)
    for key, correlation in scenario.correlations.items():
        for name in sorted(refused.intersection(risks_of(correlation, members))):
            rule = f"{name} {DEPENDS}, and must not be correlated"
            faults.add("RE378", place_of(key, correlation), f"{RISK}{name}", rule=rule)


def risks_of(correlation: Correlation, members: CorrelatedMembers) -> set[str]:
    """Return the ids of the risks that a correlation names."""
    return {name.removeprefix(RISK) for name in members.of(correlation) if name.startswith(RISK)}


def place_of(key: str, correlation: Correlation) -> Place:
    """Return where a correlation names its members."""
    what = "between" if correlation.between else "pairs" if correlation.pairs else "matrix"
    return ("correlations", key, what)
