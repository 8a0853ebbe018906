"""Reading a risk register, Excel or CSV, into risks; what was guessed is said, what is not certain is refused."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from riskengine.errors import ScenarioError, shortened
from riskengine.importers.neutral import ImportedRisk
from riskengine.importers.register.column_map import ColumnMap, key_of, read_column_map
from riskengine.importers.register.columns import Position, bind, chosen_header, name_currency, quoted_texts
from riskengine.importers.register.headings import Header, score
from riskengine.importers.register.rows import RowReader
from riskengine.importers.register.targets import Targets
from riskengine.importers.register.view import check_headings, check_row, check_top, check_widths
from riskengine.importers.register.words import CURRENCIES
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.importers.sheets.file_bytes import table_bytes
from riskengine.importers.sheets.workbook import read_workbook
from riskengine.scenario.hooks import KnownTargets
from riskengine.scenario.tables.delimited import SEPARATORS, Problem, filled_rows, read_delimited
from riskengine.scenario.tables.encodings import table_text
from riskengine.scenario.tables.heading_row import MOST_ABOVE
from riskengine.scenario.tables.sheets import Sheet
from riskengine.scenario.tables.spelling import plain

LONGEST_NOTE: Final = 400
"""Characters of one note."""

FEWEST: Final = 3
"""Headings of a register that a worksheet must have to be taken for one."""


@dataclass(frozen=True, slots=True)
class Register:
    """What a register says.

    Attributes
    ----------
    file : str
        The register as the user named it.
    risks : list of ImportedRisk
        In the order of the register; closed ones are left out.
    lines : mapping
        Row of each risk by its id.
    notes : list of str
        What was guessed, left out or changed, one sentence each.
    """

    file: str
    risks: list[ImportedRisk]
    lines: Mapping[str, int]
    notes: list[str]


def read_register(
    path: str | os.PathLike[str],
    *,
    mapping: str | os.PathLike[str] | None = None,
    position: Position = "pre",
    known_targets: KnownTargets | None = None,
    sources: Mapping[str, str] | None = None,
    currency: str = "",
) -> Register:
    """Read a risk register.

    Parameters
    ----------
    path : path-like
        An Excel workbook (.xlsx, .xlsm), or a CSV file with commas, semicolons or tabs.
    mapping : path-like, optional
        A TOML file that names columns and says what ratings mean; without it columns are guessed from their headings.
    position : str
        ``pre`` or ``post``: whether the numbers before or after mitigation are wanted.
    known_targets : KnownTargets, optional
        Tasks and cost lines of the scenario's document, by which ids, WBS codes and names, tags and teams are found.
    sources : mapping, optional
        Ids of those tasks by what the source of the schedule calls them, where an import gave them others.
    currency : str
        What the schedule calls its currency, which headings may do too.

    Returns
    -------
    Register

    Raises
    ------
    ScenarioError
        With every fault, each with file, sheet, row and column.
    """
    column_map = read_column_map(Path(mapping)) if mapping is not None else ColumnMap()
    faults = SheetFaults(str(path))
    register = _register(
        Path(path),
        column_map,
        position=position,
        targets=Targets(known_targets, sources),
        faults=faults,
        currency=currency,
    )
    if faults.issues or register is None:
        raise ScenarioError(sorted(faults.issues, key=lambda issue: (issue.file, issue.line or 0)))
    return register


def _register(
    path: Path, column_map: ColumnMap, position: Position, targets: Targets, faults: SheetFaults, currency: str
) -> Register | None:
    sheet = _sheet(path, column_map, faults)
    if sheet is None:
        return None
    header = chosen_header(sheet, column_map)
    if header is None:
        check_top(sheet, MOST_ABOVE, faults)
        faults.file("RE854", line=1)
        return None
    check_headings(sheet, header.row, faults)
    columns = bind(sheet, header, column_map, position, faults)
    if faults.issues:
        for row in filled_rows(sheet, header.row):
            check_row(sheet, row, columns, faults)
        return None
    check_widths(sheet, header.row, faults)
    name_currency(columns, currency)
    rows = RowReader(sheet, columns, column_map=column_map, wanted=position, targets=targets, faults=faults)
    risks = rows.read()
    place = f"worksheet {sheet.name}, " if sheet.name else ""
    head = f"{place}headings in row {sheet.lines[header.row]}"
    notes = [shortened(note, LONGEST_NOTE) for note in (*rows.notes(), head, *sheet.notes, *columns.notes)]
    return Register(faults.name, risks, rows.lines, [*_currency_notes(rows.currency(), currency), *notes])


def _currency_notes(register: str, scenario: str) -> list[str]:
    """Say that a register has costs in another currency than the scenario, which has one or none."""
    if not register or CURRENCIES.get(plain(scenario), scenario) in ("", register):
        return []
    return [f"costs in {register} stand in a scenario in {scenario}: nothing is converted"]


def _sheet(path: Path, column_map: ColumnMap, faults: SheetFaults) -> Sheet | None:
    """Return the sheet that holds the register, or None after a fault."""
    raw_and_kind = table_bytes(path, "register", faults)
    if raw_and_kind is None:
        return None
    raw, is_book = raw_and_kind
    if is_book:
        return _worksheet(read_workbook(raw, column_map.sheet, faults), column_map, faults)

    def named(sheet: Sheet) -> int:
        header = chosen_header(sheet, column_map)
        return max(score(sheet), _count(header, column_map) if header is not None else 0)

    content = table_text(raw, column_map.encoding, cure="encoding in a mapping file names another")
    text, note = ("", "") if isinstance(content, Problem) else content
    separators = (column_map.separator,) if column_map.separator else SEPARATORS
    sheet = content if isinstance(content, Problem) else read_delimited(text, faults.name, named, separators)
    if isinstance(sheet, Problem):
        faults.file("RE871", rule=f"the register {sheet.rule}", line=sheet.line, cure=sheet.cure)
        return None
    sheet.notes += [note] if note else []
    return sheet


def _count(header: Header, column_map: ColumnMap) -> int:
    """Return how many columns of the mapping a row of headings has."""
    texts = {key_of(text) for text in header.texts}
    return sum(key_of(column.heading) in texts for column in column_map.columns)


def _worksheet(sheets: list[Sheet], column_map: ColumnMap, faults: SheetFaults) -> Sheet | None:
    """Return the worksheet that holds the register."""
    if faults.issues:
        return None
    if column_map.sheet:
        return sheets[0]
    scored = [(score(sheet), sheet) for sheet in sheets]
    for index, sheet in enumerate(sheets):
        header = chosen_header(sheet, column_map)
        if header is not None:
            scored[index] = (max(scored[index][0], _count(header, column_map)), sheet)
    likely = [sheet for count, sheet in scored if count >= FEWEST]
    if len(likely) == 1:
        return likely[0]
    names = quoted_texts(sheet.name for sheet in likely or sheets)
    if likely:
        rule = "it must be clear which worksheet holds the register"
        faults.file("RE854", rule=rule, value=names, cure='name it in a mapping file: sheet = "..."')
    else:
        for sheet in sheets:
            check_top(sheet, MOST_ABOVE, faults)
        faults.file("RE854", value=names)
    return None


def risk_documents(risks: list[ImportedRisk]) -> dict[str, dict[str, Any]]:
    """Return the risks as the table ``risks`` of a scenario document.

    Parameters
    ----------
    risks : list of ImportedRisk
        From :func:`read_register`.
    """
    documents: dict[str, dict[str, Any]] = {}
    for risk in risks:
        texts = {"name": risk.name, "description": risk.description, "owner": risk.owner}
        documents[risk.id] = {
            **{key: text for key, text in texts.items() if text},
            **({"kind": "opportunity"} if risk.is_opportunity else {}),
            "probability": risk.probability,
            **({"impacts": risk.impacts} if risk.impacts else {}),
        }
    return documents
