"""The registry of the scenario format: what each table of a file may say, from the declarations of the models.

What is no attribute of a model, because it is short for others or gone once files have been merged, is declared here.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from riskengine.model.action import Action, RiskChange
from riskengine.model.backlog import Backlog, History
from riskengine.model.branch import Branch
from riskengine.model.calendar import Calendar
from riskengine.model.change import Change
from riskengine.model.correlation import CorrelatedPair, Correlation, CorrelationMatrix
from riskengine.model.cost import CostLine, Resource
from riskengine.model.date_clause import Bonus, Damages
from riskengine.model.entry import Entry, Section, declared, only_in_files, with_more
from riskengine.model.estimate import LISTED_SHAPES, SPREAD_SHAPES
from riskengine.model.exclusive import Exclusive
from riskengine.model.fields import (
    Choice,
    Entities,
    Flag,
    Instant,
    Number,
    Reference,
    References,
    Special,
    Table,
    Text,
)
from riskengine.model.gate import Gate
from riskengine.model.learning import Learning
from riskengine.model.lost_days import LostDays
from riskengine.model.price_index import PriceIndex
from riskengine.model.progress import Constraint, Imported, ImportSource
from riskengine.model.project import Project
from riskengine.model.relationship import Relationship
from riskengine.model.rework import Rework
from riskengine.model.risk import Exposure, Impact, Risk
from riskengine.model.scenario import Scenario
from riskengine.model.schedule import Levelling, ScheduleOptions
from riskengine.model.task import Task, TaskCost

DEFAULT_SHAPE: Final = "pert"

OF_BACKLOGS: Final = (
    *("name", "description", "items", "history", "period", "growth", "focus", "added", "finish", "sampling"),
    *("after", "calendar", "cost", "team", "owner", "wbs", "tags", "resources", "constraints", "deadline", "priority"),
    *("exists", "early_finish_passed_on", "actual_start", "actual_finish", "resume"),
)
"""Keys of a backlog: its own, and those that it has as any task."""


def section(*entries: Entry) -> Section:
    """Return a section of entries that belong to no model: their keys serve as attributes."""
    return MappingProxyType({entry.key: replace(entry, attribute=entry.key) for entry in entries})


def shape(meaning: str, words: tuple[str, ...] = LISTED_SHAPES) -> Entry:
    """Return the entry of the shape of what is written as a list of points, or as a spread."""
    return only_in_files("shape", Choice(meaning, words=words, example='"triangular"'), DEFAULT_SHAPE)


def ends(whose: str) -> tuple[Entry, Entry]:
    """Return the entries that say which percentiles the ends of estimates are."""
    low, high = f"Percentile that the lowest value of {whose} is.", f"Percentile that the highest value of {whose} is."
    return (
        only_in_files("low_is", Special(low, example='"p10"')),
        only_in_files("high_is", Special(high, example='"p90"')),
    )


FORMAT: Final[Mapping[str, Section]] = MappingProxyType(
    {
        "": with_more(
            declared(Scenario),
            {
                "": (only_in_files("schema", Special("Version of the format: 1.", is_required=True, example="1")),),
                "start": (
                    only_in_files(
                        "data_date",
                        Instant("Status date of a project under way, in place of start.", example="2027-04-12"),
                    ),
                ),
                "wbs": (
                    only_in_files(
                        "defaults",
                        Table(
                            "What holds for tasks, risks and costs that do not say otherwise.",
                            "defaults",
                            is_merged=True,
                            example='{ shape = "triangular" }',
                        ),
                    ),
                ),
                "tasks": (
                    only_in_files(
                        "backlogs",
                        Entities(
                            "Backlogs by id: tasks of many items, whose duration comes from how many got done before.",
                            "backlogs",
                            example="{ checkout = { items = 30, history = { done = [4, 0, 6, 3, 5, 2] } } }",
                        ),
                    ),
                ),
                "gates": (
                    only_in_files(
                        "templates",
                        Entities(
                            "Ranges for tasks whose duration is a plain number, by name; "
                            "they apply in the order of names.",
                            "templates",
                            example='{ outdoor = { select = "team:Works", range = "90%, 100%, 130%" } }',
                        ),
                    ),
                    only_in_files(
                        "bands",
                        Entities(
                            "Ranges by name, beside the built-in very high, high, medium, low and very low confidence.",
                            "bands",
                            example="{ vendor = { range = [0.95, 1.0, 1.25] } }",
                        ),
                    ),
                    only_in_files(
                        "tasks_file",
                        Special("Table of tasks, CSV or a workbook, beside those in this file.", example='"tasks.csv"'),
                    ),
                    only_in_files(
                        "risks_file",
                        Special("Table of risks, CSV or a workbook, beside those in this file.", example='"risks.csv"'),
                    ),
                    only_in_files(
                        "risks_mapping",
                        Special(
                            "File that says which column of the register is what; "
                            "the risks are then read as a register.",
                            example='"register.toml"',
                        ),
                    ),
                    only_in_files(
                        "risks_position",
                        Choice(
                            "Whether a register's numbers before or after mitigation are taken.",
                            words=("pre", "post"),
                            example='"post"',
                        ),
                        "pre",
                    ),
                    only_in_files(
                        "extends",
                        Special(
                            "Scenario file in this folder or below that this one is laid over.", example='"plan.toml"'
                        ),
                    ),
                    only_in_files(
                        "shared",
                        References(
                            "Calendars, resources and risks of projects of which the programme has one, "
                            'such as "resources.crane".',
                            example='["resources.crane"]',
                        ),
                    ),
                    only_in_files(
                        "remove",
                        References(
                            'Entries of the extended scenario to take out, such as "risks.R1".',
                            example='["risks.storm"]',
                        ),
                    ),
                ),
            },
        ),
        "defaults": section(
            shape("Shape of an estimate given as a list of points; default pert."),
            *ends("estimates that do not say"),
            only_in_files(
                "task", Table("Defaults of tasks.", "defaults.task", is_merged=True, example='{ team = "Works" }')
            ),
            only_in_files(
                "risk", Table("Defaults of risks.", "defaults.risk", is_merged=True, example='{ owner = "R. Weber" }')
            ),
            only_in_files(
                "cost", Table("Defaults of costs.", "defaults.cost", is_merged=True, example='{ shape = "uniform" }')
            ),
        ),
        "defaults.task": section(
            shape("Shape of durations and lags given as lists of points."),
            only_in_files(
                "calendar", Text("Calendar of tasks that name none; default: the project's.", example='"24h"')
            ),
            only_in_files("team", Text("Team of tasks that name none.", example='"Works"')),
            only_in_files("owner", Text("Owner of tasks that name none.", example='"R. Weber"')),
            only_in_files(
                "early_finish_passed_on",
                replace(
                    declared(Task)["early_finish_passed_on"].field,
                    meaning="Share of a gain that tasks with a duration pass on which say none, 0 to 1.",
                ),
                1.0,
            ),
        ),
        "defaults.risk": section(
            shape("Shape of impacts given as lists of points."),
            only_in_files("owner", Text("Owner of risks that name none.", example='"R. Weber"')),
        ),
        "defaults.cost": section(shape("Shape of costs given as lists of points.")),
        "calendars": section(
            declared(Calendar)["name"],
            only_in_files(
                "week",
                Special(
                    "Days and shifts, one pattern or a list of them; "
                    "a night shift 22:00-06:00 reaches into the next day.",
                    example='"mon-fri 07:00-12:00 13:00-16:00"',
                ),
            ),
            only_in_files(
                "holidays",
                Special("Dates and ranges without work.", example='["2027-04-05", "2027-12-24..2028-01-02"]'),
            ),
            only_in_files(
                "exceptions",
                Special(
                    'Dates or ranges with their shifts, or "off"; each replaces the whole day.',
                    is_merged=True,
                    example='{ "2027-05-08" = "07:00-12:00" }',
                ),
            ),
            only_in_files(
                "extends",
                Reference(
                    "Calendar whose week, exceptions and hours per day this one takes over.",
                    "calendars",
                    example='"standard"',
                ),
            ),
            declared(Calendar)["hours_per_day"],
            declared(Calendar)["lost"],
        ),
        "lost": declared(LostDays),
        "resources": declared(Resource),
        "schedule": declared(ScheduleOptions),
        "levelling": declared(Levelling),
        "imported": declared(ImportSource),
        "constraint": declared(Constraint),
        "dates": declared(Imported),
        "tasks": with_more(
            declared(Task),
            {
                "type": (only_in_files("milestone", Flag("True for a task without duration.", example="true"), False),),
                "remaining": (
                    only_in_files(
                        "percent_complete",
                        Number(
                            "Share of the duration that is done, 0 to 100, where remaining is not given.",
                            least=0,
                            most=100,
                            code="RE258",
                            example="20",
                        ),
                    ),
                ),
            },
        ),
        "backlogs": with_more(
            MappingProxyType({key: declared(Backlog)[key] for key in OF_BACKLOGS}),
            {
                "history": (
                    only_in_files(
                        "done", Special("Short for a history of nothing else.", example="[4, 0, 6, 3, 5, 2]")
                    ),
                )
            },
        ),
        "history": declared(History),
        "cost": declared(TaskCost),
        "relationship": declared(Relationship),
        "costs": declared(CostLine),
        "indices": declared(PriceIndex),
        "risks": declared(Risk),
        "exposure": declared(Exposure),
        "impacts": declared(Impact),
        "exclusive": declared(Exclusive),
        "actions": declared(Action),
        "effects": declared(RiskChange),
        "correlations": declared(Correlation),
        "damages": declared(Damages),
        "bonuses": declared(Bonus),
        "pair": declared(CorrelatedPair),
        "matrix": declared(CorrelationMatrix),
        "changes": declared(Change),
        "projects": with_more(
            declared(Project),
            {
                "name": (
                    only_in_files(
                        "file",
                        Special(
                            "Scenario file in this folder or below that is the plan of the project.",
                            example='"north.toml"',
                        ),
                    ),
                )
            },
        ),
        "branches": declared(Branch),
        "rework": declared(Rework),
        "learning": declared(Learning),
        "gates": declared(Gate),
        "templates": section(
            only_in_files(
                "select",
                Special(
                    "Which tasks: a condition, or a list of which any holds; a list in it must hold as a whole.",
                    is_required=True,
                    example='["wbs:3", "team:Works"]',
                ),
            ),
            only_in_files("band", Text("Name of a band, in place of a range.", example='"low"')),
            only_in_files(
                "range", Special("Two or three percentages of the duration, or factors.", example='"90%, 100%, 130%"')
            ),
            shape("Shape of the estimates; default: that of the band, else of lists of points.", SPREAD_SHAPES),
            *ends("the range"),
        ),
        "bands": section(
            only_in_files(
                "range",
                Special(
                    "Two or three percentages of the duration, or factors.",
                    is_required=True,
                    example='"90%, 100%, 130%"',
                ),
            ),
            shape("Shape of the estimates.", SPREAD_SHAPES),
            *ends("the range"),
        ),
    }
)
"""Tables of the format by name: sections, and tables within them. The top of a file has no name."""

SECTIONS: Final = tuple(key for key, entry in FORMAT[""].items() if isinstance(entry.field, Entities))
"""Tables of entities by id."""

WITHOUT_MODEL: Final = frozenset(
    {"defaults", "defaults.task", "defaults.risk", "defaults.cost", "calendars", "templates", "bands"}
)
"""Tables whose fields are no attributes: they are gone, or something else, once a file has been read."""


def as_written(table: Mapping[str, Any], section: str = "") -> dict[str, Any]:
    """Return a table of a document in the order of the format, without None and without what holds anyhow.

    Parameters
    ----------
    table : mapping
        Values as files have them, tables within it among them.
    section : str
        Which table of the format it is.

    Raises
    ------
    KeyError
        If the format has no such key there.
    """
    entries = FORMAT[section]
    unknown = table.keys() - entries.keys()
    if unknown:
        raise KeyError(f"the format has no {', '.join(sorted(unknown))} in {section or 'a scenario'}")
    written = {}
    for key, entry in entries.items():
        value = table.get(key)
        if isinstance(value, Mapping) and isinstance(entry.field, Entities):
            value = {id: as_written(item, entry.field.section) for id, item in value.items()}
        elif isinstance(value, Mapping) and isinstance(entry.field, Table):
            value = as_written(value, entry.field.section)
        if value is not None and value != entry.default:
            written[key] = value
    return written
