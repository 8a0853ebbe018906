"""A blind form as a workbook: no cell is a formula, and only what is asked can be written."""

import io
from collections.abc import Sequence
from typing import Any, Final

from riskengine.elicitation.question import Question
from riskengine.errors import MachineError
from riskengine.scenario.tables.sheets import MOST_ROWS

HEADINGS: Final = ("task", "name", "unit", "P10", "likely", "P90", "reason")
INPUTS: Final = ("P10", "likely", "P90", "reason")
WIDTHS: Final = (18, 40, 6, 10, 10, 10, 50)
EXPERT: Final = "Expert"
SHEET: Final = "Estimates"
FIRST: Final = 4
"""Row of the headings, from 0."""

UNITS: Final = {
    "h": "working hours",
    "d": "working days",
    "w": "working weeks",
    "mo": "working months",
    "eh": "hours on the clock",
    "ed": "calendar days",
}
GUIDE: Final = (
    "How to fill in this form",
    "Work alone, and show nobody your numbers before all forms are in. What the plan says is left out on purpose.",
    "Think of ten such tasks, with the usual troubles, but without the risks that stand in the register.",
    "P90 first: nine of the ten are done within this. What would the tenth have met? If that is likely, go higher.",
    "P10 then: one of the ten is done within this. Most people's P10 and P90 are too close together.",
    "Likely last: the one value that you would bet on, between the two.",
    "Give all three, in the unit of the row, or leave the row empty where you do not know the work.",
    "Write plain numbers, such as 12.5. Dates and formulas are not read.",
    "The reason may be a past project, a measurement or an assumption; it is kept beside the numbers.",
)


def form(project: str, questions: Sequence[Question], expert: str = "") -> bytes:
    """Return the workbook.

    Parameters
    ----------
    project : str
        Name of the project.
    questions : sequence of Question
    expert : str
        Who is to fill it in, empty where that is to be written.

    Raises
    ------
    MachineError
        Where the library that writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        cure = "run pip install '.[bi]' in riskengine's own folder"
        raise MachineError("xlsxwriter is not installed", "RE726", cure) from error
    assert len(questions) <= MOST_ROWS
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        open_cell = book.add_format({"locked": False, "bg_color": "#FFF9DB", "border": 1, "num_format": "General"})
        open_text = book.add_format({"locked": False, "bg_color": "#FFF9DB", "border": 1, "num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, f"Estimates for {project}"[:250], bold)
        sheet.write_string(1, 0, EXPERT, bold)
        sheet.write_string(1, 1, expert, open_text)
        sheet.write_string(2, 0, "Durations in the unit of the row; the sheet Guide says what P10 and P90 are.")
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.write_string(FIRST, column, heading, bold)
            sheet.set_column(column, column, width)
        for row, question in enumerate(questions, FIRST + 1):
            for column, text in enumerate((question.task, question.name, question.unit)):
                sheet.write_string(row, column, text)
            for column in range(3, len(HEADINGS)):
                sheet.write_blank(row, column, None, open_text if HEADINGS[column] == "reason" else open_cell)
        _restrict(sheet, FIRST + len(questions))
        guide = book.add_worksheet("Guide")
        guide.set_column(0, 0, 100)
        units = sorted({question.unit for question in questions})
        lines = [*GUIDE, *(f"{unit}: {UNITS.get(unit, unit)}" for unit in units)]
        for row, line in enumerate(lines):
            guide.write_string(row, 0, line, bold if row == 0 else wrapped)
        guide.protect()
        sheet.activate()
    return stream.getvalue()


def _restrict(sheet: Any, last: int) -> None:
    """Lock what is not asked, and take nothing but numbers for durations."""
    sheet.freeze_panes(FIRST + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    rule = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "A number, please",
        "error_message": "A plain number in the unit of the row, such as 12.5.",
    }
    sheet.data_validation(FIRST + 1, 3, last, 5, rule)
