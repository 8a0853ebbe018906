"""The headings of tables of tasks: names of the format in any case, and what other tools and people call them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from riskengine.model.estimate import PARAMETERS
from riskengine.scenario.tables.columns import ESTIMATE_COLUMNS, Column
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheets import Sheet, cell_text, is_blank
from riskengine.scenario.tables.spelling import TIMES, plain, spread

USUAL: Final[Mapping[str, str]] = MappingProxyType(
    spread(
        {
            "task_id,activity_id,nr,no,number,ref,vorgangsnummer,vorgangs_nr,kennung,numero,identifiant": "id",
            "task_name,activity_name,title,titel,vorgangsname,bezeichnung,nom,nom_de_la_tache,titre": "name",
            "details,beschreibung": "description",
            "original_duration,planned_duration,dauer,duree": "duration",
            "remaining_duration,restdauer,duree_restante": "remaining",
            "predecessor,predecessors,preds,predecessor_ids,predecessor_details,depends_on,dependencies,dependency,"
            "vorganger,predecesseurs,predecesseur": "after",
            "task_calendar,calendar_name,kalender,calendrier": "calendar",
            "wbs_code,wbs_id,psp,psp_code": "wbs",
            "responsible,verantwortlich,responsable": "owner",
            "tag": "tags",
            "task_type,activity_type": "type",
            "%_complete,percent_complete,complete_%,percent_done,fortschritt": "percent_complete",
            "ml,likely,mode,modal,realistic,best_guess,wahrscheinlich": "most_likely",
            "optimistic,best_case,lowest,optimistisch": "low",
            "pessimistic,worst_case,highest,pessimistisch": "high",
            "cost,fixed_cost,kosten,cout": "fixed",
        }
    )
)
TASK: Final = frozenset({"task", "activity", "vorgang", "tache"})
"""Headings of the name of a task where there are ids, else of the id."""

TIMED: Final = (
    "duration",
    "remaining",
    "work",
    "remaining_work",
    *(name for name in ESTIMATE_COLUMNS if name in PARAMETERS and PARAMETERS[name].role != "number"),
)
"""Columns whose heading may name a unit of time."""

BRACKETS: Final = re.compile(r"(?P<name>.*?)\s*[(\[]\s*(?P<unit>[^()\[\]]*?)\s*[)\]]")
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading stands for: the name of a column, the unit of its numbers, and whether the name was guessed."""

    name: str
    unit: str = ""
    is_guessed: bool = False


@dataclass(slots=True)
class Headings:
    """The row of headings of a sheet: what each stands for, None where it is not understood."""

    row: int
    texts: list[str]
    meanings: list[Heading | None]

    @property
    def count(self) -> int:
        """Return how many columns are understood."""
        return len({meaning.name for meaning in self.meanings if meaning is not None})


def understood(text: str, columns: Mapping[str, Column], *, is_task: bool) -> Heading | None:
    """Return what one heading stands for, or None where it is not understood."""
    if text in columns:
        return Heading(text)
    if len(text) > LONGEST:
        return None
    name, unit = text, ""
    bracketed = BRACKETS.fullmatch(text)
    if bracketed is not None:
        name, unit = bracketed["name"], TIMES.get(plain(bracketed["unit"]), "")
        if not unit:
            return None
    key = "_".join(re.findall(r"[^\s_\-./:]+", plain(name)))
    column = key if key in columns else USUAL.get(key, "") if is_task else ""
    if is_task and key in TASK:
        column = "task"
    if not column or (unit and column not in TIMED):
        return None
    return Heading(column, unit, is_guessed=column != key or bool(unit))


def headings_at(sheet: Sheet, row: int, columns: Mapping[str, Column], *, is_task: bool) -> Headings:
    """Return the headings in a row."""
    texts = [cell_text(value) for value in sheet.rows[row]]
    while texts and not texts[-1] and is_blank(sheet.rows[row][len(texts) - 1]):
        texts.pop()
    meanings = [understood(text, columns, is_task=is_task) if isinstance(sheet.rows[row][index], str) else None
                for index, text in enumerate(texts)]  # fmt: skip
    return Headings(row, texts, three_points(with_task(meanings)))


def with_task(meanings: list[Heading | None]) -> list[Heading | None]:
    """Return the headings with a column called Task as the name, or as the id where there is no other."""
    names = {meaning.name for meaning in meanings if meaning is not None}
    name = "name" if "id" in names else "id"
    return [Heading(name, "", True) if meaning and meaning.name == "task" else meaning for meaning in meanings]


def three_points(meanings: list[Heading | None]) -> list[Heading | None]:
    """Return the headings with min and max beside a most likely value as its low and high.

    As bounds of a truncation they could not stand there: a most likely value needs its low and high.
    """
    names = {meaning.name for meaning in meanings if meaning is not None}
    if not {"min", "most_likely", "max"} <= names or names & {"low", "high"}:
        return meanings
    points = {"min": "low", "max": "high"}
    return [
        Heading(points[meaning.name], meaning.unit, True) if meaning and meaning.name in points else meaning
        for meaning in meanings
    ]


def find_headings(sheet: Sheet, columns: Mapping[str, Column], *, is_task: bool) -> Headings | None:
    """Return the row of headings: the first that is not empty, or the one below titles that is understood best."""
    first: Headings | None = None
    best: Headings | None = None
    for row in range(min(MOST_ABOVE, len(sheet.rows))):
        if all(is_blank(value) for value in sheet.rows[row]):
            continue
        here = headings_at(sheet, row, columns, is_task=is_task)
        if first is None:
            first = best = here
            if here.count > 1 or len(here.texts) == here.count:
                return here
        elif best is not None and here.count > max(best.count, 1) and "id" in names_of(here):
            best = here
    return best


def names_of(headings: Headings) -> set[str]:
    """Return the columns that are understood."""
    return {meaning.name for meaning in headings.meanings if meaning is not None}
