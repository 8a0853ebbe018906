"""Opening Excel workbooks: the archive is checked first, then read in a process of its own with limits."""

import importlib.util
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from riskengine.errors import ScenarioError
from riskengine.errors.archives import DAMAGED
from riskengine.errors.counting import counted
from riskengine.importers.sheets.faults import SheetFaults
from riskengine.scenario.tables.sheets import MOST_LISTED, Odd, Sheet, unpacked

LARGEST: Final = 64 * 2**20
LARGEST_UNPACKED: Final = 256 * 2**20
MOST_MEMBERS: Final = 2_000
HIGHEST_RATIO: Final = 200
SMALL: Final = 2**20
"""Bytes below which no ratio of compression can do harm."""

SECONDS: Final = 60
BOOT: Final = (
    "import sys; sys.path.append(sys.argv.pop(1)); from riskengine.importers.sheets.process import main; main()"
)
"""What the process that reads workbooks runs: with -P it imports nothing from the folder that one works in."""

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive_problem(raw: bytes) -> str:
    """Return why the bytes of a file must not be opened as a workbook, or nothing."""
    if raw.startswith(OLE):
        return "it is an old or a password-protected workbook"
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (OSError, *DAMAGED) as error:
        return f"it is no workbook ({str(error) or type(error).__name__})"
    if len(members) > MOST_MEMBERS:
        return f"it has {counted(len(members), 'part')}, more than {MOST_MEMBERS}"
    if len({member.filename for member in members}) != len(members):
        return "it has two parts of one name"
    unpacked_size = 0
    for member in members:
        name = member.filename
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not name.isprintable():
            return "the name of a part leads out of it"
        if member.flag_bits & 0x1:
            return "it is encrypted"
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return f"the part {name} is compressed in an unusual way"
        unpacked_size += member.file_size
        if member.file_size > SMALL and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1):
            return f"the part {name} is compressed more than {HIGHEST_RATIO} times"
    if unpacked_size > LARGEST_UNPACKED:
        return f"it unpacks to more than {LARGEST_UNPACKED // 2**20} MiB"
    return ""


def read_workbook(raw: bytes, wanted: str, faults: SheetFaults) -> list[Sheet]:
    """Return the visible worksheets of a workbook; none after a fault.

    Parameters
    ----------
    raw : bytes
        The file.
    wanted : str
        Name of the only worksheet to read, empty for all visible ones.
    faults : SheetFaults
        Where faults go.
    """
    if importlib.util.find_spec("python_calamine") is None:
        faults.file("RE851")
        return []
    problem = archive_problem(raw)
    if problem:
        faults.file("RE852", rule=f"the file must be an .xlsx workbook that is safe to open: {problem}")
        return []
    answer = ask(raw, wanted)
    if "refused" in answer:
        faults.file("RE853", rule=f"the workbook must be readable ({answer['refused']})")
        return []
    if wanted and wanted not in answer["names"]:
        cure = f"it has {', '.join(answer['names'][:20])}"
        faults.file("RE854", rule="the workbook must have the worksheet that is asked for", value=wanted, cure=cure)
        return []
    return [sheet_of(faults.name, sheet, answer) for sheet in answer["sheets"]]


def sheet_of(file: str, content: dict[str, Any], book: dict[str, Any]) -> Sheet:
    """Return a worksheet as it comes from the process that reads workbooks, with what is to be said of it."""
    sheet = Sheet(
        file=file,
        name=content["name"],
        rows=[[unpacked(value) for value in row] for row in content["rows"]],
        lines=list(range(1, len(content["rows"]) + 1)),
        merges=[(top, left, bottom, right) for top, left, bottom, right in content["merges"]],
        hidden_rows=frozenset(content["hidden_rows"]),
        hidden_columns=frozenset(content["hidden_columns"]),
        indents={(row, column): steps for row, column, steps in content["indents"]},
        struck=frozenset((row, column) for row, column in content["struck"]),
    )
    for row, column in content["half_struck"]:
        value = sheet.cell(row, column)
        if isinstance(value, str):
            sheet.rows[row][column] = Odd("half struck", value)
    if book["hidden"]:
        names = ", ".join(f'"{name}"' for name in book["hidden"][:MOST_LISTED])
        sheet.notes.append(f"hidden worksheets are not looked at: {names}")
    if content["formulas"] and book["asks_to_compute"]:
        count = counted(content["formulas"], "stored value of a formula is", "stored values of formulas are")
        sheet.notes.append(f"the workbook asks to be computed anew: {count} taken")
    if content["nothing"]:
        one = "formula whose result is an empty text is taken for an empty cell"
        many = "formulas whose result is an empty text are taken for empty cells"
        sheet.notes.append(counted(content["nothing"], one, many))
    if content["may_strike"]:
        sheet.notes.append("a conditional format can strike cells through: it is not looked at")
    return sheet


def worksheets(path: Path) -> list[Sheet]:
    """Return the visible worksheets of a workbook file.

    Raises
    ------
    ScenarioError
        Why it is not read.
    """
    faults = SheetFaults(str(path))
    with path.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        faults.file("RE103", rule=f"the workbook must be at most {LARGEST // 2**20} MiB")
    sheets = read_workbook(raw, "", faults) if not faults.issues else []
    if faults.issues:
        raise ScenarioError(faults.issues)
    return sheets


def ask(raw: bytes, wanted: str) -> dict[str, Any]:
    """Return what the process that reads workbooks answers, or why it gave no answer."""
    order = [sys.executable, "-P", "-c", BOOT, str(Path(__file__).resolve().parents[3]), wanted]
    try:
        done = subprocess.run(order, input=raw, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": f"it takes more than {SECONDS} s to read"}
    try:
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except ValueError:
        answer = {}
    return answer or {"refused": "it needs more memory or time than a register can need, or is damaged"}
