"""Reading damages and bonuses: clauses that make money depend on a date."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from riskengine.model import Bonus, Damages
from riskengine.model.format import FORMAT
from riskengine.scenario.sections.gates import read_target
from riskengine.scenario.text.faults import Faults
from riskengine.scenario.values.entries import PlainFields
from riskengine.scenario.values.sections import entities

Clause = TypeVar("Clause", Damages, Bonus)
REQUIRED = ("date", "rate")


def read_date_clauses(
    kind: type[Clause], section: str, tables: Mapping[str, Any], tasks: Collection[str], faults: Faults
) -> dict[str, Clause]:
    """Return the clauses of one kind, sorted by id.

    Parameters
    ----------
    kind : type
        Of their model.
    section : str
        Where they stand.
    tables : mapping
        What stands there, by id.
    tasks : collection of str
        Ids of all tasks.
    faults : Faults
        Where faults go.
    """
    clauses = {}
    plain = PlainFields(FORMAT[section], apart=("target",), defaults=dict.fromkeys(REQUIRED))
    for key, fields in entities(section, tables, FORMAT[section], faults):
        for name in REQUIRED:
            fields.require(name)
        clauses[key] = kind.model_construct(id=key, target=read_target(fields, tasks, "RE422"), **plain.values(fields))
    return clauses
