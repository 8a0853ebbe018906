"""Headings of tables of finished work, as the tools of several countries and people call them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from riskengine.importers.items.headings import Spellings
from riskengine.importers.items.item_map import ItemMap
from riskengine.scenario.tables.heading_row import heading_row
from riskengine.scenario.tables.sheets import Sheet, cell_text
from riskengine.scenario.tables.spelling import POINTS, TIMES, spread, words

LONGEST: Final = 200
AMOUNTS: Final = ("estimate", "low", "most_likely", "high", "actual")
DATES: Final = ("created", "started", "finished")

USUAL: Final[Mapping[str, str]] = MappingProxyType(
    spread(
        {
            "id,key,issue key,task id,issue id,work item id,item id,task,item,issue,nr,no,ref,kennung,schlussel,"
            "vorgangsschlussel,vorgang,clave,clave de incidencia,cle,cle de ticket,identifiant": "id",
            "name,summary,title,task name,titel,bezeichnung,zusammenfassung,resumen,resume,nom,titre": "name",
            "team,squad,crew,discipline,mannschaft,gewerk,equipo,equipe": "team",
            "sprint,iteration,iteration path,cycle,cycle name,period,month,quarter,monat,periode": "sprint",
            "status,state,zustand,estado,statut,etat": "status",
            "estimate,estimated,estimation,original estimate,planned,plan,forecast,baseline,duration,original duration,"
            "planned duration,planned effort,estimated duration,estimated effort,estimated hours,estimated time,"
            "time estimate,time estimated,schatzung,geschatzt,soll,plandauer,ursprungliche schatzung,"
            "estimacion original,estimation originale,estime,prevu": "estimate",
            "actual,actuals,actual duration,actual effort,actual work,actual time,spent,time spent,completed work,"
            "ist,istdauer,ist dauer,ist aufwand,tatsachlich,tatsachliche dauer,aufgewendet,"
            "benotigte zeit,tiempo trabajado,temps consacre,reel,duree reelle,took": "actual",
            "created,created at,created date,creation date,erstellt,creada,cree": "created",
            "started,started at,start,start date,actual start,activated date,begonnen": "started",
            "finished,finished at,finish,finish date,end,end date,actual finish,resolved,resolution date,"
            "closed,closed at,closed date,completed,completed at,done,done at,erledigt,beendet,resuelta": "finished",
        }
    )
)
FIELDS_OF_MAPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{name: name for name in ("id", "name", "team", "sprint", "status", "estimate", "low", "most_likely", "high")},
        "spent": "actual",
        "start": "started",
        "created": "created",
        "finish": "finished",
        "planned_start": "started",
        "planned_finish": "finished",
    }
)
"""What the fields of a map of work items are called here; others are not read."""

SOFT: Final = frozenset({"in", "of", "the", "case", "value", "most", "guess", "estimate", "duration", "effort", "time"})
"""Words that may stand beside the name of a point of an estimate."""

PERCENTILE: Final = re.compile(r"p(\d{1,2})")
SUM: Final = "\u03a3"
"""Jira's mark of columns that hold an item with all below it, which would count work twice."""

SECONDS: Final = frozenset({"s", "sec", "secs", "second", "seconds", "sekunden", "secondes"})
MINUTES: Final = frozenset({"min", "mins", "minute", "minutes", "minuten"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds: the name of a field, the unit of its numbers, the percentile that they are."""

    name: str
    unit: str = ""
    percentile: float | None = None


Understanding = Callable[[str], Heading | None]
"""Says what a heading stands for."""


@dataclass(frozen=True, slots=True)
class Headings:
    """A row of headings and what each stands for, None where it is not understood."""

    row: int
    texts: list[str]
    meanings: list[Heading | None]

    @property
    def count(self) -> int:
        """Return how many fields are understood."""
        return len({meaning.name for meaning in self.meanings if meaning is not None})


def understood(text: str) -> Heading | None:
    """Return what a heading says, None where it is none of finished work."""
    listed = words(text) if len(text) <= LONGEST else ()
    if not listed or SUM in text:
        return None
    whole = " ".join(listed)
    if whole in USUAL:
        return Heading(USUAL[whole])
    name, unit = without_unit(listed)
    bare = tuple(word for word in name if word not in ("in", "of", "the"))
    usual = USUAL.get(" ".join(name)) or USUAL.get(" ".join(bare))
    if usual is not None:
        return Heading(usual, unit) if not unit or usual in AMOUNTS else None
    rest = [word for word in bare if word not in SOFT]
    percentile = PERCENTILE.fullmatch(rest[0]) if len(rest) == 1 else None
    if percentile is not None:
        share = int(percentile[1]) / 100
        point = "low" if share < 0.5 else "high" if share > 0.5 else "most_likely"
        return Heading(point, unit, share)
    if len(rest) == 1 and rest[0] in POINTS:
        return Heading(POINTS[rest[0]], unit)
    return None


def without_unit(listed: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the words of a heading without the unit at their end, and the unit."""
    if len(listed) < 2:
        return listed, ""
    last = listed[-1]
    if last in SECONDS:
        return listed[:-1], "s"
    if last in MINUTES and len(listed) > 1 and listed[-2] not in ("estimate", "duration"):
        return listed[:-1], "min"
    return (listed[:-1], TIMES[last]) if last in TIMES else (listed, "")


def by_map(item_map: ItemMap) -> Understanding:
    """Return what understands headings by a map of work items, and by the usual ones where it has none."""
    spellings = Spellings(item_map)

    def understand(text: str) -> Heading | None:
        field = spellings.field_of(text)
        if field is None:
            return understood(text)
        name = FIELDS_OF_MAPS.get(field[0], "")
        return Heading(name, field[1]) if name else None

    return understand


def headings_at(sheet: Sheet, row: int, understand: Understanding) -> Headings:
    """Return the headings in a row."""
    texts = [cell_text(value) for value in sheet.rows[row]]
    meanings = [
        understand(text) if isinstance(value, str) else None for text, value in zip(texts, sheet.rows[row], strict=True)
    ]
    return Headings(row, texts, meanings)


def find_headings(sheet: Sheet, understand: Understanding) -> Headings | None:
    """Return the row of headings: among the first rows the one that is understood best; None where none is."""
    return heading_row(sheet, lambda row: headings_at(sheet, row, understand), lambda headings: headings.count)


def fit(sheet: Sheet, understand: Understanding) -> int:
    """Return how many fields of finished work a sheet has."""
    headings = find_headings(sheet, understand)
    return headings.count if headings is not None else 0
