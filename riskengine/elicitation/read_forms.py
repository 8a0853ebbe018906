"""Reading the forms that experts filled in; every fault of every form is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from riskengine.elicitation.form import EXPERT, HEADINGS
from riskengine.elicitation.question import Question
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import first_names
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.file_bytes import BOOK_SUFFIXES, TEXT_SUFFIXES
from riskengine.importers.sheets.lengths import LengthReader
from riskengine.importers.sheets.table_file import check_widths, read_table
from riskengine.model import AnyEstimate, Pert
from riskengine.model.fields import LONGEST_NAME
from riskengine.scenario.tables.delimited import filled_rows
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheet_notes import marked_note
from riskengine.scenario.tables.sheets import Odd, Sheet, cell_text, is_blank
from riskengine.scenario.tables.spelling import plain

POINTS: Final = ("p10", "likely", "p90")
NEEDED: Final = ("task", *POINTS)
MOST_FORMS: Final = 200
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one expert says of one task.

    Attributes
    ----------
    expert, task, unit : str
    points : tuple of float
        P10, most likely, P90.
    reason : str
    estimate : Estimate
        A PERT through the three.
    file : str
    line : int
    """

    expert: str
    task: str
    unit: str
    points: tuple[float, float, float]
    reason: str
    estimate: AnyEstimate
    file: str
    line: int


@dataclass(slots=True)
class Forms:
    """What all forms say.

    Attributes
    ----------
    experts : list of str
        In the order of the files.
    opinions : list of Opinion
    blank : mapping
        Tasks that an expert left open, by expert.
    notes : list of str
        What is to be said of the files.
    """

    experts: list[str] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    blank: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def read_forms(folder: Path, questions: Mapping[str, Question] | None) -> Forms:
    """Read all forms of a folder, in the order of their names.

    Parameters
    ----------
    folder : Path
        With workbooks or CSV files, one an expert.
    questions : mapping, optional
        By task: what the plan asks. Without it any task is taken.

    Raises
    ------
    ScenarioError
        With every fault of every form.
    """
    forms, issues = Forms(), []
    suffixes = (*BOOK_SUFFIXES, *TEXT_SUFFIXES)
    if not folder.is_dir():
        raise ScenarioError([_whole("RE746", folder, "no folder")])
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name[0] not in ".~")
    others = [path.name for path in files if path.suffix.casefold() not in suffixes]
    if others:
        forms.notes.append(f"{folder}: no forms, and not read: {first_names(others, MOST_NAMED)}")
    files = [path for path in files if path.suffix.casefold() in suffixes]
    if not 0 < len(files) <= MOST_FORMS:
        raise ScenarioError([_whole("RE746", folder, f"{len(files)} forms")])
    for path in files:
        faults = SheetFaults(str(path))
        FormReader(path, questions, forms, faults).read()
        issues += sorted(faults.issues, key=lambda issue: issue.line or 0)
    if issues:
        raise ScenarioError(issues)
    if not forms.opinions:
        raise ScenarioError([_whole("RE746", folder, "no row with numbers")])
    return forms


def _whole(code: str, folder: Path, value: str) -> Issue:
    return Issue(code, "", CATALOGUE[code].rule, value, file=str(folder), cure=CATALOGUE[code].clause)


def headings_of(sheet: Sheet, row: int) -> dict[str, int]:
    """Return the columns of a row of headings by their names in small letters, the first of each."""
    columns: dict[str, int] = {}
    for index, value in enumerate(sheet.rows[row]):
        name = plain(value).strip() if isinstance(value, str) else ""
        if name in {heading.casefold() for heading in HEADINGS}:
            columns.setdefault(name, index)
    return columns


def find_headings(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """Return the row that has most headings of a form, and their columns."""
    rows = [(row, headings_of(sheet, row)) for row in range(min(MOST_ABOVE, len(sheet.rows)))]
    return max(rows, key=lambda pair: len(pair[1]), default=(0, {}))


class FormReader:
    """Reads one form.

    Parameters
    ----------
    path : Path
    questions : mapping or None
    forms : Forms
        Where what it says goes.
    faults : SheetFaults
        Where faults go.
    """

    def __init__(self, path: Path, questions: Mapping[str, Question] | None, forms: Forms, faults: SheetFaults) -> None:
        self.path, self.questions, self.forms, self.faults = path, questions, forms, faults
        self.tasks: set[str] = set()

    def read(self) -> None:
        """Take what the form says, or report what is wrong with it."""
        sheet = read_table(self.path, lambda sheet: len(find_headings(sheet)[1]), "RE740", self.faults)
        if sheet is None:
            return
        header, columns = find_headings(sheet)
        missing = [name for name in NEEDED if name not in columns]
        if missing:
            rule = f"a form must have the headings {', '.join(NEEDED)}: missing {', '.join(missing)}"
            self.faults.file("RE740", rule=rule, line=sheet.lines[header] if sheet.lines else 1)
            return
        check_widths(sheet, header, self.faults)
        expert = self._expert(sheet, header)
        if expert in self.forms.experts:
            self.faults.file("RE745", value=expert)
        self.forms.experts.append(expert)
        rows = filled_rows(sheet, header)
        hidden = [row for row in rows if row in sheet.hidden_rows]
        notes = [*sheet.notes, *([marked_note(sheet, hidden, "hidden or filtered out")] if hidden else [])]
        self.forms.notes += [f"{self.path.name}: {note}" for note in notes]
        cells = [sheet.cell(row, columns[name]) for row in rows for name in POINTS]
        lengths = LengthReader(sheet, cells, code="RE743", wanted="a number must stand here", faults=self.faults)
        for row in rows:
            opinion = self._opinion(sheet, row, columns, expert, lengths)
            if opinion is not None:
                self.forms.opinions.append(opinion)

    def _expert(self, sheet: Sheet, header: int) -> str:
        """Return who filled in the form: what stands beside the word, else the name of the file."""
        for row in range(header):
            for column, value in enumerate(sheet.rows[row]):
                if isinstance(value, str) and plain(value).strip(" :") == EXPERT.casefold():
                    name = cell_text(sheet.cell(row, column + 1))
                    return " ".join(name.split())[:LONGEST_NAME] or self.path.stem
        return self.path.stem

    def _opinion(
        self, sheet: Sheet, row: int, columns: Mapping[str, int], expert: str, lengths: LengthReader
    ) -> Opinion | None:
        """Return what one row says, None where it says nothing or after a fault."""
        task = self._text(sheet, row, columns, "task")
        cells = [sheet.cell(row, columns[name]) for name in POINTS]
        if all(is_blank(cell) for cell in cells):
            self.forms.blank.setdefault(expert, []).append(task)
            return None
        question = self.questions.get(task) if self.questions is not None else None
        if not task or task in self.tasks or (self.questions is not None and question is None):
            rule = "a task must stand once in a form" if task in self.tasks else ""
            self.faults.cell("RE747", sheet, row, columns["task"], "task", rule=rule)
            return None
        self.tasks.add(task)
        unit = self._text(sheet, row, columns, "unit") or (question.unit if question is not None else "d")
        if question is not None and unit != question.unit:
            rule = f"a form must keep the unit of the plan, which is {question.unit} for this task"
            self.faults.cell("RE744", sheet, row, columns["unit"], "unit", rule=rule)
            return None
        if any(is_blank(cell) for cell in cells):
            self.faults.cell("RE741", sheet, row, columns["task"], "task")
            return None
        points = [self._number(lengths, row, columns[name], name, unit) for name in POINTS]
        low, likely, high = points
        if low is None or likely is None or high is None:
            return None
        estimate = pert(low, likely, high, unit, expert)
        if isinstance(estimate, str):
            self.faults.cell("RE742", sheet, row, columns["p10"], "P10", rule=estimate)
            return None
        return Opinion(
            expert,
            task,
            unit=unit,
            points=(low, likely, high),
            reason=self._text(sheet, row, columns, "reason"),
            estimate=estimate,
            file=self.faults.name,
            line=sheet.lines[row],
        )

    def _text(self, sheet: Sheet, row: int, columns: Mapping[str, int], name: str) -> str:
        """Return a text of a row, empty where there is none; a formula that nobody computed is a fault."""
        if name not in columns:
            return ""
        value = sheet.cell(row, columns[name])
        if isinstance(value, Odd) and value.has_no_value:
            self.faults.cell("RE872", sheet, row, columns[name], name)
            return ""
        return " ".join(cell_text(value).split())[:LONGEST_NAME]

    def _number(self, lengths: LengthReader, row: int, column: int, name: str, unit: str) -> float | None:
        """Return a duration in the unit of its row, None after a fault."""
        length = lengths.read(row, column, name)
        if length is not None and length[1] not in ("", unit):
            rule = f"a form must keep the unit of the row, which is {unit}"
            self.faults.cell("RE744", lengths.sheet, row, column, name, rule=rule)
            return None
        return None if length is None else length[0]


def pert(low: float, likely: float, high: float, unit: str, expert: str) -> AnyEstimate | str:
    """Return the PERT through P10 and P90 with a most likely value, or why there is none."""
    if not low <= likely <= high or low == high:
        return "must be P10 <= likely <= P90, and P10 below P90: nobody is sure to the day"
    points = {"low": low, "most_likely": likely, "high": high}
    parameters: dict[str, Any] = {**points, "low_percentile": 0.1, "high_percentile": 0.9, "unit": unit}
    estimate = Pert.model_construct(**parameters, source=expert)
    problem = estimate.problem()
    if problem is not None:
        return problem.rule
    return estimate.model_copy(update={"min": 0.0}) if estimate.support()[0] < 0 else estimate


def by_task(opinions: Sequence[Opinion]) -> dict[str, list[Opinion]]:
    """Return opinions by their task, in the order in which tasks first stand."""
    tasks: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        tasks.setdefault(opinion.task, []).append(opinion)
    return tasks
